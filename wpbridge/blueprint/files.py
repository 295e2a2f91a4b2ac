"""Files that a blueprint names: in its folder, and never elsewhere."""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING, BinaryIO

import imagesize

from wpbridge import limits
from wpbridge.blueprint.source import there
from wpbridge.regular import Unfit, open_regular, size

if TYPE_CHECKING:
    from pathlib import Path

    from wpbridge.blueprint.boundary import Boundary
    from wpbridge.blueprint.node import Node
    from wpbridge.blueprint.problems import Problems
    from wpbridge.blueprint.source import Sources

_IMAGES = (".jpg", ".jpeg", ".png", ".gif")
_SIGNS = (b"\xff\xd8", b"\x89PNG", b"GIF8")


class Files:
    """Finds and checks named files; none lies beyond the ``boundary``."""

    def __init__(
        self, boundary: Boundary, sources: Sources, problems: Problems
    ) -> None:
        self.boundary = boundary
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
        path = self.boundary.find(node, self.problems)
        if path is None:
            return None
        if not there(path):
            self.problems.add(node.place, f"there is no file {path}")
            return None
        return path

    def check(self, node: Node, image: tuple[int, int] | None) -> None:
        """Check that a file is there, and, if it is to be an image, that it is one."""
        path = self.find(node)
        if path is None:
            return
        try:
            with open_regular(path) as file:
                width, height = _dimensions(file) if image else (0, 0)
                bulk = os.fstat(file.fileno()).st_size
        except (Unfit, OSError) as error:
            said = error.strerror if isinstance(error, OSError) else error
            self.problems.add(node.place, f"{path} cannot be read: {said}")
            return
        if bulk > limits.UPLOAD_BYTES:
            self.problems.add(
                node.place,
                f"{path} has more than {size(limits.UPLOAD_BYTES)}, the most that is "
                "uploaded",
            )
        elif image is None:
            return
        elif path.suffix.lower() not in _IMAGES or width < 0:
            self.problems.add(
                node.place, f"{path} is no image that BuddyPress takes: jpg, png or gif"
            )
        elif width < image[0] or height < image[1]:
            self.problems.add(
                node.place,
                f"{path} is {width} by {height} pixels, and {image[0]} by {image[1]} "
                "are the least",
            )

    def text(self, node: Node, most: int = limits.BLUEPRINT_BYTES) -> str | None:
        """Read a text out of the file that a node names."""
        path = self.find(node)
        return self.sources.text(path, node.place, most) if path else None


def _dimensions(file: BinaryIO) -> tuple[int, int]:
    """The width and height of an image; below zero for what is none."""
    sign = file.read(4)
    file.seek(0)
    if not sign.startswith(_SIGNS):
        return -1, -1
    try:
        width, height = imagesize.get(file)
    except (ValueError, TypeError, struct.error):  # one that was cut off
        return -1, -1
    return int(width), int(height)
