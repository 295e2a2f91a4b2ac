"""Text as WordPress cleans it on the way in and dresses it on the way out."""

import html
import re
import unicodedata
from urllib.parse import quote

from wpbridge.rehearsal.kses import GROUP_TAGS, Rules, kses

_VOID = frozenset(["br", "hr", "img", "input"])
_PARTS = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_BLOCKS = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|"
    "pre|form|map|area|blockquote|address|style|p|h[1-6]|hr|fieldset|legend|"
    "section|article|aside|figure|figcaption|details|summary"
)
_KEPT = " %/'\"!@#$^&*()+=[]{}|\\:;<>,?~`"
_LETTERS: dict[str, str] = dict(
    zip(
        "ßæÆøØœŒđĐðÐþÞłŁªº€£\u0131",
        ["s", "ae", "AE", *"oO", "oe", "OE", *"dDdD", "th", "TH", *"lLaoE", "", "i"],
        strict=True,
    )
)
SLUG = 200
"""Characters that a slug has room for."""
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U000e0020-\U000e007f]"
)


def strip_tags(text: str) -> str:
    """``wp_strip_all_tags``: scripts go with what is in them."""
    text = re.sub(r"(?is)<(script|style)[^>]*?>.*?</\1>", "", text)
    return re.sub(r"(?s)<!--.*?-->|<[^>]*>?", "", text).strip()


def strip_text(text: str, *, lines: bool = False) -> str:
    """``sanitize_text_field``, or ``sanitize_textarea_field`` with lines."""
    if "<" in text:
        text = re.sub(r"<(?![^<]*>)", "&lt;", text)
        text = strip_tags(text)
    if not lines:
        text = re.sub(r"[\r\n\t ]+", " ", text)
    text = text.strip()
    while re.search(r"%[a-fA-F0-9]{2}", text):
        text = re.sub(r"%[a-fA-F0-9]{2}", "", text)
    return text


def strip_slashes(text: str) -> str:
    r"""PHP's ``stripslashes``: ``\x`` to ``x``, and ``\\`` to ``\``."""
    return re.sub(r"\\(.?)", r"\1", text, flags=re.DOTALL)


def add_slashes(text: str) -> str:
    """PHP's ``addslashes``."""
    return re.sub(r"(['\"\\])", r"\\\1", text)


def encode_emoji(text: str) -> str:
    """``wp_encode_emoji``: emoji to ``&#x1f600;``."""
    return _EMOJI.sub(lambda found: f"&#x{ord(found[0]):x};", text)


def balance(text: str) -> str:
    """``force_balance_tags``: close what is open, drop what closes nothing."""
    out: list[str] = []
    open_tags: list[str] = []
    for part in _PARTS.split(text):
        found = re.match(r"<(/?)([a-zA-Z][\w-]*)[^>]*?(/?)>$", part)
        if found and found[2].lower() in _VOID and not found[3]:
            out.append(f"{part[:-1]}/>")
        elif not found or found[3] or found[2].lower() in _VOID:
            out.append(part)
        elif not found[1]:
            open_tags.append(found[2])
            out.append(part)
        elif found[2] in open_tags:
            while (last := open_tags.pop()) != found[2]:
                out.append(f"</{last}>")
            out.append(part)
    return "".join(out) + "".join(f"</{tag}>" for tag in reversed(open_tags))


def saved_html(text: str, rules: Rules, *, slashes: bool = False) -> str:
    """What BuddyPress's ``…_before_save`` filters leave of HTML."""
    if not slashes:
        text = strip_slashes(text)
    return encode_emoji(balance(kses(text, rules))).strip()


def saved_name(text: str, rules: Rules) -> str:
    """The same for names: no emoji changed, no HTML that is not allowed."""
    return balance(kses(strip_slashes(text), rules)).strip()


def slugged(text: str) -> str:
    """``sanitize_title``: lower case, dashes, the rest percent-encoded."""
    text = re.sub(r"<[^>]*>", "", text)
    text = "".join(map(_plain, unicodedata.normalize("NFC", text)))
    text = re.sub(r"[\u2013\u2014]|&ndash;|&mdash;", "-", text.lower())
    text = re.sub(r"&[^;\s]+;", "", text).replace(".", "-")
    text = encoded(text)
    text = re.sub(r"[^%a-z0-9 _-]", "", text.replace("/", "-"))
    return re.sub(r"-+", "-", re.sub(r"\s+", "-", text.strip())).strip("-")


def _plain(letter: str) -> str:
    """``remove_accents``, which knows Latin letters alone."""
    if letter in _LETTERS:
        return _LETTERS[letter]
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


def encoded(text: str, most: int = SLUG) -> str:
    """``utf8_uri_encode``: as many characters as there is room for."""
    parts: list[str] = []
    for character in text:
        part = quote(character, safe=_KEPT).lower()
        most -= len(part)
        if most < 0:
            break
        parts.append(part)
    return "".join(parts)


def texturize(text: str) -> str:
    """``wptexturize``, for quotes, dashes and dots outside tags."""
    parts = _PARTS.split(text)
    for i in range(0, len(parts), 2):
        parts[i] = _typographic(parts[i])
    return "".join(parts)


def _typographic(text: str) -> str:
    if not re.search(r"['\"&.-]", text):
        return text
    text = text.replace("...", "&#8230;")
    text = re.sub(r"(?<!-)---(?!-)", "&#8212;", text)
    text = re.sub(r"(?<= )--(?= )", "&#8212;", text)
    text = re.sub(r"(?<!-)--(?!-)", "&#8211;", text)
    text = re.sub(r"(?<= )-(?= )", "&#8211;", text)
    text = re.sub(r"(?<=\w)'(?=\w)", "&#8217;", text)
    text = re.sub(r"(^|(?<=[\s(\[{\"]))'", "&#8216;", text)
    text = text.replace("'", "&#8217;")
    text = re.sub(r"(^|(?<=[\s(\[{;]))\"(?=\S)", "&#8220;", text)
    text = text.replace('"', "&#8221;")
    return re.sub(r"&(?!#\d+;|#x[0-9a-fA-F]+;|\w{1,8};)", "&#038;", text)


def paragraphs(text: str) -> str:
    """``wpautop``: empty lines part paragraphs, other line ends are breaks."""
    if not text.strip():
        return ""
    text = re.sub(r"\r\n?", "\n", text) + "\n"
    text = re.sub(rf"(?i)(<(?:{_BLOCKS})[\s/>])", r"\n\n\1", text)
    text = re.sub(rf"(?i)(</(?:{_BLOCKS})>)", r"\1\n\n", text)
    blocks = [each.strip("\n") for each in re.split(r"\n\s*\n", text) if each.strip()]
    return "".join(_paragraph(each) for each in blocks)


def _paragraph(block: str) -> str:
    if re.match(rf"(?i)\s*</?(?:{_BLOCKS})[\s/>]", block):
        return block + "\n"
    block = re.sub(r"(?<!<br />)\s*\n", "<br />\n", block)
    return f"<p>{block}</p>\n"


_LINKS = (
    (r"(^|(?<=[\s>.,(]))(https?://[^\s<>\"']+[\w/#])", r"\2", r"\2"),
    (r"(^|(?<=[\s>]))(www\.[^\s<>\"']*[\w/#])", r"http://\2", r"http://\2"),
)
_EMAIL = re.compile(
    r"(^|(?<=[\s>]))([.0-9a-z_+-]+@([0-9a-z-]+\.)+[0-9a-z]{2,})", re.IGNORECASE
)


def clickable(text: str) -> str:
    """``make_clickable``, for addresses that are in no link yet."""
    if not re.search(r"://|www\.|@", text):
        return text
    parts = _PARTS.split(text)
    inside = 0
    for i, part in enumerate(parts):
        if i % 2:
            inside += part.lower().startswith("<a ")
            inside -= part.lower().startswith("</a")
        elif not inside:
            parts[i] = _linked(part)
    return "".join(parts)


def _linked(text: str) -> str:
    for pattern, href, told in _LINKS:
        text = re.sub(pattern, rf'\1<a href="{href}" rel="nofollow">{told}</a>', text)
    return _EMAIL.sub(r'\1<a href="mailto:\2">\2</a>', text)


def shown_html(text: str, rules: Rules = GROUP_TAGS) -> str:
    """The usual output filters: kses, links, quotes, paragraphs."""
    return paragraphs(texturize(clickable(kses(text, rules))))


def shown_name(text: str) -> str:
    """
    ``bp_get_group_name``: ampersands and quotes dressed.

    ``wp_filter_kses`` puts slashes before quotes, and only after them come
    the typographic ones: an opening quote looks like a closing one.
    """
    return strip_slashes(texturize(add_slashes(text)))


def nofollow(text: str) -> str:
    """``bp_activity_make_nofollow_filter``."""

    def add(found: re.Match[str]) -> str:
        rest = re.sub(r" rel=(\"nofollow\"|'nofollow')", "", found[1])
        return f'<a {rest} rel="nofollow ugc">'

    return re.sub(r"(?i)<a (.+?)>", add, text)


def escape(text: str) -> str:
    """``esc_html``, which leaves entities that are there already."""
    escaped = html.escape(text, quote=True).replace("&#x27;", "&#039;")
    return re.sub(r"&amp;(#?\w{1,8};)", r"&\1", escaped)
