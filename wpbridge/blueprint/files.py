"""Files that a blueprint names: in its folder, and never elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import imagesize

from wpbridge.blueprint.source import there

if TYPE_CHECKING:
    from wpbridge.blueprint.node import Node
    from wpbridge.blueprint.problems import Problems
    from wpbridge.blueprint.source import Sources

_IMAGES = (".jpg", ".jpeg", ".png", ".gif")


class Files:
    """Finds and checks named files; ``home`` is the folder of the blueprint."""

    def __init__(self, home: Path, sources: Sources, problems: Problems) -> None:
        self.home = home
        self.sources = sources
        self.problems = problems

    def find(self, node: Node) -> Path | None:
        """Find a file by what names it, or note why that cannot be."""
        name = str(node.value)
        if "://" in name:
            self.problems.add(
                node.place, f"`{name}` is not a file; put it beside the blueprint"
            )
            return None
        beside = Path(node.place.file).parent
        path = beside / name
        real = path.resolve()
        if not any(real.is_relative_to(each.resolve()) for each in (beside, self.home)):
            self.problems.add(
                node.place,
                f"`{name}` is outside the blueprint's folder; put the file in it",
            )
            return None
        if not there(real):
            self.problems.add(node.place, f"there is no file {path}")
            return None
        return path

    def check(self, node: Node, image: tuple[int, int] | None) -> None:
        """Check that a file is there, and, if it is to be an image, that it is one."""
        path = self.find(node)
        if path is None or image is None:
            return
        width, height = imagesize.get(str(path))
        if path.suffix.lower() not in _IMAGES or width < 0:
            self.problems.add(
                node.place, f"{path} is no image that BuddyPress takes: jpg, png or gif"
            )
        elif width < image[0] or height < image[1]:
            self.problems.add(
                node.place,
                f"{path} is {width} by {height} pixels, and {image[0]} by {image[1]} "
                "are the least",
            )

    def text(self, node: Node) -> str | None:
        """Read a text out of the file that a node names."""
        path = self.find(node)
        return self.sources.text(path, node.place) if path else None
