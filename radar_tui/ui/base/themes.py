"""Two calm themes of our own, dark and light; every colour on screen is one of their variables."""

from __future__ import annotations

from textual.theme import Theme


def _theme(name: str, *, dark: bool, colours: tuple[str, str, str, str, str, str, str]) -> Theme:
    background, panel, text, muted, accent, late, due = colours
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        secondary=accent,
        accent=accent,
        foreground=text,
        background=background,
        surface=background,
        panel=panel,
        boost=panel,
        error=late,
        warning=due,
        success=accent,
        variables={
            "muted": muted,
            "late": late,
            "due": due,
            "block-cursor-foreground": text,
            "block-cursor-background": panel,
            "input-cursor-background": text,
            "input-cursor-foreground": background,
            "input-selection-background": f"{accent} 35%",
            "scrollbar": panel,
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
            "scrollbar-hover": muted,
            "scrollbar-active": accent,
            "border": muted,
        },
    )


DARK = _theme(
    "radar-dark",
    dark=True,
    colours=("#10141a", "#1f2630", "#d9dfe7", "#8b96a5", "#3fb8af", "#e5625b", "#d9a441"),
)
LIGHT = _theme(
    "radar-light",
    dark=False,
    colours=("#fbfaf6", "#e7e4da", "#1d2125", "#5a5f66", "#08665f", "#b3261e", "#8f5b00"),
)


def with_our_variables(variables: dict[str, str], *, colour: bool = True) -> dict[str, str]:
    """Textual's other themes get our names for what they already have.

    Without colour red and amber would be greys, the most urgent the dimmest: there they are as bright as any text.
    """
    if not colour:
        variables["late"] = variables["due"] = variables["foreground"]
    variables.setdefault("muted", variables.get("foreground-muted", variables["foreground"]))
    variables.setdefault("late", variables["error"])
    variables.setdefault("due", variables["warning"])
    return variables
