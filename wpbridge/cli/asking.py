"""
Questions to whoever sits at the terminal.

They go to stderr, so that what a command writes can be piped. Where there is no
terminal nobody is asked, and the command ends before anything is done.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from wpbridge.blueprint.grammar import Email
from wpbridge.blueprint.values import wrong
from wpbridge.cli.wrapping import wrapped
from wpbridge.errors import UsageError

if TYPE_CHECKING:
    from wpbridge.blueprint.inputs import Input


def somebody() -> bool:
    """Tell whether there is anybody to ask."""
    return sys.stdin.isatty()


def agreed(question: str, *, instead: str) -> bool:
    """Ask for a yes; all else is a no. ``instead`` is what to say beforehand."""
    if not somebody():
        raise UsageError(f"there is no terminal to ask at: {question} Say {instead}.")
    return text(f"{question} [y/N] ").lower() in {"y", "yes"}


def answer(question: Input) -> str | None:
    """Ask one of a blueprint's questions until the answer will do."""
    if not somebody():
        return None
    while True:
        said = _meant(question, text(_worded(question))) or question.default
        message = "needs an answer" if said is None else question.wrong(said)
        if said is not None and not message:
            return said
        colon = ":" if message and message[0].isdigit() else ""
        typer.echo(f"  {question.name}{colon} {message}", err=True)


def _meant(question: Input, said: str) -> str:
    """Take a ``y`` for a yes where that is what is asked."""
    short = {"y": "yes", "n": "no"} if question.type == "yes or no" else {}
    return short.get(said.lower(), said)


def address(login: str) -> str:
    """Ask where mail reaches somebody, until it can be one; empty if it is known."""
    while True:
        said = text(f"E-mail address of {login}? (Enter: has an account there) ")
        message = said and wrong(Email(), said)
        if not message:
            return said
        typer.echo(f"  An address {message}", err=True)


def _worded(question: Input) -> str:
    if question.hint:
        typer.echo(wrapped(question.hint, first="  ", rest="  "), err=True)
    also = ", ".join(question.choices) or (
        f"as in {question.example}"
        if question.example and question.default is None
        else ""
    )
    default = f" [{question.default}]" if question.default is not None else ""
    return f"{question.question}{f' ({also})' if also else ''}{default} "


def text(question: str) -> str:
    """Ask, and read a line; whoever ends the input wants no more of it."""
    typer.echo(question, nl=False, err=True)
    line = sys.stdin.readline()
    if not line:
        typer.echo("", err=True)
        raise typer.Abort
    return line.strip()
