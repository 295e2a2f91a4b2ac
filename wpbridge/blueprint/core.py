"""
The words of the language that belong to no kind.

``AT`` has them by the place they stand in, ``ENTRY`` those that any entry may have.
Words that are no words yet are in :mod:`wpbridge.blueprint.synonyms`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wpbridge.blueprint.grammar import (
    Choice,
    Date,
    Either,
    Entries,
    File,
    Key,
    Login,
    Many,
    Moment,
    Name,
    Number,
    Pattern,
    Prose,
    Record,
    Share,
    Span,
    Table,
    Text,
    Time,
    Type,
    Word,
    YesNo,
    Zone,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

DAYS: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
ROLES: Final = ("member", "mod", "admin")
INPUT_TYPES: Final = (
    "text",
    "key",
    "number",
    "date",
    "time",
    "time zone",
    "yes or no",
    "choice",
    "list",
    "login",
    "email",
    "file",
)


def _must(name: str, kind: Type, about: str) -> Word:
    return Word(name, kind, about, required=True)


ENTRY: Final = (
    Word("each", Table(Name(), Type()), "Repeats the entry: `{week: 1 to 4}`."),
    Word("when", Text(), "Leaves the entry out unless this holds: `with_chat`."),
    Word(
        "previously", Text(), "The key it had before; renames instead of making anew."
    ),
    Word("omit", YesNo(), "Takes an inherited entry out again."),
)

TEXT_FROM: Final = Word(
    "text_from", File(), "The text, from a file beside the blueprint."
)
"""Stands wherever a resource has a ``text``."""

_ROSTER: Final = Many(
    Either(
        (
            File(),
            Record(
                more=(
                    _must("file", File(), "The CSV file, one person a row."),
                    Word(
                        "columns",
                        Table(Text(), Text()),
                        "What each heading means: login, email, name, groups, types, "
                        "`profile KEY` or ignore.",
                    ),
                    Word("groups", Many(Text()), "Groups that every row joins."),
                    Word("types", Many(Key()), "Member types of every row."),
                    Word(
                        "key",
                        Choice(("email", "login")),
                        "What finds a row's account on the site.",
                        default="email",
                    ),
                    Word(
                        "top_role",
                        Choice(ROLES),
                        "The highest role in a group that a row may give.",
                        default="mod",
                    ),
                    Word(
                        "leavers",
                        Choice(("keep", "leave", "suspend", "delete")),
                        "What happens to people whom a row brought and whom no row and "
                        "no line names any more: they `leave` the groups, or lose the "
                        "role on the site too (`suspend`), or the account (`delete`). "
                        "It takes the companion plugin to know whom a row brought; "
                        "without it they only leave groups that are `exact`.",
                        default="keep",
                    ),
                    Word(
                        "reassign_to",
                        Login(),
                        "Who gets the pages and articles of leavers whose accounts "
                        "are deleted, needed with `leavers: delete`; what they posted "
                        "in the community goes.",
                    ),
                )
            ),
        )
    )
)

_INPUT: Final = Record(
    more=(
        Word("ask", Prose(), "The question, in plain words."),
        Word("type", Choice(INPUT_TYPES), "What an answer may be.", default="text"),
        Word("default", Many(Text()), "The answer where nobody gives one."),
        Word("choices", Many(Text()), "The answers to choose from."),
        Word(
            "pattern", Pattern(), "A regular expression that the whole answer must fit."
        ),
        Word("hint", Prose(), "Help shown beneath the question."),
        Word("example", Text(), "An answer as it might be."),
        Word("weekday", Choice(DAYS), "The day that a date must fall on."),
    ),
)

_CALENDAR: Final = Record(
    more=(
        Word("starts", Date(), "The first day; week 1 is the week it is in."),
        Word("timezone", Zone(), "The time zone of every time in the blueprint."),
        Word("weeks", Number(least=1, most=520), "How many weeks it goes on."),
        Word("ends", Date(), "The last day; the Friday of the last week unless said."),
        Word("time", Time(), "The time of moments that name none.", default="09:00"),
    )
)

_NEWCOMERS: Final = Record(
    more=(
        Word("role", Name(), "Their WordPress role.", default="subscriber"),
        Word("types", Many(Key()), "Their member types, where none are said."),
        Word(
            "welcome",
            Choice(("nothing", "mail", "reset link")),
            "What WordPress sends them.",
            default="nothing",
        ),
        Word(
            "directory",
            Choice(("after first login", "at once")),
            "When the members directory lists them.",
            default="after first login",
        ),
    )
)

_LIMITS: Final = Record(
    more=(
        Word(
            "removed_from_a_group",
            Share(),
            "How much of a group may leave it at once, from four people up.",
            default="25%",
        ),
        Word("roster_shrinks", Share(), "How much a roster may shrink.", default="30%"),
        Word("deleted", Number(), "How much may be deleted at once.", default="5"),
        Word(
            "late_posts", Number(), "How many overdue posts a group gets.", default="3"
        ),
        Word("mails", Number(), "Mails sent beyond those asked for.", default="0"),
    )
)

_BY: Final = Word("by", Login(), "Who posts it; the host unless said.")

_LIVE_CHATS: Final = Entries(
    Key(),
    more=(
        _must("at", Moment(), "When the chat begins."),
        Word("minutes", Number(5, 600), "How long it goes on.", default="60"),
        Word("intro", Prose(), "The post that opens it."),
        _must("questions", Many(Prose()), "The questions, posted evenly over it."),
        Word("goodbye", Prose(), "The post that closes it."),
        _BY,
    ),
)

_ROTA: Final = Entries(
    Key(),
    more=(
        _must("day", Choice(DAYS), "The day of the week it is posted on."),
        Word("time", Time(), "The time of day; the calendar's unless said."),
        Word("weeks", Span(), "Which weeks, `1 to 12`; all unless said."),
        _must("people", Many(Login()), "Who takes turns, in this order."),
        Word("skip", Many(Number(1)), "Weeks without a turn; nobody loses theirs."),
        Word("instead", Table(Number(1), Login()), "Week to person, for one week."),
        _must("text", Prose(), "The post; has $(person), $(person.name), $(week)."),
        _BY,
    ),
    names=("person", "week"),
)

_PROMPTS: Final = Entries(
    Key(),
    more=(
        _must("days", Many(Choice(DAYS)), "The days of the week it is posted on."),
        Word("time", Time(), "The time of day; the calendar's unless said."),
        Word("weeks", Span(), "Which weeks, `1 to 4`; all unless said."),
        Word("skip", Many(Number(1)), "Weeks without it."),
        _must("text", Prose(), "The post; has $(week)."),
        _BY,
    ),
    names=("week",),
)

_ROOT: Final = (
    _must("wpbridge", Choice(("1",)), "The version of the language."),
    Word("name", Text(), "What the blueprint is called; not sent to the site."),
    Word("about", Prose(), "What the blueprint is for; not sent to the site."),
    Word(
        "template",
        YesNo(),
        "Says that it needs answers before it can be applied.",
        default="no",
    ),
    Word("owner", Key(), "Whose mark is put on what is declared here."),
    Word("host", Login(), "Author of posts that name nobody."),
    Word("extends", Text(), "The template it starts from: a library name or a file."),
    Word("answers", Table(Name(), Many(Text())), "Answers to the template's inputs."),
    Word("include", Many(Text()), "Further files of the same blueprint."),
    Word(
        "inputs",
        Table(Name(), _INPUT),
        "Questions that are answered before anything is applied.",
    ),
    Word("calendar", _CALENDAR, "When it starts, and in which time zone."),
    Word(
        "existing",
        Choice(("keep", "fill", "overwrite")),
        "What members and rosters may do to an account that is there.",
        default="fill",
    ),
    Word("newcomers", _NEWCOMERS, "What new accounts begin with."),
    Word("roster", _ROSTER, "People from a CSV file."),
    Word("prune", Many(Key()), "Kinds of which is deleted what is no longer said."),
    Word("limits", _LIMITS, "How much may go at once."),
)

_GROUP: Final = (
    Word("host", Login(), "Author of this group's posts that name nobody."),
    Word("roster", _ROSTER, "People from a CSV file, who join this group."),
    Word("auto_join", Many(Key()), "`everyone` declared here, or some member types."),
    Word("belongs_to", Key(), "The owner of this group, another blueprint."),
    Word("live_chats", _LIVE_CHATS, "An hour of questions, posted one after another."),
    Word("rota", _ROTA, "A weekly post that names whose turn it is."),
    Word("prompts", _PROMPTS, "The same post on some days of every week."),
)

AT: Final[Mapping[str, tuple[Word, ...]]] = {"": _ROOT, "groups/*": _GROUP}
