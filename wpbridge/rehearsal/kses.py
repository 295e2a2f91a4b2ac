"""
HTML filtered the way WordPress's kses filters it.

It keeps what an allow-list names, drops other tags but not the text between
them, keeps HTML comments, and writes bare ampersands as entities.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.entities import html5

_PIECE = re.compile(r"(<!--.*?(?:-->|$))|(<[^>]*(?:>|$)|>)", re.DOTALL)
_BARE_LESS = re.compile(r"<[^>]*?((?=<)|>|$)", re.DOTALL)
_TAG = re.compile(r"^<\s*(/\s*)?([a-zA-Z0-9-]+)([^>]*)>?$", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"\s*([a-zA-Z_:][\w:.-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?"
)
_ENTITY = re.compile(r"&amp;(#0*[0-9]{1,7}|#[Xx]0*[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}\d*);")
_SCHEME = re.compile(r"^\s*([a-zA-Z][a-zA-Z0-9+.-]*):")
_SCHEMES = frozenset(
    [
        "http",
        "https",
        "ftp",
        "ftps",
        "mailto",
        "news",
        "irc",
        "irc6",
        "ircs",
        "gopher",
        "nntp",
        "feed",
        "telnet",
        "mms",
        "rtsp",
        "sms",
        "svn",
        "tel",
        "fax",
        "xmpp",
        "webcal",
        "urn",
    ]
)


@dataclass(frozen=True)
class Rules:
    """Which tags stay, with which attributes."""

    tags: Mapping[str, frozenset[str]]
    double_quotes: bool = False
    """Attributes are written anew in double quotes (WordPress 7.1)."""

    def more(self, text: str) -> "Rules":
        """These and more, in the notation of this module."""
        return Rules({**self.tags, **_attributes(text)}, self.double_quotes)


def _attributes(text: str) -> dict[str, frozenset[str]]:
    """Read ``a[href title] b``."""
    found = re.findall(r"([\w-]+)(?:\[([^\]]*)\])?", text)
    return {tag: frozenset(names.split()) for tag, names in found}


COMMENT_TAGS = Rules({}).more(
    # wp-includes/kses.php, $allowedtags
    "a[href title] abbr[title] acronym[title] b blockquote[cite] cite code "
    "del[datetime] em i q[cite] s strike strong"
)
ACTIVITY_TAGS = Rules({}).more(
    # bp_get_allowedtags, less class and id (bp_activity_filter_kses)
    "a[href title aria-label data-bp-tooltip rel] abbr[title] acronym[title] b "
    "blockquote[cite] cite code del[datetime] em i q[cite] s strike strong "
    "img[src alt width height] span[data-livestamp] ul ol li"
)
# bp_groups_filter_kses, which shapes what is shown, not what is saved
GROUP_TAGS = COMMENT_TAGS.more(
    "a[href title class] img[src alt width height class id] code"
)
NO_TAGS = Rules({})
POST_TAGS = Rules({}).more(
    # The larger part of $allowedposttags
    "a[href rel rev name target title class id] abbr[title] acronym[title] "
    "address b big blockquote[cite class] br caption cite code del[datetime] "
    "dd div[class id align] dl dt em fieldset figure[class] figcaption "
    "h1[class id] h2[class id] h3[class id] h4[class id] h5[class id] "
    "h6[class id] hr i img[alt align border height hspace src vspace width "
    "class id loading] ins[datetime cite] kbd li[class] ol[start type class] "
    "p[class align] pre[width class] q[cite] s samp small span[class id align] "
    "strike strong sub sup table[class] tbody td[colspan rowspan] tfoot "
    "th[colspan rowspan scope] thead tr u ul[type class] var"
)


def kses(text: str, rules: Rules) -> str:
    """``wp_kses``."""
    text = text.replace("\0", "")
    text = _normalize_entities(text)
    text = _BARE_LESS.sub(_pre_less_than, text)
    return _PIECE.sub(lambda piece: _keep(piece[0], rules), text)


def _pre_less_than(found: re.Match[str]) -> str:
    # wp_pre_kses_less_than: a < that opens no tag is text.
    return found[0] if ">" in found[0] else html.escape(found[0], quote=True)


def _normalize_entities(text: str) -> str:
    return _ENTITY.sub(_entity, text.replace("&", "&amp;"))


def _entity(found: re.Match[str]) -> str:
    name = found[1]
    if name.startswith("#") or f"{name};" in html5:
        return f"&{name};"
    return found[0]


def _keep(piece: str, rules: Rules) -> str:
    if piece.startswith("<!--"):
        inner = piece[4:].removesuffix("-->")
        # wp_kses_split2 closes the comment, and filters what is in it.
        inner = kses(inner, rules) if "<" in inner else inner
        inner = re.sub(r"-$", "", re.sub(r"--+", "-", inner))
        return f"<!--{inner}-->" if inner else ""
    if piece == ">":
        return "&gt;"
    found = _TAG.match(piece)
    if not found or found[2].lower() not in rules.tags:
        return ""
    closing, tag, rest = found[1], found[2], found[3]
    if closing:
        return f"</{tag}>"
    slash = " /" if rest.rstrip().endswith("/") else ""
    return f"<{tag}{_kept_attributes(rest, rules.tags[tag.lower()], rules)}{slash}>"


def _kept_attributes(text: str, allowed: frozenset[str], rules: Rules) -> str:
    kept = ""
    for found in _ATTRIBUTE.finditer(text.rstrip("/ ")):
        name = found[1]
        if name.lower() not in allowed:
            continue
        double, single, bare = found[2], found[3], found[4]
        if double is None and single is None and bare is None:
            kept += f" {name}"
            continue
        quote = "'" if single is not None and not rules.double_quotes else '"'
        value = next(each for each in (double, single, bare) if each is not None)
        if name.lower() in ("href", "src", "cite"):
            value = _safe_address(value)
        if rules.double_quotes:
            value = value.replace('"', "&quot;")
        kept += f" {name}={quote}{value}{quote}"
    return kept


def _safe_address(value: str) -> str:
    scheme = _SCHEME.match(html.unescape(value))
    if scheme and scheme[1].lower() not in _SCHEMES:
        return value[value.find(":") + 1 :]
    return value
