"""A page as a person meets it: fields by label, buttons and links by their words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SILENT = {"script", "style", "title"}


@dataclass
class Node:
    """An element with what is in it."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)
    parent: "Node | None" = None

    @property
    def text(self) -> str:
        parts = [it if isinstance(it, str) else it.text for it in self.children]
        return " ".join(" ".join(parts).split())

    def every(self, *tags: str) -> Iterator["Node"]:
        for child in self.children:
            if isinstance(child, Node):
                if not tags or child.tag in tags:
                    yield child
                yield from child.every(*tags)

    def within(self, tag: str) -> "Node | None":
        node = self.parent
        while node is not None and node.tag != tag:
            node = node.parent
        return node

    @property
    def hidden(self) -> bool:
        return self.attrs.get("aria-hidden") == "true"


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("root")
        self._at = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, parent=self._at)
        self._at.children.append(node)
        if tag not in VOID:
            self._at = node

    def handle_endtag(self, tag: str) -> None:
        assert self._at.tag == tag, f"</{tag}> closes <{self._at.tag}>"
        assert self._at.parent is not None
        self._at = self._at.parent

    def handle_data(self, data: str) -> None:
        self._at.children.append(data)


def parse(text: str) -> Node:
    builder = _Builder()
    builder.feed(text)
    builder.close()
    assert builder._at is builder.root, f"<{builder._at.tag}> is never closed"
    return builder.root


def label_of(control: Node, root: Node) -> str:
    """The words that name a field: its label, with the legend of its group for a choice."""
    around = control.within("label")
    if around is not None:
        words = around.text
    else:
        wanted = control.attrs.get("id", "-")
        words = next((it.text for it in root.every("label") if it.attrs.get("for") == wanted), "")
    return words


def legend_of(control: Node) -> str:
    group = control.within("fieldset")
    legend = next(group.every("legend"), None) if group else None
    return legend.text if legend else ""
