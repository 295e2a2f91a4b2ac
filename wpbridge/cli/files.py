"""Commands about blueprints alone: no site is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wpbridge.cli.app import app
from wpbridge.cli.options import (
    Answers,
    AsOf,
    Blueprint,
    Output,
    OutputAs,
    Sets,
)

Blueprints = Annotated[
    list[Path], typer.Argument(metavar="BLUEPRINT…", help="Blueprints, YAML files.")
]
NewFile = Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")]
Template = Annotated[
    str,
    typer.Argument(metavar="TEMPLATE", help="Its name, such as `workshop`, or a file."),
]
Write = Annotated[
    bool,
    typer.Option("--write", help="Put it beside your blueprints, for your editor."),
]

ONLY_A_SITE = (
    "Only a site can tell what is new there, and lacks an address or a name: see "
    "`wpbridge plan`."
)


@app.command()
def validate(
    blueprints: Blueprints,
    *,
    sets: Sets = [],  # noqa: B006 - typer copies it
    answers: Answers = None,
) -> None:
    """
    Read blueprints and name everything that is wrong with them.

    \b
      wpbridge validate blueprints/*.yaml

    Asks no site: whether what is new there has all it needs, the plan tells. Exits 3
    if anything is wrong.
    """
    from wpbridge import remarks
    from wpbridge.cli import show, wanting

    for file, read in wanting.checked(blueprints, sets, answers):
        empty = "".join(f", but {each}" for each in remarks.note_empty_rosters(read))
        typer.echo(f"{file}: fine{empty}")
    show.lines(ONLY_A_SITE)


@app.command()
def expand(
    blueprint: Blueprint,
    *,
    sets: Sets = [],  # noqa: B006
    answers: Answers = None,
    as_of: AsOf = None,
    output: OutputAs = Output.TEXT,
) -> None:
    """
    Write out every resource that a blueprint asks for.

    \b
      wpbridge expand club.yaml --set starts=2027-03-15

    Asks no site: the same file and answers give the same list anywhere.
    """
    from wpbridge import engine
    from wpbridge.cli import show, wanting

    wanted = wanting.blueprint(blueprint, sets, answers, as_of)
    show.declared(engine.declare(wanted), output)


@app.command()
def schema(*, write: Write = False) -> None:
    """
    Give the blueprint language as JSON Schema, for editors.

    \b
      wpbridge schema --write
    """
    from wpbridge.cli import writing

    typer.echo(writing.schema_beside(Path()) if write else writing.schema())


@app.command()
def init(file: NewFile = Path("blueprint.yaml")) -> None:
    """
    Write a small blueprint to start from.

    \b
      wpbridge init club.yaml
      wpbridge plan club.yaml --site rehearsal
    """
    from wpbridge.cli import writing

    typer.echo(writing.starter(file))


@app.command()
def new(
    template: Template,
    file: NewFile,
    *,
    sets: Sets = [],  # noqa: B006
    answers: Answers = None,
) -> None:
    """
    Make a blueprint from a template, question by question.

    \b
      wpbridge new workshop spring.yaml
      wpbridge new workshop spring.yaml --set cohort=spring --answers team.yaml
      wpbridge new ./spring.yaml autumn.yaml

    The templates are event, learning-circle, social-learning-centre, work-team and
    workshop. A blueprint of yours is one too, and its answers are offered again.

    What it writes extends the template: keep it, change it, apply it again.
    """
    from wpbridge.cli import show, wanting, writing

    show.lines(writing.cloned(template, file, wanting.answered(sets, answers)))
