"""One form for every noun: a label and a field a line, enter saves, tab goes on, esc cancels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen

from radar_tui.domain.money import parse_money
from radar_tui.errors import RadarError
from radar_tui.ui.widgets.fields import ChoiceField, TextField
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from radar_tui.ui.app import RadarApp

Value = str | int | float | bool | date | None
Values = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form. `kind`: text, number, money, date, choice, yes/no. `options` are (value, words)."""

    name: str
    label: str
    kind: str = "text"
    value: Value = None
    options: Sequence[tuple[str | None, str]] = ()
    hint: str = ""
    required: bool = False


class FormScreen(ModalScreen[str | None]):
    """Dismissed with what `save` returns (an id), or None when cancelled.

    `save` gets the parsed values and may raise RadarError or pydantic's ValidationError; both are said in the form
    and nothing typed is lost.
    """

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "save", priority=True, tooltip="Save and close"),
        Binding("tab", "app.focus_next", "next field", tooltip="The next field"),
        Binding("down", "app.focus_next", "next field", show=False, tooltip="The next field"),
        Binding("up", "app.focus_previous", "field before", show=False, tooltip="The field before"),
        Binding("escape", "cancel", "cancel", tooltip="Close without saving"),
    ]

    def __init__(self, title: str, fields: Sequence[Field], save: Callable[[Values], str]) -> None:
        super().__init__()
        self.form_title = title
        self.fields = fields
        self._save = save
        self._warned = False

    def compose(self) -> ComposeResult:
        with Vertical(id="form"):
            yield Line((self.form_title, "strong"))
            with VerticalScroll(can_focus=False):
                for field in self.fields:
                    with Horizontal():
                        yield Line((field.label + (" *" if field.required else ""), "muted"))
                        yield self._widget(field)
            yield Line(id="trouble")
            yield KeyBar()

    def _widget(self, field: Field) -> TextField | ChoiceField:
        id = f"field-{field.name}"
        if field.kind == "yes/no":
            return ChoiceField([("yes", "yes"), ("no", "no")], "yes" if field.value else "no", id=id)
        if field.kind == "choice":
            return ChoiceField(field.options, cast("str | None", field.value), id=id)
        return TextField(shown(field), placeholder=field.hint, id=id)

    def on_mount(self) -> None:
        self.focus_next()

    def _field_widget(self, field: Field) -> TextField | ChoiceField:
        return cast("TextField | ChoiceField", self.query_one(f"#field-{field.name}"))

    def values(self) -> Values:
        """What stands in the fields. Raises ValueError with words that name the field."""
        found: Values = {}
        for field in self.fields:
            text = self._field_widget(field).text
            try:
                found[field.name] = parsed(field, text)
            except ValueError as error:
                self._field_widget(field).focus()
                raise ValueError(f"{field.label}: {error}.") from error
        return found

    def action_save(self) -> None:
        from pydantic import ValidationError

        try:
            saved = self._save(self.values())
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0]) if first["loc"] else ""
            label = next((field.label for field in self.fields if field.name == name), name)
            self._say(f"{label}: {first['msg'].removeprefix('Value error, ')}.")
        except ValueError as error:
            self._say(str(error))
        except RadarError as error:
            self._say(f"{error.message} {error.hint}")
        else:
            self.dismiss(saved)

    def _say(self, words: str) -> None:
        self.query_one("#trouble", Line).show((words, "late"))

    def action_cancel(self) -> None:
        changed = any(self._field_widget(field).changed for field in self.fields)
        if changed and not self._warned:
            self._warned = True
            self._say("Not saved yet: enter saves, esc again drops it.")
            return
        self.dismiss(None)

    @property
    def radar(self) -> RadarApp:
        return cast("RadarApp", self.app)


def shown(field: Field) -> str:
    """A value as the text that `parsed` reads back."""
    value = field.value
    if value is None:
        return ""
    if field.kind == "money" and isinstance(value, int):
        whole, cents = divmod(value, 100)
        return f"{whole}.{cents:02d}" if cents else str(whole)
    if isinstance(value, float):
        return f"{value:g}"
    return value.isoformat() if isinstance(value, date) else str(value)


def parsed(field: Field, text: str | None) -> Value:
    """The value of what was typed. Raises ValueError with what is expected there."""
    if field.kind == "yes/no":
        return text == "yes"
    if text is None or (field.kind != "choice" and not text.strip()):
        if field.required:
            raise ValueError("needed")
        return None if field.kind != "text" else ""
    if field.kind == "number":
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            raise ValueError("a number, e.g. 90") from None
        return int(number) if number.is_integer() else number
    if field.kind == "money":
        return parse_money(text)
    if field.kind == "date":
        return parse_day(text)
    return text


def parse_day(text: str) -> date:
    """`2026-12-03`, `3.12.2026`, `3/12/2026`, `3 Dec 2026`: day first. Raises ValueError."""
    from datetime import datetime

    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d %b %Y", "%d %B %Y", "%d.%m.%y", "%d/%m/%y"):
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    raise ValueError("a date, e.g. 2026-12-03 or 3.12.2026")
