"""Arguments and options that several commands share, each with its help."""

from __future__ import annotations

import logging
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from wpbridge.errors import UsageError


class Output(StrEnum):
    """How a plan or a report is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def be_verbose(asked: bool) -> bool:  # noqa: FBT001 - typer's callback
    """Let the log speak on stderr; whether it does is the log's own state."""
    if asked:
        logging.basicConfig(format="%(name)s: %(message)s")
        logging.getLogger("wpbridge").setLevel(logging.DEBUG)
    return asked


def verbose() -> bool:
    """Tell whether ``--verbose`` was given."""
    return logging.getLogger("wpbridge").isEnabledFor(logging.DEBUG)


def known_sites() -> list[str]:
    """Name sites and rehearsals that are kept, for the shell's completion."""
    from wpbridge import opening, stage

    accounts = [each.name for each in opening.accounts().all()]
    return [*accounts, "rehearsal", *map(str, stage.kept())]


Blueprint: TypeAlias = Annotated[
    Path, typer.Argument(metavar="BLUEPRINT", help="The blueprint, a YAML file.")
]
SiteName: TypeAlias = Annotated[
    str,
    typer.Option(
        "--site",
        metavar="SITE",
        autocompletion=known_sites,
        help="Its address, its kept name, `rehearsal`, or `rehearsal:NAME`; left out, "
        "WPBRIDGE_SITE or the only one that is kept.",
    ),
]


def one_of(argument: str, option: str) -> str:
    """A site that may be named with ``--site`` or without; never two of them."""
    if argument and option and argument != option:
        raise UsageError(f"two sites are named, {argument} and {option}; name one")
    return argument or option


User: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--user", metavar="LOGIN", help="Whose login to use there, if several are kept."
    ),
]
InsecureHttp: TypeAlias = Annotated[
    bool,
    typer.Option("--insecure-http", help="Send the login over http:// in the clear."),
]
MethodOverride: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--method-override",
        help="Send PUT and DELETE as a POST that says so, for hosts that stop them.",
    ),
]
Sets: TypeAlias = Annotated[
    list[str],
    typer.Option("--set", metavar="NAME=VALUE", help="Answer an input; may repeat."),
]
Answers: TypeAlias = Annotated[
    Path | None,
    typer.Option("--answers", metavar="FILE", help="A YAML file of answers."),
]
Trust: TypeAlias = Annotated[
    list[Path],
    typer.Option(
        "--trust",
        metavar="FOLDER",
        envvar="WPBRIDGE_TRUST",
        help="A folder that the blueprint may name files in, beside its own; may "
        "repeat.",
    ),
]
AsOf: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="MOMENT",
        help="Set the plan's clock: `2027-03-22 09:00`, `week 2 monday`, `end`.",
    ),
]
Only: TypeAlias = Annotated[
    list[str],
    typer.Option(
        "--only", metavar="ADDRESS", help="Only this and what it needs; may repeat."
    ),
]
Allow: TypeAlias = Annotated[
    list[str],
    typer.Option(
        "--allow",
        metavar="WHAT:ADDRESS",
        help="Let a dangerous change through, as the plan words it; may repeat.",
    ),
]
Refresh: TypeAlias = Annotated[
    list[str],
    typer.Option(
        "--refresh",
        metavar="ADDRESS",
        help="Upload a picture again that cannot be compared; may repeat.",
    ),
]
OutputAs: TypeAlias = Annotated[
    Output, typer.Option("--output", help="How the result is written to stdout.")
]
Strict: TypeAlias = Annotated[
    bool, typer.Option("--strict", help="Exit 5 if the site cannot take everything.")
]
Verbose: TypeAlias = Annotated[
    bool,
    typer.Option("--verbose", callback=be_verbose, help="Tell more, and fold nothing."),
]
