"""
Profile fields with their choices, found by group and name.

- Saving a field that has choices deletes them, unless the same form brings them all
  (``BP_XProfile_Field::save`` reads ``$_POST``); so every write is one whole form.
- A visibility hides nothing while members may choose another: whoever chose none is
  taken to have chosen everyone. So what is not for everyone is not theirs to choose,
  unless the blueprint says so.
- Visibility and whether members choose it are only taken from a bare POST, which sets
  those that it leaves out back to public and allowed.
- ``is_required`` does nothing; ``required`` does, and cannot be taken back. A form
  without a description, or with an empty one, leaves that as it is.
- Values are listed by ``field_order``, so two fields of one order hide each other.
- Whether members may choose the visibility cannot be read.
- Choices are shown by name: the API takes no other order (``order_by``: asc, desc).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import (
    Choice,
    Entries,
    Key,
    Many,
    Prose,
    Section,
    Text,
    YesNo,
    word,
)
from wpbridge.kinds import Kind, listed, refuse_twin, titles
from wpbridge.model import (
    UNSET,
    Address,
    Desired,
    Found,
    Maybe,
    Policy,
    Ref,
    Spec,
    derived,
)
from wpbridge.plan import Action, Risk
from wpbridge.site.door import bp, companion
from wpbridge.site.people import groups_of_fields
from wpbridge.text import Shown, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Can, Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

TYPES = {
    "line": "textbox",
    "text": "textarea",
    "number": "number",
    "date": "datebox",
    "choose one": "selectbox",
    "choose many": "checkbox",
    "link": "url",
    "phone": "telephone",
    "biography": "wp-biography",
}
OWN = (
    "textbox",
    "textarea",
    "datebox",
    "selectbox",
    "checkbox",
    "url",
    "telephone",
    "wp-biography",
    "radio",
    "multiselectbox",
)
OURS = {theirs: ours for ours, theirs in TYPES.items()}
VISIBLE = {
    "everyone": "public",
    "members": "loggedin",
    "friends": "friends",
    "admins": "adminsonly",
}
SEEN = {theirs: ours for ours, theirs in VISIBLE.items()}
NARROW = ("admins", "friends", "members", "everyone")  # from narrow to wide


@dataclass(frozen=True)
class ProfileField(Spec):
    """Something that members can say of themselves."""

    kind: ClassVar = "profile-fields"

    slug: str
    group: str
    name: Maybe[str] = word(Text(zero=False), "What people read beside the field.")
    about: Maybe[str] = word(
        Prose(), "Help for whoever fills it in; cleared by the companion.", clears=True
    )
    type: Maybe[str] = word(
        Choice((*TYPES, *OWN)), "What may be said in it.", default="line"
    )
    choices: Maybe[tuple[str, ...]] = word(
        Many(Text()), "What to choose from; no commas, quotes or `&`."
    )
    visible_to: Maybe[str] = word(
        Choice(tuple(VISIBLE)), "Who sees what members say.", default="everyone"
    )
    required: Maybe[bool] = word(YesNo(), "Whether it must be filled in.", default="no")
    members_choose: Maybe[bool] = word(
        YesNo(),
        "Whether members may change who sees it, for themselves; left out, they may "
        "where everyone sees it.",
        policy=Policy.ON_CREATE,
    )
    order: Maybe[int] = derived(Policy.ON_CREATE)

    @property
    def key(self) -> str:
        """The key it has in the blueprint, which the site does not know."""
        return self.slug

    @property
    def needs(self) -> tuple[Address, ...]:
        """Its group."""
        return (Address("profile-groups", self.group),)


class ProfileFields(Kind[ProfileField]):
    """``/xprofile/fields``."""

    name = "profile-fields"
    after = ("profile-groups",)
    component = "xprofile"
    spec = ProfileField
    sections = (
        Section(
            "profile/*/fields",
            Entries(Key(), ProfileField),
            "The fields of the group, by keys that are unique in the blueprint.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One field an entry, in the order in which they are written."""
        fields = entry.parents[0].child("fields")
        refuse_twin(entry, titles(fields, "name"))
        keys = list(fields.value) if fields and isinstance(fields.value, dict) else []
        field = entry.build(
            ProfileField,
            slug=entry.key,
            group=entry.above[0],
            order=1 + keys.index(entry.key),
        )
        if field.about is not UNSET:  # the bare word `empty` is none
            field = replace(field, about=field.about or "")
        if field.type in OURS:
            field = replace(field, type=OURS[str(field.type)])
        yield Desired(field, entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[ProfileField]
    ) -> Iterator[Found]:
        """
        The fields that bear the names in question, or did, in one request.

        Of two with one name the younger: members' profiles show no other
        (``BP_REST_Members_Endpoint::xprofile_data`` has them by their names).
        """
        keys = {}
        found: defaultdict[Address, list[Found]] = defaultdict(list)
        for each in wanted.specs:
            group = seen.ids.get(each.needs[0])
            keys[group, words(str(each.name))] = each
            if each.address in wanted.previously:
                keys[group, words(wanted.previously[each.address])] = each
        for group in groups_of_fields(site, seen):
            for item in group.get("fields") or ():
                spec = keys.get((group["id"], words(item["name"])))
                if spec is not None:
                    found[spec.address].append(
                        Found(_seen(spec, item), item["id"], item["field_order"])
                    )
        for address, fields in found.items():
            yield max(fields, key=lambda field: field.id)
            if len(fields) > 1:
                seen.notes.append(f"{address} is on the site more than once.")

    def create(self, spec: ProfileField) -> Iterator[Call]:
        """One form: the field, who sees it, and its choices."""
        call = bp.post("xprofile", "fields", **_form(spec, spec.order))
        yield replace(call, form=True)

    def update(self, before: ProfileField, sets: Sets, wire: Any) -> Iterator[Call]:
        """One whole form again."""
        form = _form(replace(before, **sets), wire)
        call = bp.post("xprofile", "fields", Ref(before.address), **form)
        yield replace(call, form=True, repeatable=True)
        if before.required and sets.get("required") is False:
            call = companion.put("fields", Ref(before.address), required=False)
            yield replace(call, ability="unrequire")
        if sets.get("about") == "":
            call = companion.put("fields", Ref(before.address), description="")
            yield replace(call, ability="clear words")

    def lives_in(self, spec: ProfileField) -> Iterator[str]:
        """Whoever shows something to friends needs those, too."""
        yield "xprofile"
        if spec.visible_to == "friends":
            yield "friends"

    def fit(
        self, spec: ProfileField, before: ProfileField | None, can: Can, me: str
    ) -> tuple[ProfileField | None, str | None]:
        """What is required stays so where nothing can take it back; words likewise."""
        stays = []
        freed = before and before.required and spec.required is False
        if freed and (why := can("unrequire")):
            spec = replace(spec, required=True)
            stays.append(f"it stays required: {why}")
        if before and before.about and spec.about == "" and (why := can("clear words")):
            spec = replace(spec, about=before.about)
            stays.append(f"its words stay: {why}")
        return spec, "; ".join(stays) or None

    def risk(self, change: Change) -> Risk | None:
        """More people would see what members said in confidence."""
        before, after = change.before, change.sets.get("visible_to")
        if isinstance(before, ProfileField) and after and before.visible_to:
            was = str(before.visible_to)
            if NARROW.index(after) > NARROW.index(was):
                why = f"{change.address} would be seen by {after}, not only {was}"
                return Risk("visible", why)
        return None

    def touches(self, spec: ProfileField) -> tuple[Address, ...]:
        """Its group, so that the order written is the order made."""
        return spec.needs

    def label(self, spec: ProfileField) -> str | None:
        """Its name."""
        return spec.name or None

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: Members can fill in: Team, What I do."""
        new = [names(c.address) for c in changes if c.action is Action.CREATE]
        if new:
            yield f"Members can fill in: {listed(new)}."
        changed = [names(c.address) for c in changes if c.action is Action.UPDATE]
        if changed:
            yield f"Profile fields change: {listed(changed)}."


def _seen(spec: ProfileField, item: Any) -> ProfileField:
    options = sorted(item.get("options") or (), key=lambda each: each["option_order"])
    return ProfileField(
        slug=spec.slug,
        group=spec.group,
        name=Shown(item["name"]),
        about=Shown(item["description"]["raw"]),
        type=OURS.get(item["type"], item["type"]),
        choices=tuple(Shown(each["name"]) for each in options),
        visible_to=SEEN.get(item.get("visibility_level", ""), "everyone"),
        required=bool(item["is_required"]),
    )


def _theirs(spec: ProfileField) -> bool:
    """Whether members choose who sees what they say."""
    if spec.members_choose is UNSET:
        return (spec.visible_to or "everyone") == "everyone"
    return bool(spec.members_choose)


def _form(spec: ProfileField, order: Any) -> dict[str, Any]:
    """Everything there is to say of a field, as BuddyPress's own form says it."""
    theirs = TYPES.get(str(spec.type or "line"), str(spec.type))
    form: dict[str, Any] = {
        "group_id": Ref(spec.needs[0]),
        "type": theirs,
        "name": spec.name,
        "field_order": order,
        "default_visibility": VISIBLE[str(spec.visible_to or "everyone")],
        "allow_custom_visibility": "allowed" if _theirs(spec) else "disabled",
    }
    if spec.about:
        form["description"] = spec.about
    if spec.required:
        form["required"] = True
    for number, choice in enumerate(spec.choices or (), start=1):
        form[f"{theirs}_option[{number}]"] = choice
    return form


KIND = ProfileFields()
