"""Bodies of what a person does with a clock, and of what has happened that clocks go by."""

from pydantic import ConfigDict

from hub.api.bodies.shape import Body, Moment, Name, Text


class ExtensionBody(Body):
    """A later end and why; of a clock of whole days only the Swedish day counts."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "until": "2026-04-10T12:00:00+02:00",
                    "reason": "Barnet är på sjukhus och har inte kunnat höras.",
                }
            ]
        }
    )

    until: Moment
    reason: Text


class SuspensionBody(Body):
    """How long the clock may rest, and why; it runs again by itself."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"until": "2026-03-12T12:00:00+01:00", "reason": "Skolan har lov."}]
        }
    )

    until: Moment
    reason: Text


class OccasionBody(Body):
    """One of the rules' occasions, and when it happened."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "occasion": "omhandertagande_beslutat",
                    "happened_at": "2026-03-10T10:00:00+01:00",
                }
            ]
        }
    )

    occasion: Name
    happened_at: Moment
