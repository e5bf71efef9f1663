"""The pages over an office in memory, visited by named people."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from itertools import count

from fastapi.testclient import TestClient
from httpx2 import Response

from adapters.columns.past import ColumnConcerns
from adapters.document import handover_pdf, rules_pdf
from adapters.metrics import Metrics
from adapters.passwords import Passwords, cheap_passwords
from adapters.rulesedit import rewrite
from adapters.rulesfile import read
from hub.app import create_app
from hub.comparing import rule_tools
from hub.desk import Desk, Health
from hub.library import Library
from rules.people import Actor
from tests.hub.html import Node, label_of, legend_of, parse
from tests.people import EVERYONE, World, account
from workflows.ports import Session
from workflows.rule_books import RuleBooks
from workflows.watching import sweep

PASSWORD = "ett-långt-lösenord"
# What is proved of a version is the same in every world.
TOOLS = rule_tools(rewrite, ColumnConcerns.of)


class Tokens:
    """Tokens that a test can foresee."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new(self) -> str:
        return f"token-{next(self._numbers)}"

    def hash(self, token: str) -> str:
        return sha256(token.encode()).hexdigest()


def desk(world: World, *, base_url: str = "http://testserver", demo: bool = False) -> Desk:
    return Desk(
        office=world.office,
        instrument=lambda: world.rulebook.ruleset,
        passwords=cheap_passwords(),
        tokens=Tokens(),
        health=lambda: Health(database=True, worker=True, rules_version="prov"),
        metrics=Metrics().exposition,
        handover_pdf=handover_pdf,
        rules_pdf=rules_pdf,
        rule_tools=TOOLS,
        library=Library(world.office),
        base_url=base_url,
        secret_key="x" * 32,
        demo=demo,
    )


def install(world: World) -> None:
    """The shipped rules as the version in force, as a program that starts does it."""
    books = RuleBooks(world.office.uow)
    assert books.install(world.rulebook.version, read(), at=world.clock() - timedelta(days=1))


def admit(world: World, *people: Actor, passwords: Passwords | None = None) -> None:
    """Accounts with a password that the tests know."""
    stored = (passwords or cheap_passwords()).hash(PASSWORD)
    with world.office.uow() as work:
        for person in people:
            work.people.add(replace(account(person), password=stored))
        work.commit()


@dataclass
class Page:
    """An answer, read as a page; acting on it gives the next page."""

    visitor: "Visitor"
    response: Response
    root: Node = field(init=False)

    def __post_init__(self) -> None:
        self.root = parse(self.response.text)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        return self.response.url.path

    @property
    def title(self) -> str:
        return next(self.root.every("title")).text

    @property
    def main(self) -> Node:
        return next(self.root.every("main"))

    @property
    def text(self) -> str:
        return self.main.text

    @property
    def heading(self) -> str:
        return next(self.main.every("h1")).text

    def links(self) -> dict[str, str]:
        return {it.text: it.attrs["href"] for it in self.root.every("a")}

    def follow(self, words: str) -> "Page":
        found = [it for it in self.root.every("a") if it.text.startswith(words)]
        assert found, f"no link ”{words}” among {list(self.links())}"
        return self.visitor.open(found[0].attrs["href"])

    def table(self, caption: str) -> Node:
        return next(
            it
            for it in self.root.every("table")
            if next(it.every("caption")).text.startswith(caption)
        )

    def draft(self) -> "Draft":
        return Draft(self)


class Draft:
    """A form being filled in, by what stands beside its fields."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._typed: dict[int, str] = {}
        self._chosen: dict[int, bool] = {}

    def type(self, label: str, value: str, nth: int = 1) -> "Draft":
        control = self._field(label, nth, "input", "textarea")
        self._typed[id(control)] = value
        return self

    def select(self, label: str, option: str, nth: int = 1) -> "Draft":
        control = self._field(label, nth, "select")
        values = {it.text: it.attrs["value"] for it in control.every("option")}
        self._typed[id(control)] = values[option]
        return self

    def choose(self, legend: str, option: str, nth: int = 1) -> "Draft":
        found = [
            it
            for it in self._page.root.every("input")
            if it.attrs.get("type") in ("radio", "checkbox")
            and legend_of(it).startswith(legend)
            and label_of(it, self._page.root).startswith(option)
        ]
        assert len(found) >= nth, f"no choice ”{option}” under ”{legend}”"
        return self._tick(found[nth - 1])

    def tick(self, label: str) -> "Draft":
        return self._tick(self._field(label, 1, "input"))

    def put(self, name: str, value: str) -> "Draft":
        """The same by the name of the field, where many fields have the same label."""
        for it in self.named(name):
            if it.attrs.get("type") not in ("radio", "checkbox"):
                self._typed[id(it)] = value
                return self
            if it.attrs["value"] == value:
                return self._tick(it)
        raise AssertionError(f"no field {name} on {self._page.path}")

    def check_all(self, name: str) -> "Draft":
        """Every box of a group."""
        boxes = self.named(name)
        assert boxes, f"no box {name} on {self._page.path}"
        for it in boxes:
            self._tick(it)
        return self

    def value(self, name: str) -> str:
        """What stands in the field."""
        return _standing(self.named(name)[0])

    def named(self, name: str) -> list[Node]:
        controls = self._page.root.every("input", "textarea", "select")
        return [it for it in controls if it.attrs.get("name") == name]

    def press(self, words: str) -> Page:
        button = next(
            it for it in self._page.root.every("button") if not it.hidden and it.text == words
        )
        form = button.within("form")
        assert form is not None
        pairs = list(self._pairs(form))
        if button.attrs.get("name"):
            pairs.append((button.attrs["name"], button.attrs["value"]))
        action = form.attrs.get("action") or str(self._page.response.url)
        return self._page.visitor.post(action, pairs)

    def _tick(self, control: Node) -> "Draft":
        if control.attrs.get("type") == "radio":
            for other in self._page.root.every("input"):
                if other.attrs.get("name") == control.attrs["name"]:
                    self._chosen[id(other)] = False
        self._chosen[id(control)] = True
        return self

    def _field(self, label: str, nth: int, *tags: str) -> Node:
        found = [
            it
            for it in self._page.root.every(*tags)
            if it.attrs.get("type") != "hidden" and label_of(it, self._page.root).startswith(label)
        ]
        assert len(found) >= nth, f"no field ”{label}” on {self._page.path}"
        return found[nth - 1]

    def _pairs(self, form: Node) -> Iterator[tuple[str, str]]:
        for it in form.every("input", "textarea", "select"):
            name = it.attrs.get("name", "")
            if it.tag == "input" and it.attrs.get("type") in ("radio", "checkbox"):
                if self._chosen.get(id(it), "checked" in it.attrs):
                    yield name, it.attrs["value"]
            elif name:
                yield name, self._typed.get(id(it), _standing(it))


def _standing(control: Node) -> str:
    if control.tag == "input":
        return control.attrs.get("value", "")
    if control.tag == "textarea":
        return "".join(it for it in control.children if isinstance(it, str))
    chosen = [it for it in control.every("option") if "selected" in it.attrs]
    return chosen[0].attrs["value"] if chosen else ""


@dataclass
class Visitor:
    """A browser of somebody's own."""

    client: TestClient

    def open(self, path: str) -> Page:
        return Page(self, self.client.get(path))

    def post(self, path: str, pairs: list[tuple[str, str]]) -> Page:
        fields: dict[str, list[str]] = {}
        for name, value in pairs:
            fields.setdefault(name, []).append(value)
        return Page(self, self.client.post(path, data=fields))

    def log_in(self, username: str, password: str = PASSWORD) -> Page:
        draft = self.open("/login").draft()
        return draft.type("Användarnamn", username).type("Lösenord", password).press("Logga in")


@dataclass
class Web:
    """The world and its pages."""

    world: World = field(default_factory=World)
    base_url: str = "http://testserver"

    def __post_init__(self) -> None:
        admit(self.world, *EVERYONE)
        install(self.world)
        self.app = create_app(desk(self.world, base_url=self.base_url))

    def sweep(self, **later: float) -> None:
        self.world.clock.forward(**later)
        sweep(self.world.office)

    def visitor(self) -> Visitor:
        client = TestClient(
            self.app, base_url=self.base_url, raise_server_exceptions=False, follow_redirects=True
        )
        return Visitor(client)

    def as_(self, person: Actor) -> Visitor:
        visitor = self.visitor()
        assert visitor.log_in(person.name.lower()).status == 200
        return visitor


def enter(web: Web, person: Actor | None) -> TestClient:
    """A browser that is already logged in, with a token for forms that a test can foresee."""
    client = TestClient(
        web.app, base_url=web.base_url, raise_server_exceptions=False, follow_redirects=False
    )
    if person is not None:
        now = web.world.clock.now
        session = Session(
            token_hash=Tokens().hash(f"webb-{person.id}"),
            account_id=person.id,
            csrf=f"csrf-{person.id}",
            started_at=now,
            seen_at=now,
        )
        with web.world.office.uow() as work:
            work.people.start_session(session)
            work.commit()
        client.cookies.set("hub", f"webb-{person.id}")
    return client
