"""A report as PDF or as pictures of its pages: typst, in this process, without network, on data only."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from radar_tui.errors import RadarError
from radar_tui.reports.document import breakable

if TYPE_CHECKING:
    import typst

    from radar_tui.reports.document import Report
    from radar_tui.reports.look import Look


def pdf(report: Report, look: Look) -> bytes:
    """The report as a PDF. Raises RadarError if the logo is no picture after all."""
    return _compiled(report, look, "pdf")[0]


def pages(report: Report, look: Look, ppi: float = 110) -> list[bytes]:
    """A PNG of each page."""
    return _compiled(report, look, "png", ppi)


MOST_MISSING = 20
_PROBE = b"""#set text(font: "Libertinus Serif")
#text(json("data.json"))"""


def missing(report: Report, look: Look) -> str:
    """The letters that no font of this laptop has, at most MOST_MISSING: each is a box in the PDF."""
    from unicodedata import category

    letters = set(_files(report, look)["data.json"].decode("utf-8"))
    # What forms no letter of its own is drawn as nothing, and every font has Latin letters.
    rare = sorted(one for one in letters if one > "\u024f" and category(one)[0] not in "CM")
    return "".join(_without_font("".join(rare))[:MOST_MISSING])


def _without_font(letters: str) -> list[str]:
    """By halves: PDF/A refuses a text with a letter that no font has, and names only one of them."""
    import typst

    data = {"main.typ": _PROBE, "data.json": json.dumps(letters).encode()}
    try:
        typst.compile(
            data,  # type: ignore[call-overload]  # as below
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="a-2b",
        )
    except typst.TypstError:
        if len(letters) == 1:
            return [letters]
        found = _without_font(letters[: len(letters) // 2])
        return found if len(found) >= MOST_MISSING else found + _without_font(letters[len(letters) // 2 :])
    return []


def _compiled(report: Report, look: Look, format: str, ppi: float | None = None) -> list[bytes]:
    import typst

    files = _files(report, look)
    try:
        made: Any = typst.compile(
            files,  # type: ignore[call-overload]  # its stub does not tell of several files, its manual does
            font_paths=_fonts(),
            ignore_system_fonts=True,  # those of `_fonts` are given already
            format=format,
            ppi=ppi,
        )
    except typst.TypstError as error:
        if look.logo is None:
            raise
        raise RadarError(
            f"The logo could not be drawn ({error.message}).",
            "Set another one with ctrl+p, Reports: company, logo, colour, paper.",
        ) from error
    return made if isinstance(made, list) else [made]


def _files(report: Report, look: Look) -> dict[str, bytes]:
    """Everything that typst may read: the templates and the data. The logo is numbers in it, for of the files that are
    given it takes only text."""
    folder = Path(__file__).parent
    data = {
        **_safe(asdict(report)),
        "look": {
            "company": breakable(look.company),
            "colour": look.colour,
            "paper": look.paper,
            "logo": list(look.logo) if look.logo else None,
        },
    }
    return {
        "main.typ": (folder / f"{report.name}.typ").read_bytes(),
        "frame.typ": (folder / "frame.typ").read_bytes(),
        "data.json": json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"),
    }


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return breakable(value)
    if isinstance(value, dict):
        return {key: _safe(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_safe(each) for each in value]
    return value


@lru_cache(1)
def _fonts() -> typst.Fonts:
    """Those that come with typst; the system's serve letters that they lack. Looking them up is done once."""
    import typst

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)
