"""Time as a picture on a page: the drawing that all fronts share, written as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from markupsafe import Markup

from assistant.front.forms.picture import picture
from assistant.model import Bar


def time(bars: Sequence[Bar]) -> Markup:
    """The picture of `bars` (seconds from 0), "" when there is nothing to compare."""
    drawn = picture(bars)
    return Markup(_written(drawn) if drawn else "")


def _written(node: Any) -> str:
    """A tree of the drawing as markup."""
    if isinstance(node, str):
        return escape(node, quote=False)
    name, attributes, *children = node
    said = "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<{name}{said}>{''.join(map(_written, children))}</{name}>"
