"""What of a saved page is not its story, told from how the page is built."""

import re
from collections import Counter
from typing import Any

from .document import listed, several
from .stylesheet import Sheet
from .unseen import unseen

Element = Any
"""lxml's elements carry no types."""

NEVER_READ = frozenset(
    "script style noscript template svg math head input select textarea button option datalist"
    " iframe frame object embed applet audio video canvas map link meta".split()
)
KINDS = {
    "navigation": "nav navigation navbar menu breadcrumb breadcrumbs skip pagination pager toolbar",
    "cookie banner": "cookie cookies consent gdpr onetrust cookiebot",
    "comments": "comment comments disqus replies respond",
    "related stories": "related recommended recommendation recommendations recirculation trending"
    " popular readnext taboola outbrain teasers",
    "sharing links": "share sharing social addthis sharedaddy",
    "sign-up form": "newsletter subscribe signup paywall login register",
    "advertisement": "advert adverts advertisement advertising ads ad promo sponsored mpu",
    "sidebar": "sidebar aside complementary",
    "pop-up": "popup modal lightbox overlay dialog alertdialog",
    "page footer": "footer contentinfo colophon copyright",
    "page header": "masthead",
}
BY_WORD = {word: kind for kind, words in KINDS.items() for word in words.split()}
BY_TAG = {"nav": "navigation", "footer": "page footer", "aside": "sidebar", "dialog": "pop-up"}
STATES = re.compile(r"^(has|no|is|with|without|tag|tags|category|cat|post|page|type|status)[-_]")
"""Classes that tell of a page's state or subject, not of what a block is."""
HEADINGS = tuple(f"h{level}" for level in range(1, 7))
ENDS_STORY = re.compile(
    r"^(related( (stories|news|articles|content|links|topics))?"
    r"|more (on|from|stories|news|like)\b.*"
    r"|most (read|popular|viewed).*|read (more|next)\b.*|you (may|might) (also|like)\b.*"
    r"|recommended.*|comments?( *[(:].*)?|(leave|post) a (comment|reply)|share (this|on)\b.*"
    r"|(sign up|subscribe)\b.*|latest (news|stories|updates)|other news|trending.*|follow us.*"
    r"|\d+ comments?)$",
    re.IGNORECASE,
)


class LeftOut:
    """Takes out of a page what is not its story, and counts what it took."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.counts: Counter[str] = Counter()
        self.hidden_words = 0
        self.followed = True

    def clean(self) -> None:
        """Alter the page: drop what is never read, what is unseen and what stands beside."""
        sheet = Sheet(self.root)
        hidden = list(unseen(self.root, sheet))
        self.followed = sheet.left > 0
        for element in list(self.root.iter()):
            if not isinstance(element.tag, str) or element.tag in NEVER_READ:
                self._drop(element)
        for element in hidden:
            if self._stands(element):
                self.hidden_words += len("".join(element.itertext()).split())
                self._drop(element)
        for element in list(self.root.iter()):
            kind = _beside(element) if self._stands(element) else ""
            if kind and not _holds_story(element):
                self._count(kind, element)
        for element in list(self.root.iter(*HEADINGS)):
            words = " ".join("".join(element.itertext()).split())
            if element.tag != "h1" and ENDS_STORY.match(words) and self._stands(element):
                self._drop_section(element)
        for element in list(self.root.iter("ul", "ol")):
            if self._stands(element) and _only_links(element):
                self._count("list of links", element)

    def sentence(self) -> str:
        """What was left out, in a sentence; empty when nothing was."""
        if not self.counts:
            return ""
        plural = {"list of links": "lists of links"}
        said = [
            several(count, kind, plural.get(kind, ""))
            if kind in ("list of links", "pop-up")
            else kind
            for kind, count in sorted(self.counts.items())
        ]
        return f"Left out as not part of the story: {listed(said)}."

    def _stands(self, element: Element) -> bool:
        """Whether an element is still part of the page, and not inside what was dropped."""
        return element is not self.root and element.getroottree().getroot() is self.root

    def _count(self, kind: str, element: Element) -> None:
        if "".join(element.itertext()).strip():
            self.counts[kind] += 1
        self._drop(element)

    def _drop(self, element: Element) -> None:
        parent = element.getparent()
        if parent is None:
            return
        tail, before = element.tail or "", element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
        parent.remove(element)

    def _drop_section(self, heading: Element) -> None:
        """A heading that ends the story, and what follows it up to one of its rank."""
        following = heading.getnext()
        while following is not None and not (
            following.tag in HEADINGS and following.tag <= heading.tag
        ):
            following, gone = following.getnext(), following
            self._drop(gone)
        self._count("related stories or comments", heading)


def _beside(element: Element) -> str:
    """What a block is when it is not the story: by its tag, its role, its class or id."""
    if not isinstance(element.tag, str) or element.tag in ("html", "body", "main", "article"):
        return ""
    if element.tag in BY_TAG:
        return BY_TAG[element.tag]
    role = (element.get("role") or "").lower()
    if role in ("banner", "search"):
        return "page header"
    if element.tag == "header" and not any(
        above.tag in ("main", "article") for above in element.iterancestors()
    ):
        return "page header"
    for words in (role, *_names(element)):
        for word in words.split("-"):
            if word in BY_WORD:
                return BY_WORD[word]
    return ""


def _names(element: Element) -> list[str]:
    """Classes and id as words with hyphens: `relatedStories` is `related-stories`."""
    given = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    kept = [name for name in given if not STATES.match(name.lower())]
    apart = [re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower() for name in kept]
    return [re.sub(r"[^a-z]+", "-", name) for name in apart]


def _holds_story(element: Element) -> bool:
    return any(
        inner.tag in ("h1", "main") or inner.get("itemprop") == "articleBody"
        for inner in element.iter("h1", "main", "div", "section")
    )


def _only_links(element: Element) -> bool:
    """A list of at least three items whose words are nearly all links."""
    items = element.findall("li")
    words = len("".join(element.itertext()).split())
    linked = sum(len("".join(link.itertext()).split()) for link in element.iter("a"))
    return len(items) >= 3 and words > 0 and linked >= 0.9 * words
