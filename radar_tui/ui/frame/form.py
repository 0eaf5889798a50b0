"""One form for every noun: a label and a field a line, enter saves, tab goes on, esc cancels."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen

from radar_tui.domain.days import day_words, read_day
from radar_tui.domain.doubts import doubt
from radar_tui.domain.money import parse_money, plain_money
from radar_tui.domain.row import of_our_years, read_number
from radar_tui.errors import RadarError
from radar_tui.store.connection import SaveFailed
from radar_tui.ui.base.ours import Ours
from radar_tui.ui.base.saying import Saying
from radar_tui.ui.frame.words.refusals import refusal
from radar_tui.ui.widgets.fields import ChoiceField, TextField
from radar_tui.ui.widgets.key_bar import HELP_KEYS, KeyBar
from radar_tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic import ValidationError
    from textual.app import ComposeResult

    from radar_tui.leaving import Draft
    from radar_tui.ui.base.host import Host

LABEL = 18
"""Cells for the words before a field; more where they are longer."""

THOUSANDS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
"""A number that could be thousands or have three decimals."""

FormValue = str | int | float | bool | date | None
FormValues = dict[str, FormValue]


class UnreadableField(ValueError):
    """What stands in `field` is not what is expected there; the words say what is."""

    def __init__(self, field: FormField, words: str) -> None:
        super().__init__(words)
        self.field = field


class FormField(NamedTuple):
    """One line of a form. `kind`: text, number, money, date, choice, yes/no. `options` are (value, words).

    A date without a year is the next such day, the last one where the field is about what was (`past`). A day that
    should lie `ahead` and has passed, and none of what there should be `some` of, are asked about.

    Money is in minor units of `currency`, or of what stands in the form's own field of that name.
    """

    name: str
    label: str
    kind: str = "text"
    value: FormValue = None
    options: Sequence[tuple[str | None, str]] = ()
    hint: str = ""
    required: bool = False
    currency: str = "EUR"
    past: bool = False
    ahead: bool = False
    some: bool = False


class FormScreen(Saying, Ours, ModalScreen[str | None]):
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
        Binding("f2", "put_in", "typed before", tooltip="Put in what was typed when Radar was ended"),
        Binding("escape", "cancel", "cancel", tooltip="Close without saving"),
        *HELP_KEYS,
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[FormField],
        save: Callable[[FormValues], str],
        *,
        preview: Callable[[FormValues], str] | None = None,
    ) -> None:
        super().__init__()
        self._preview = preview
        self.form_title = title
        self.fields = fields
        self._save = save
        self._warned = False
        self._refused_texts: list[str | None] = []
        self._doubted_texts: list[str | None] = []
        self._draft: Draft | None = None
        self._put_in = False

    def compose(self) -> ComposeResult:
        with Vertical(id="form"):
            yield Line((self.form_title, "strong"))
            with VerticalScroll(can_focus=False):
                labels = [field.label + (" *" if field.required else "") for field in self.fields]
                for field, words in zip(self.fields, labels, strict=True):
                    with Horizontal():
                        label = Line((words, "muted"))
                        label.styles.width = max(LABEL, *map(len, labels)) + 2
                        yield label
                        yield self._widget(field)
            yield Line(id="trouble")
            yield KeyBar()

    def _widget(self, field: FormField) -> TextField | ChoiceField:
        id = f"field-{field.name}"
        if field.kind == "yes/no":
            return ChoiceField([("yes", "yes"), ("no", "no")], "yes" if field.value else "no", id=id)
        if field.kind == "choice":
            return ChoiceField(field.options, cast("str | None", field.value), id=id)
        # Short values are typed anew rather than mended letter by letter.
        replaces = field.kind in ("number", "money", "date") or field.name == "currency"
        return TextField(shown(field), placeholder=field.hint, id=id, select_on_focus=replaces)

    def on_mount(self) -> None:
        self._draft = next((draft for draft in self.host.drafts if draft.title == self.form_title), None)
        self.on_input_changed()
        if self._draft is not None:
            self.refresh_bindings()
            where = f" ({self._draft.where})" if self._draft.where else ""
            self.query_one("#trouble", Line).show((f"f2 puts in what was typed before{where}", "strong"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a key for what was typed before only where something was."""
        return action != "put_in" or (self._draft is not None and not self._put_in)

    def on_input_changed(self) -> None:
        """What the values typed so far come to, where the form can say it."""
        self._warned = False
        if self._refused_texts and self._refused_texts != self._texts():
            # What was refused is being put right; a change from before it was refused may be told only now.
            self._refused_texts = []
            self.query_one("#trouble", Line).show("")
        if self._preview is None:
            return
        try:
            words = self._preview(self._parsed())
        except ValueError:
            return
        self.query_one("#trouble", Line).show((words, "strong"))

    on_choice_field_changed = on_input_changed

    def action_put_in(self) -> None:
        """What was typed when Radar was ended stands in the form again, to be saved or dropped."""
        for typed in self._draft.typed if self._draft is not None else ():
            for widget in self.query(f"#field-{typed.name}"):
                if isinstance(widget, TextField):
                    widget.value = typed.text
                elif isinstance(widget, ChoiceField):
                    widget.choose(typed.text)
        self._put_in = True

    def _texts(self) -> list[str | None]:
        return [self._text(field) for field in self.fields]

    def _text(self, field: FormField) -> str | None:
        return self.widget_of(field).text

    def widget_of(self, field: FormField) -> TextField | ChoiceField:
        return cast("TextField | ChoiceField", self.query_one(f"#field-{field.name}"))

    def values(self) -> FormValues:
        """What stands in the fields. Raises ValueError with words that name the field."""
        try:
            return self._parsed()
        except UnreadableField as error:
            self.widget_of(error.field).focus()
            raise ValueError(f"{error.field.label}: {error}.") from error

    def _parsed(self) -> FormValues:
        currency = next((self._text(field) for field in self.fields if field.name == "currency"), None)
        values: FormValues = {}
        for field in self.fields:
            try:
                values[field.name] = parsed(
                    field, self._text(field), (currency or "").strip().upper(), self.host.today
                )
            except ValueError as error:
                raise UnreadableField(field, str(error)) from error
        return values

    def action_save(self) -> None:
        from pydantic import ValidationError

        try:
            values = self.values()
            if words := self._doubt(values):
                self._say(f"{words}. enter again takes it.")
                self._doubted_texts = self._texts()
                return
            saved = self._save(values)
        except ValidationError as error:
            self._say(self._refused(error))
        except ValueError as error:
            self._say(str(error))
        except SaveFailed as error:
            self._say(f"{error.message} Nothing is lost: enter tries again.")
        except RadarError as error:
            self._say(f"{error.message} {error.hint}")
        else:
            if self._draft is not None and self._put_in:
                self.host.forget(self._draft)
            self.dismiss(saved)

    def _doubt(self, values: FormValues) -> str:
        """What is hardly meant so, unless it stood there before or was asked about; the cursor goes to its field."""
        for field in self.fields if self._doubted_texts != self._texts() else ():
            value, today = values[field.name], self.host.today
            if value != field.value and (words := doubt(value, today, ahead=field.ahead, some=field.some)):
                self.widget_of(field).focus()
                return f"{field.label}: {words}"
        return ""

    def _refused(self, error: ValidationError) -> str:
        """The first thing that a model did not take, in words; the cursor goes to its field."""
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        field = next((field for field in self.fields if field.name == name), None)
        if field is None:
            return f"{name or self.form_title}: {refusal(first)}."
        self.widget_of(field).focus()
        return f"{field.label}: {refusal(first)}."

    def _say(self, words: str) -> None:
        self._refused_texts = self._texts()
        self.query_one("#trouble", Line).show((words, "late"))

    def action_cancel(self) -> None:
        changed = any(self.widget_of(field).changed for field in self.fields)
        if changed and not self._warned:
            self._warned = True
            self._say("Not saved yet: enter saves, esc again drops it.")
            return
        self.dismiss(None)


def shown(field: FormField) -> str:
    """A value as the text that `parsed` reads back."""
    value = field.value
    if value is None:
        return ""
    if field.kind == "money" and isinstance(value, int):
        return plain_money(value, field.currency)
    if isinstance(value, float):
        return f"{value:.12g}"
    return day_words(value) if isinstance(value, date) else str(value)


def parsed(field: FormField, text: str | None, currency: str = "", today: date | None = None) -> FormValue:
    """The value of what was typed. Raises ValueError with what is expected there."""
    if field.kind == "yes/no":
        return text == "yes"
    if text is None or (field.kind != "choice" and not text.strip()):
        if field.required:
            raise ValueError("needed")
        return None if field.kind != "text" else ""
    if field.kind == "number":
        if THOUSANDS.fullmatch(text.strip()) and text != shown(field):
            joined, decimal = re.sub("[.,]", "", text.strip()), float(text.replace(",", "."))
            raise ValueError(f"{joined}, or {decimal:g}? Written without a mark for thousands, please")
        number = read_number(text)
        return int(number) if number.is_integer() else number
    if field.kind == "money":
        return parse_money(text, currency or field.currency)
    if field.kind == "date":
        return of_our_years(read_day(text, today, "last" if field.past else "next"))
    return text


def after_saving(app: Host) -> Callable[[str | None], None]:
    """What a screen does when a form over it closes."""

    def closed(saved: str | None) -> None:
        if saved is not None:
            app.reload()

    return closed
