"""What a model did not take, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def refusal(error: ErrorDetails) -> str:
    """What is expected, for one error of pydantic's."""
    limits = error.get("ctx", {})
    words = {
        "greater_than_equal": f"not under {limits.get('ge')}",
        "less_than_equal": f"not over {limits.get('le')}",
        "int_from_float": "a whole number",
        "int_type": "a whole number",
        "string_too_short": "needed",
    }
    if error["type"] in words:
        return words[error["type"]]
    if error["type"] == "string_pattern_mismatch":
        return "three letters, e.g. EUR" if "{3}" in str(limits.get("pattern")) else "two letters, e.g. en"
    return error["msg"].removeprefix("Value error, ")
