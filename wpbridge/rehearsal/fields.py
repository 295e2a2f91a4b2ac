"""Which fields of an object each context shows."""

import re
from functools import cache
from typing import Any

from wpbridge.rehearsal.routing import versioned
from wpbridge.rehearsal.versions import Version

Shown = dict[str, tuple[str, dict[str, str]]]
_FIELD = re.compile(r"(\w+)\[([vem]*)\](?:\{([^}]*)\})?")
_LETTERS = {"view": "v", "edit": "e", "embed": "m"}


@cache
def schema(version: Version, name: str) -> Shown:
    """The fields of a schema, with the letters of their contexts."""
    for line in versioned("fields.txt", version):
        title, _, rest = line.strip().partition(": ")
        if title == name:
            return {
                found[1]: (
                    found[2],
                    {inner[1]: inner[2] for inner in _FIELD.finditer(found[3] or "")},
                )
                for found in _FIELD.finditer(rest)
            }
    return {}


def filtered(
    version: Version, name: str, data: dict[str, Any], context: str
) -> dict[str, Any]:
    """
    ``rest_filter_response_by_context``.

    What a schema does not speak of stays, and so does what it gives no
    context.
    """
    letter = _LETTERS.get(context, "v")
    known = schema(version, name)
    kept = {}
    for field, value in data.items():
        letters, inner = known.get(field, ("", {}))
        if letters and letter not in letters:
            continue
        if inner and isinstance(value, dict):
            value = {  # noqa: PLW2901 - the field's narrowed value
                each: told
                for each, told in value.items()
                if not inner.get(each) or letter in inner[each]
            }
        kept[field] = value
    return kept
