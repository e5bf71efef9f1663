"""Turns a template and a view into a page; a missing name is a fault, never blank."""

import re
from collections.abc import Mapping

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from hub.pages.form import Form, blank
from hub.views.me import Me

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d(?: kl\. \d\d\.\d\d)?[.,;:)]*)")
_WHOLE = Markup('<span class="whole">{}</span>')


class Pages:
    """The templates of the hub."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("hub"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["unbroken"] = unbroken

    def page(
        self,
        template: str,
        context: Mapping[str, object],
        *,
        me: Me | None = None,
        csrf: str = "",
        form: Form | None = None,
        done: str = "",
        status: int = 200,
    ) -> HTMLResponse:
        """The page; `form` is blank unless somebody has typed in it."""
        around = {"me": me, "csrf": csrf, "form": form or blank(), "done": done}
        return HTMLResponse(self.text(template, {**context, **around}), status_code=status)

    def text(self, template: str, context: Mapping[str, object]) -> str:
        """The template by itself, for what is no page of the hub."""
        return self._environment.get_template(template).render(context)


def unbroken(text: str) -> Markup:
    """The text, in which no line ends within a date or between it and its time."""
    parts = _MOMENT.split(text)
    return Markup("").join(
        _WHOLE.format(part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )
