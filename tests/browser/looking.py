"""What every page must be, whoever opens it: each check tells its faults in words."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from playwright.sync_api import Page, ViewportSize

NARROW = ViewportSize(width=320, height=800)
WIDE = ViewportSize(width=1280, height=900)

FACTS = """() => {
  const shown = it => it.checkVisibility();
  const named = it => it.labels && [...it.labels].some(l => l.textContent.trim())
    || it.getAttribute("aria-label") || it.getAttribute("aria-labelledby");
  const controls = [...document.querySelectorAll("input, select, textarea")];
  return {
    language: document.documentElement.lang,
    headings: document.querySelectorAll("h1").length,
    mains: document.querySelectorAll("main").length,
    nameless: controls.filter(it => it.type !== "hidden" && shown(it) && !named(it))
      .map(it => it.name || it.id),
    scripts: document.querySelectorAll("script").length,
  };
}"""
WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const boxed = it => {
    for (let up = it.parentElement; up; up = up.parentElement)
      if (["auto", "scroll", "hidden"].includes(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  const wide = [...document.querySelectorAll("body *")]
    .filter(it => it.getBoundingClientRect().right > room + 1 && !boxed(it));
  return wide.slice(-3).map(it => it.outerHTML.slice(0, 120));
}"""
AXE = """() => axe.run(document, {resultTypes: ["violations"]}).then(found =>
  found.violations.map(it => it.id + ": " + it.help + ": "
    + it.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")))"""


_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def faults_of(page: Page, secrets: Iterable[str]) -> Iterator[str]:
    """What is wrong with the page as it stands, without running any script of its own."""
    facts = page.evaluate(FACTS)
    if facts["language"] != "sv":
        yield f"its language is {facts['language']!r}"
    for name in ("headings", "mains"):
        if facts[name] != 1:
            yield f"it has {facts[name]} {name}"
    if facts["nameless"]:
        yield f"fields without a label: {facts['nameless']}"
    if facts["scripts"]:
        yield "it has scripts"
    title = page.title()
    if not re.fullmatch(r".+ – MASH-hubben", title):
        yield f"its title is {title!r}"
    # An id is random: four digits of a personal number may stand in one by chance.
    address = _ID.sub("", page.url)
    for secret in secrets:
        if secret.lower() in f"{title} {address}".lower():
            yield f"{secret} stands in its title or address"


def faults_when_narrow(page: Page) -> Iterator[str]:
    """At 320 px, which is 400 % of a common window, nothing makes the page scroll sideways."""
    page.set_viewport_size(NARROW)
    yield from (f"wider than 320 px: {it}" for it in page.evaluate(WIDER))
    page.set_viewport_size(WIDE)


def faults_for_all(page: Page) -> Iterator[str]:
    """What axe-core finds: contrast, names, roles, order of headings and the like."""
    page.evaluate(axe())
    yield from page.evaluate(AXE)


@cache
def axe() -> str:
    """The engine as its package brings it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
