"""Text made of blocks, as far as navigation has them."""

import json
import re

from wpbridge.rehearsal.text import escape

_BLOCK = re.compile(r"<!-- wp:([\w/-]+) (\{.*?\}) (/?)-->", re.DOTALL)
_LINK = re.compile(r"<!-- wp:navigation-link (\{.*?\}) /-->", re.DOTALL)
# serialize_block_attributes, so that nothing in them ends the comment.
_SAFE = {"--": r"\u002d\u002d", "<": r"\u003c", ">": r"\u003e", "&": r"\u0026"}


def rewritten(text: str) -> str:
    """The text with the attributes of each block as WordPress writes them."""
    return _BLOCK.sub(_block, text)


def _block(found: re.Match[str]) -> str:
    try:
        values = json.loads(found[2])
    except ValueError:
        return found[0]
    told = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
    for plain, safe in _SAFE.items():
        told = told.replace(plain, safe)
    told = told.replace('\\"', r"\u0022")
    return f"<!-- wp:{found[1]} {told} {found[3]}-->"


def shown(text: str) -> str:
    """What visitors get of it: a list of links."""
    return _LINK.sub(_link, text)


def _link(found: re.Match[str]) -> str:
    values = json.loads(found[1])
    return (
        '<li class="wp-block-navigation-item wp-block-navigation-link">'
        '<a class="wp-block-navigation-item__content"  '
        f'href="{escape(values.get("url", ""))}">'
        '<span class="wp-block-navigation-item__label">'
        f"{values.get('label', '')}</span></a></li>"
    )
