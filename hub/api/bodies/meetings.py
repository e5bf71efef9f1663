"""Bodies about meetings: a move, and an absence."""

from pydantic import ConfigDict

from hub.api.bodies.shape import Body, Moment, Name, Text


class MeetingMoveBody(Body):
    """Another time for a called hub; without one the first that keeps the promises is taken."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"starts_at": "2026-03-10T14:30:00+01:00", "reason": "Två enheter hann inte."}
            ]
        }
    )

    starts_at: Moment | None = None
    reason: Text


class AbsenceBody(Body):
    """Who is away from when until when, and who stands in; why is never written."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "account": "konto-id",
                    "starts_at": "2026-03-10T08:00:00+01:00",
                    "ends_at": "2026-03-10T17:00:00+01:00",
                    "deputy": "konto-id",
                }
            ]
        }
    )

    account: Name
    starts_at: Moment
    ends_at: Moment
    deputy: Name | None = None
