"""What is said of a message that did not get through."""

from pydantic import ConfigDict

from hub.api.bodies.shape import Body, Text


class SettlementBody(Body):
    """How a dead letter was seen to."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Ringt i stället."}]})

    reason: Text
