"""What WordPress makes of pictures in the media library, and tells of it."""

from pathlib import Path
from typing import Any

from wpbridge.rehearsal.versions import Version

_META = (
    *("aperture", "credit", "camera", "caption", "created_timestamp", "copyright"),
    *("focal_length", "iso", "shutter_speed", "title", "orientation"),
)
_NUMBERS = {
    *("aperture", "created_timestamp", "focal_length", "iso"),
    *("shutter_speed", "orientation"),
}
_THUMBNAIL = 150
# medium, medium_large and large, and how wide they are at most
_WIDTHS = {"medium": 300, "medium_large": 768, "large": 1024}


def details(extra: dict[str, Any], source: str, version: Version) -> dict[str, Any]:
    """``media_details``."""
    if not extra["mime"].startswith("image/"):
        return {"filesize": extra["size"], "sizes": {}}
    meta: dict[str, Any] = {name: "0" if name in _NUMBERS else "" for name in _META}
    meta["keywords"] = []
    if version.number >= 15:  # noqa: PLR2004 - versions are numbers
        meta["alt"] = ""
    return {
        "width": extra["width"],
        "height": extra["height"],
        "file": extra["path"],
        "filesize": extra["size"],
        "sizes": _sizes(extra, source),
        "image_meta": meta,
    }


def processing(extra: dict[str, Any]) -> dict[str, Any]:
    """What editors of WordPress 7.1 learn, so that browsers can make the sizes."""
    if not extra["mime"].startswith("image/"):
        return {}
    return {
        "exif_orientation": 1,
        "image_output_format": None,
        "image_quality": {"default": 82, "sizes": []},
        "image_save_progressive": False,
    }


def _sizes(extra: dict[str, Any], source: str) -> dict[str, Any]:
    width, height = extra["width"], extra["height"]
    found: dict[str, tuple[int, int]] = {}
    for name, most in _WIDTHS.items():
        tall = name != "medium_large" and height > most
        if width > most or tall:
            scale = min(most / width, most / height if tall else 1)
            found[name] = (round(width * scale), round(height * scale))
    if width > _THUMBNAIL or height > _THUMBNAIL:
        found["thumbnail"] = (min(width, _THUMBNAIL), min(height, _THUMBNAIL))
    if not found:
        return {}
    path = Path(source)
    told = {
        name: _told(f"{path.stem}-{wide}x{high}{path.suffix}", wide, high, extra)
        | {"filesize": extra["size"]}
        for name, (wide, high) in found.items()
    }
    told["full"] = _told(path.name, width, height, extra)
    folder = source.rpartition("/")[0]
    for each in told.values():
        each["source_url"] = f"{folder}/{each['file']}"
    return told


def _told(file: str, width: int, height: int, extra: dict[str, Any]) -> dict[str, Any]:
    mime = extra["mime"]
    return {"file": file, "width": width, "height": height, "mime_type": mime}
