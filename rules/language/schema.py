"""The JSON Schema of a rules file, for editors: made of the same shapes that read the file.

It says what may stand where. What a name refers to, which dates follow on each other and whether
examples hold, a schema cannot say; `hub rules check` does.
"""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from rules.answer import Value
from rules.language.shape import Kind, Language
from rules.level import Level
from rules.policy import Policy

Json = dict[str, Any]

_NAME: Json = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": 60}
_DAY: Json = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_SPAN: Json = {
    "type": "string",
    "pattern": r"^(nästa dags slut|0*[1-9]\d* (min|h|dag(ar)?|veck(a|or)|månad(er)?))$",
    "description": "En tid: 30 min, 4 h, 14 dagar, 1 vecka, 4 månader eller nästa dags slut.",
}
_CODE = ("title", "description", "default")
_SECTIONS: Mapping[str, str] = {
    "name": "Vad reglerna heter, för människor.",
    "version": "Beteckningen; en hash av innehållet läggs till.",
    "sources": "Källor som regler och frågor hänvisar till med sid- eller radnummer.",
    "levels": "Vad varje nivå lovar: hur snart, och om hubben kallas.",
    "areas": "Områden som frågorna delas in i.",
    "indicators": "Instrumentets frågor, som besvaras ja, nej eller okänt.",
    "facts": "Uppgifter som är kända eller räknas fram, och aldrig frågas efter.",
    "never_inputs": "Det som aldrig får bli en fråga eller en uppgift.",
    "groups": "Frågor som regler nämner tillsammans.",
    "parameters": "Tal som regler nämner vid namn, och varför de är just dessa.",
    "precaution": "Det som gäller när ingenting är känt.",
    "rules": "Reglerna. Den högsta nivån av dem som stämmer gäller.",
    "clocks": "Frister: från vad, till vad, hur långa, och vem som får veta.",
    "gates": "Vad som får hämtas och lämnas i vilket skede.",
    "units": "Nämndens enheter.",
    "slots": "Hubbens mötestider och rum.",
    "office": "Kontorstiden; utanför den larmas fler.",
    "occasions": "Händelser utanför hubben som en frist kan räknas från.",
    "routing": "Vilka enheter som kallas.",
    "delegation": "Vem som får besluta vad.",
    "violence": "Svar som betyder våld av närstående.",
    "parties": "Andra som hubben har kontakt med.",
    "grounds": "Det som kan öppna en spärr.",
    "breach_causes": "Orsaker att välja bland när en frist har brutits.",
}
_CONDITION: Json = {"$ref": "#/$defs/Condition"}
_NUMBER: Json = {
    "description": "Ett heltal, eller ett tal som har ett namn under parameters.",
    "anyOf": [
        {"type": "integer"},
        {
            "type": "object",
            "properties": {"parameter": _NAME},
            "required": ["parameter"],
            "additionalProperties": False,
        },
    ],
}


def schema() -> Json:
    """The schema of a whole file."""
    language = _of(Language)
    board = _of(Policy)
    defs = {
        **language.pop("$defs"),
        **board.pop("$defs"),
        **_conditions(),
        "Example": _example(),
        "Span": _SPAN,
    }
    levels = language["properties"]["levels"]
    levels["required"] = [level.value for level in Level]
    for rule, needed in (("RuleShape", True), ("PrecautionShape", False)):
        _complete(defs[rule], when_needed=needed)
    sections = {**language["properties"], **board["properties"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Regelfil för MASH-hubben",
        "description": "Det som nämnden själv bestämmer. Språket lärs ut i docs/rules.md.",
        "type": "object",
        "properties": {
            name: {**section, "description": _SECTIONS[name]} for name, section in sections.items()
        },
        "required": sorted(
            {*language["required"], *board["required"], "never_inputs", "precaution"}
        ),
        "additionalProperties": False,
        "$defs": dict(sorted(defs.items())),
    }


def written() -> str:
    """The schema as the file rules.schema.json says it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _of(model: type[BaseModel]) -> Json:
    made: Json = _plain(model.model_json_schema(by_alias=True))
    return made


def _plain(part: Any) -> Any:
    """Without what pydantic makes of the names and the docstrings of the code."""
    if isinstance(part, Mapping):
        if part.get("format") == "date":
            return dict(_DAY)
        told = {key: it for key, it in part.items() if key not in _CODE or isinstance(it, Mapping)}
        return {key: _plain(it) for key, it in told.items()}
    return [_plain(it) for it in part] if isinstance(part, list) else part


def _complete(rule: Json, *, when_needed: bool) -> None:
    rule["properties"]["when"] = (
        _CONDITION if when_needed else {"anyOf": [_CONDITION, {"type": "null"}]}
    )
    for kind in ("fires", "silent"):
        rule["properties"][kind]["items"] = {"$ref": "#/$defs/Example"}
    grounds = (
        {"required": [name], "properties": {name: {"type": "string"}}} for name in ("law", "source")
    )
    rule["anyOf"] = list(grounds)


def _example() -> Json:
    answers = [value.value for value in Value]
    said: Json = {
        "type": "object",
        "properties": {"value": {"enum": answers}, "source": {"type": "string", "minLength": 1}},
        "required": ["value", "source"],
        "additionalProperties": False,
    }
    value = {"anyOf": [{"type": ["string", "integer", "boolean", "null"], "minLength": 1}, said]}
    return {
        "description": "Frågor med ja, nej eller okänt, och uppgifter med sina värden.",
        "type": "object",
        "propertyNames": _NAME,
        "additionalProperties": value,
    }


def _conditions() -> dict[str, Json]:
    """Conditions as rules.language.conditions reads them."""
    several: Json = {"type": "array", "minItems": 1, "items": _CONDITION}
    listed: Json = {"type": "array", "minItems": 1, "uniqueItems": True, "items": _NAME}
    chosen: Json = _object(
        {"kind": {"enum": [kind.value for kind in Kind]}, "area": _NAME},
        required=[],
        minProperties=1,
    )
    of: Json = {"anyOf": [listed, _object({"group": _NAME}), chosen]}
    forms = [
        {**_NAME, "description": "En fråga som är besvarad med ja."},
        _object({"all": several}, description="Alla delar är sanna."),
        _object({"any": several}, description="Minst en del är sann."),
        _object({"not": _CONDITION}, description="Delen är falsk."),
        _object({"at_least": _NUMBER, "of": of}, description="Minst så många är besvarade med ja."),
        *(_fact(word, value) for word, value in _RELATIONS.items()),
    ]
    return {"Condition": {"description": "Ett villkor.", "anyOf": forms}}


_SCALAR: Json = {"type": ["boolean", "string"]}
_RELATIONS: Mapping[str, Json] = {
    "below": _NUMBER,
    "at_least": _NUMBER,
    "before": _DAY,
    "from": _DAY,
    "equals": _SCALAR,
    "in": {"type": "array", "minItems": 1, "uniqueItems": True, "items": _SCALAR},
}


def _fact(word: str, value: Json) -> Json:
    given = {"fact": _NAME, word: value, "if_unknown": {"type": "boolean"}}
    return _object(given, required=["fact", word], description="En uppgift jämförs.")


def _object(properties: Json, *, required: list[str] | None = None, **more: object) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
        **more,
    }
