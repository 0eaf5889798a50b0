"""The themes are legible: every text colour on every background it stands on."""

import pytest
from textual.color import Color
from textual.theme import Theme

from radar_tui.ui.base.themes import DARK, LIGHT, with_our_variables


def luminance(color: Color) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [part / 255 for part in color.rgb]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    lights = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def test_contrast_of_black_on_white_is_the_published_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", ["text", "muted", "accent", "late", "due"])
@pytest.mark.parametrize("ground", ["background", "panel"])
def test_all_text_has_contrast(theme: Theme, name: str, ground: str) -> None:
    colours = {
        "text": theme.foreground,
        "muted": theme.variables["muted"],
        "accent": theme.accent,
        "late": theme.variables["late"],
        "due": theme.variables["due"],
    }
    behind = theme.background if ground == "background" else theme.panel
    assert contrast(str(colours[name]), str(behind)) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_the_main_screen_we_are_on_has_contrast(theme: Theme) -> None:
    assert contrast(str(theme.background), str(theme.accent)) >= 4.5


def test_without_colour_what_is_late_is_as_bright_as_any_text() -> None:
    """As greys the reds would be the dimmest words on the screen."""
    colours = {
        name: str(DARK.to_color_system().generate()[name]) for name in ("foreground", "error", "warning")
    }
    colours |= DARK.variables
    grey = with_our_variables(dict(colours), colour=False)
    assert grey["late"] == grey["due"] == colours["foreground"]
    assert with_our_variables(dict(colours)) == colours
