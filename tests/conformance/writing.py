"""Cases as text, in the one form that they are kept in: written by hand, or by the fuzzing."""

import json
from collections.abc import Iterable, Iterator, Mapping

from rules.answer import Answer
from rules.classification import Question
from rules.language.syntax import Scalar
from tests.conformance.case import HERE, SOMEBODY, Case, Topic

# A list longer than this is one item a line.
WIDEST = 80


def write(topic: Topic) -> None:
    """Put the topic in its folder."""
    folder = HERE / topic.name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules.yaml").write_text(topic.rules, "utf-8")
    (folder / "cases.yaml").write_text(written(topic), "utf-8")
    if text := explained(topic):
        (folder / "explanations.yaml").write_text(text, "utf-8")


def explained(topic: Topic) -> str:
    """The whole of explanations.yaml, which keeps the sentences apart from what a case means."""
    lines = [line for case in topic.cases if case.explanation for line in _explained(case)]
    return "".join(f"{line}\n" for line in lines)


def _explained(case: Case) -> Iterator[str]:
    yield f"{case.id}:"
    yield from (f"  - {_quoted(sentence)}" for sentence in case.explanation)


def written(topic: Topic) -> str:
    """The whole of cases.yaml."""
    lines = [line for case in topic.cases for line in _case(case)]
    return "\n".join([f"about: {_quoted(topic.about)}", "cases:", *lines]) + "\n"


def _case(case: Case) -> Iterator[str]:
    yield f"  - case: {case.id}"
    yield f"    why: {_quoted(case.why)}"
    if case.day:
        yield f"    day: {case.day}"
    yield from _named("facts", {name: _value(value) for name, value in case.facts.items()})
    yield from _named("answers", {name: _answer(said) for name, said in case.answers.items()})
    yield f"    level: {case.level}"
    yield f"    findings: {_list(case.findings)}"
    yield f"    interval: {_list(level.value for level in case.interval)}"
    if case.ask_next is not None:
        yield from _listed("ask_next", [_question(question) for question in case.ask_next])


def _named(field: str, items: Mapping[str, str]) -> Iterator[str]:
    if items:
        yield f"    {field}: {_flow(items)}"


def _listed(field: str, items: list[str]) -> Iterator[str]:
    if len(_list(items)) <= WIDEST:
        yield f"    {field}: {_list(items)}"
        return
    yield f"    {field}:"
    yield from (f"      - {item}" for item in items)


def _question(question: Question) -> str:
    items = {"question": question.indicator, "answer": question.answer, "level": question.level}
    return _flow(items)


def _answer(answer: Answer) -> str:
    if answer.source == SOMEBODY:
        return answer.value
    return _flow({"value": answer.value, "source": answer.source})


def _value(value: Scalar | None) -> str:
    return json.dumps(value) if value is None or isinstance(value, bool) else str(value)


def _flow(items: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in items.items()) + "}"


def _list(items: Iterable[str]) -> str:
    return "[" + ", ".join(items) + "]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
