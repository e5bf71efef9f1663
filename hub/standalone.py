"""The rules as one HTML file that needs no server: the look of the hub goes with it."""

from importlib.resources import files

from hub.pages.render import Pages
from workflows.rules_document import RulesDocument

_STYLES = ("hub.css", "parts.css", "rules.css")


def rules_html(document: RulesDocument) -> str:
    """The same document as the page shows."""
    folder = files("hub") / "static"
    style = "\n".join((folder / name).read_text("utf-8") for name in _STYLES)
    return Pages().text("rules/file.html", {"document": document, "style": style})
