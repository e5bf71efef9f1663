"""What holds on every page: its language, headings and labels, and what never stands there."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from jinja2 import UndefinedError

from hub.app import STEPS
from hub.pages.render import Pages
from tests.hub import acts
from tests.hub.html import label_of
from tests.hub.web import Page, Visitor, Web
from tests.people import BEA, CIA, GRY, MIRA, NORA, OSKAR, RUT, SYS, UTA, VIVI

NAMES = ("Elliot", "Vråkberg", "20160514", "9895")


def everything(web: Web) -> Iterator[Page]:
    """Every page that can be seen when a case has come all the way to its investigator."""
    page = acts.hand_over(acts.decided(web))
    case = page.path
    mira, uta, bea = page.visitor, web.as_(UTA), web.as_(BEA)
    yield from (mira.open(path) for path in ("/login", "/", "/concerns", "/cases", "/rules"))
    for below in ("", "/hub", "/clocks", "/chronology", "/package"):
        yield mira.open(case + below)
    for step in STEPS:
        yield first_allowed(f"{case}/{step.noun}", mira, uta, bea)
    yield uta.open("/")
    yield bea.open("/")
    web.sweep(hours=9)
    for person in (CIA, VIVI):
        visitor = web.as_(person)
        for path in ("/", "/deadlines", "/deliveries", f"{case}/breaches"):
            yield visitor.open(path)
    yield from rated(web)
    yield web.as_(GRY).open("/access-log")
    yield web.as_(SYS).open("/deliveries")
    yield mira.open("/finns-inte")


def rated(web: Web) -> Iterator[Page]:
    """Following the rules, and rating blind from the draw to how alike the two were."""
    rut = web.as_(RUT)
    yield rut.open("/rules/drift")
    yield rut.open("/rules/drift?from=x")
    sample = rut.open("/rules/agreement").draft().press("Dra urvalet")
    yield sample
    for person in (NORA, OSKAR):
        rater = web.as_(person)
        yield rater.open("/ratings")
        page = rater.open("/ratings").follow("Bedöm nästa")
        yield page
        yield page.draft().choose("Nivå", "Röd").press("Spara bedömningen")
    yield from (rut.open("/rules/agreement"), rut.open(sample.path))


def first_allowed(path: str, *visitors: Visitor) -> Page:
    return next(page for visitor in visitors if (page := visitor.open(path)).status == 200)


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    return list(everything(Web()))


def test_every_page_has_one_heading_of_the_first_order_and_no_order_is_skipped(
    pages: list[Page],
) -> None:
    for page in pages:
        orders = [int(it.tag[1]) for it in page.main.every("h1", "h2", "h3", "h4")]
        assert orders.count(1) == 1, page.path
        steps = list(pairwise(orders))
        assert all(after - before <= 1 for before, after in steps), (page.path, orders)


def test_every_field_has_a_label_and_every_group_a_legend(pages: list[Page]) -> None:
    for page in pages:
        for control in page.main.every("input", "select", "textarea"):
            if control.attrs.get("type") != "hidden":
                assert label_of(control, page.root), (page.path, control.attrs)
        for group in page.main.every("fieldset"):
            assert next(group.every("legend")).text


def test_every_table_has_a_caption_and_headers_with_a_scope(pages: list[Page]) -> None:
    for page in pages:
        for table in page.main.every("table"):
            assert next(table.every("caption")).text, page.path
            assert all("scope" in it.attrs for it in table.every("th")), page.path


def test_no_id_stands_twice_on_a_page(pages: list[Page]) -> None:
    for page in pages:
        ids = [it.attrs["id"] for it in page.root.every() if "id" in it.attrs]
        assert len(ids) == len(set(ids)), (page.path, {it for it in ids if ids.count(it) > 1})


def test_nothing_is_written_inline_and_nothing_comes_from_elsewhere(pages: list[Page]) -> None:
    for page in pages:
        html = page.response.text
        assert "<script" not in html
        assert "<style" not in html
        assert "javascript:" not in html
        for node in page.root.every():
            assert not [name for name in node.attrs if name == "style" or name.startswith("on")]
            for name in ("href", "src", "action"):
                assert not node.attrs.get(name, "").startswith(("http", "//"))


def test_no_name_and_no_number_of_a_person_is_in_a_title_or_an_address(pages: list[Page]) -> None:
    for page in pages:
        addresses = [
            it.attrs.get("href", "") + it.attrs.get("action", "") for it in page.root.every()
        ]
        for secret in NAMES:
            assert secret not in page.title
            assert secret not in str(page.response.url)
            assert not [it for it in addresses if secret in it]


def test_every_page_says_where_one_is_and_in_which_language(pages: list[Page]) -> None:
    for page in pages:
        assert page.title.endswith("– MASH-hubben")
        assert next(page.root.every("html")).attrs["lang"] == "sv"
        assert page.links()["Hoppa till innehållet"] == "#main"


def test_moments_are_written_in_one_way(pages: list[Page]) -> None:
    for page in pages:
        assert not re.search(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", page.text), page.path
        assert "None" not in page.text, page.path


def test_a_name_that_a_template_misses_is_a_fault_and_never_a_blank() -> None:
    with pytest.raises(UndefinedError):
        Pages().page("error.html", {"title": "Utan mer"})


@pytest.mark.parametrize("protected", ["Okänt", "Ja"])
def test_a_protected_or_perhaps_protected_child_has_no_name_in_any_list(
    web: Web, protected: str
) -> None:
    hub = acts.call(acts.confirm(acts.protect(acts.register(web, protected=protected))))
    web.sweep(hours=5)
    lists = [web.as_(person).open("/") for person in (MIRA, BEA, CIA, VIVI)]
    lists += [web.as_(MIRA).open("/cases"), web.as_(CIA).open("/deadlines")]
    lists += [web.as_(CIA).open("/deliveries"), web.as_(GRY).open("/access-log")]

    for page in lists:
        assert not [secret for secret in NAMES if secret in page.response.text], page.path
    assert "Skyddade personuppgifter" in lists[0].text
    assert "Lämna inte ut var barnet finns" in web.as_(MIRA).open(hub.path).root.text


def test_messages_carry_numbers_and_times_and_never_content(web: Web) -> None:
    acts.decided(web)

    page = web.as_(CIA).open("/deliveries")

    assert "Hubbkallelse i ärende MH-2026-00001" in page.text
    for secret in (*NAMES, "slog", "Våld av närstående."):
        assert secret not in page.text
