"""The customer's screen: what it shows and never shows, every key, and the only way back."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from radar_tui.checklists.nps import LANGUAGES, nps_words
from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError
from radar_tui.store.ids import new_id
from radar_tui.ui.app import RadarApp
from radar_tui.ui.steps.handing_over import screen as handed_over
from radar_tui.ui.steps.handing_over.entered import Asking, HandedBack
from radar_tui.ui.steps.handing_over.screen import HandedOverScreen
from radar_tui.ui.widgets import scale as scale_module
from radar_tui.ui.widgets.hint_line import HintLine
from radar_tui.ui.widgets.scale import Scale
from tests.ui.painted import painted

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.domain.nps import ResponseQuestion
    from radar_tui.store.store import Store

COMPANY = "Toller Refurbishing"
NAME = "Paolo Conti"
SIZES = [(60, 20), (80, 24), (100, 30), (120, 36), (160, 45)]
OURS = (
    "marta", "ricci", "aurora", "ferri", "giulia", "weber", "€", "eur", "320", "320,000",
    "nps", "score", "detractor", "passive", "promoter", "recover", "nudge", "learn", "radar", "follow",
    "late", "due", "visit", "customer", "ctrl", "rest", "void", "undo", "saved", "unsaved", "disk",
    "refer", "refers", "referral", "referrals", "referred",
)  # fmt: skip
HOSTILE = [
    "[red]x[/]", "[/]", "[@click=app.quit]q[/]", "\x1b[31mred\x1b[0m\x1b]0;title\x07", "x" * 10_000,
    "word " * 2_000, "مؤسسة", "🧑‍🔧👩🏽‍🚀 株式会社", "a\nb\tc\r\n", "\u202eevil\u202c", "{company} {n} {of}", "",
]  # fmt: skip


class Sealed:
    """Stands for the BRM's side: what was sealed, in order, and what the contact saw at that moment."""

    def __init__(self, *, takes: bool = True) -> None:
        self.answers: list[tuple[str, int, str]] = []
        self.at: list[int] = []
        self.takes = takes
        self.screen: HandedOverScreen | None = None
        self.back: list[HandedBack | None] = []

    def __call__(self, question: ResponseQuestion, score: int, reason: str) -> bool:
        self.answers.append((question, score, reason))
        if self.screen is not None:
            self.at.append(self.screen.at)
        return self.takes


@pytest.fixture
def app(store: Store) -> RadarApp:
    """An app on a file full of what the customer must not see."""
    me = store.colleague.save(Colleague(id=new_id(), name="Marta Ricci"))
    store.local.save(replace(store.local.settings(), me=me.id, company=COMPANY))
    customer = Customer(id=new_id(), name="Aurora Tissue", annual_value=32_000_000, owner_id=me.id)
    store.customer.save(customer)
    for name in (NAME, "Giulia Ferri", "Hans Weber"):
        contact = store.contact.save(Contact(id=new_id(), customer_id=customer.id, name=name))
        store.response.seal(
            customer_id=customer.id, contact_id=contact.id, visit_id=None, question="recommend", score=6
        )
    return RadarApp(store)


async def hand_over(
    pilot: Pilot[None],
    sealed: Sealed,
    language: str = "en",
    name: str = NAME,
    company: str = COMPANY,
    questions: tuple[ResponseQuestion, ...] = ("recommend", "retain"),
) -> HandedOverScreen:
    await pilot.pause()
    screen = HandedOverScreen(Asking(name, company, nps_words(language), questions), sealed)
    sealed.screen = screen
    pilot.app.push_screen(screen, sealed.back.append)
    await pilot.pause()
    return screen


def nothing_of_ours(text: str) -> None:
    words = set(text.lower().replace(".", " ").replace(",", " ").replace("·", " ").split())
    assert not [word for word in OURS if word in words or (len(word) == 1 and word in text)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_of_ours_is_painted(app: RadarApp, language: str) -> None:
    words = nps_words(language)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.notify("Giulia Ferri: detractor, NPS 31", title="€ 320,000")
        await pilot.pause()
        assert "NPS" in painted(app)
        screen = await hand_over(pilot, Sealed(), language)
        app.say(RadarError("The disk is full: score of Hans Weber", "recover € 1,240"))
        app.tell("saved")
        app.reload()
        for stage in range(3):
            for theme in ("radar-light", "ansi-dark", "radar-dark"):
                app.theme = theme
                await pilot.pause()
                nothing_of_ours(painted(app))
            flat = " ".join(painted(app).split())
            if stage < 2:
                # What must not part stands on one line; a space is a space to whoever reads it here.
                question = words.question(screen.asking.questions[stage], COMPANY)
                assert " ".join(question.split()) in flat
                assert f"{NAME} · {words.progress(stage + 1, 2)}" in flat
                assert words.low in flat
                assert words.high in flat
                assert " ".join(words.reason.split()) in flat
            else:
                assert words.thanked(NAME) in flat
                assert words.hand_back in flat
            await pilot.press("6", "tab", "o", "k", "enter")


async def test_what_waited_is_said_when_the_laptop_is_back(app: RadarApp) -> None:
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await hand_over(pilot, Sealed())
        app.say(RadarError("The disk is full.", "Free some space."))
        await pilot.pause()
        assert "disk" not in painted(app)
        await pilot.press("ctrl+g", "ctrl+r")
        app.say_held()
        await pilot.pause()
        assert "The disk is full." in painted(app)


DEAD = [
    "ctrl+q", "ctrl+p", "ctrl+c", "super+c", "escape", "ctrl+z", "ctrl+s", "ctrl+d", "ctrl+l", "ctrl+backslash",
    "f1", "f5", "f12", "question_mark", "slash", "right_square_bracket", "left_square_bracket", "pageup",
    "pagedown", "q", "v", "n", "o", "x", "l", "b", "space", "delete", "backspace", "ctrl+r", "ctrl+o", "ctrl+g",
    "alt+f4", "shift+f10", "ctrl+n", "ctrl+t", "ctrl+w", "ctrl+underscore",
]  # fmt: skip


@pytest.mark.parametrize("typing", [False, True])
async def test_our_keys_are_dead(app: RadarApp, typing: bool) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await hand_over(pilot, Sealed())
        if typing:
            await pilot.press("tab")
        before = painted(app)
        for key in DEAD:
            await pilot.press(key)
            assert app.screen is screen, key
            assert app.is_running, key
            screen.reason.value = ""
            await pilot.pause()
            assert painted(app) == before, key
        await pilot.press("ctrl+r", "ctrl+g")
        assert app.screen is screen


async def test_digits_choose_and_open_no_screen_of_ours(app: RadarApp) -> None:
    async with app.run_test() as pilot:
        screen = await hand_over(pilot, Sealed())
        for digit in "0234567891":
            await pilot.press(digit)
            assert screen.scale.score == int(digit)
            assert app.screen is screen
        assert app.current_mode == "radar"


async def test_one_then_nought_is_ten(app: RadarApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with app.run_test() as pilot:
        screen = await hand_over(pilot, Sealed())
        await pilot.press("1")
        assert screen.scale.score == 1
        await pilot.press("0")
        assert screen.scale.score == 10
        await pilot.press("0")
        assert screen.scale.score == 0
        monkeypatch.setattr(scale_module, "TEN_SECONDS", -1.0)
        await pilot.press("1", "0")
        assert screen.scale.score == 0


async def test_a_one_under_the_arrows_does_not_become_ten(app: RadarApp) -> None:
    async with app.run_test() as pilot:
        screen = await hand_over(pilot, Sealed())
        await pilot.press("1", "right", "left", "0")
        assert screen.scale.score == 0


async def test_arrows_home_and_end(app: RadarApp) -> None:
    async with app.run_test() as pilot:
        screen = await hand_over(pilot, Sealed())
        for key, score in [
            ("right", 0), ("right", 1), ("left", 0), ("left", 0), ("end", 10), ("right", 10), ("home", 0),
        ]:  # fmt: skip
            await pilot.press(key)
            assert screen.scale.score == score
        screen.scale.show(None)
        await pilot.press("left")
        assert screen.scale.score == 10


async def test_every_number_can_be_clicked_where_it_is_painted(app: RadarApp) -> None:
    async with app.run_test(size=(40, 20)) as pilot:
        widget = (await hand_over(pilot, Sealed())).scale
        for size in [(40, 20), *SIZES]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            y = 1 if widget.tall else 0
            line, at = str(widget.render()).splitlines()[y], 0
            for number in range(11):
                at = line.index(str(number), at)
                await pilot.click(Scale, offset=(at, y))
                assert widget.score == number
                at += len(str(number))
            widget.show(None)
            await pilot.click(Scale, offset=(1, widget.size.height - 1))
            assert widget.score is None


async def test_the_hints_can_be_clicked(app: RadarApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        sealed = Sealed()
        screen = await hand_over(pilot, sealed)

        async def click(words: str) -> None:
            line = screen.query_one(HintLine)
            for y, hints in enumerate(line.placed(line.size.width)):
                for x, hint in hints:
                    if hint.words == words:
                        await pilot.click(HintLine, offset=(x, y))

        await click("reason")
        assert screen.reason.has_focus
        await click("choose")
        assert screen.scale.has_focus
        await pilot.press("7")
        await click("next question")
        assert sealed.answers == [("recommend", 7, "")]
        await click("next question")
        await click("back")
        assert screen.at == 0
        await click("next question")
        await pilot.press("8")
        await click("finish")
        await click("finish")
        assert sealed.answers == [("recommend", 7, ""), ("retain", 8, "")]
        assert screen.at == 2


async def test_enter_without_a_choice_stays(app: RadarApp) -> None:
    async with app.run_test() as pilot:
        sealed = Sealed()
        screen = await hand_over(pilot, sealed)
        await pilot.press("enter", "tab", "o", "k", "enter")
        assert screen.at == 0
        assert screen.scale.has_focus
        assert screen.reason.value == "ok"
        assert sealed.answers == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_enter_without_a_choice_says_what_to_do(app: RadarApp, language: str) -> None:
    words = nps_words(language)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await hand_over(pilot, Sealed(), language)
        places = [screen.query_one(selector).region for selector in ("#question", "Scale", "#who")]
        await pilot.press("enter")
        await pilot.pause()
        assert words.choose_first in " ".join(painted(app).split())
        assert [screen.query_one(one).region for one in ("#question", "Scale", "#who")] == places, "it jumps"
        await pilot.press("3")
        await pilot.pause()
        assert words.choose_first not in " ".join(painted(app).split())
        assert " ".join(words.reason.split()) in " ".join(painted(app).split())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_reason_is_asked_for_once_more_and_may_be_passed(app: RadarApp, language: str) -> None:
    words, sealed = nps_words(language), Sealed()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await hand_over(pilot, sealed, language)
        places = [screen.query_one(selector).region for selector in ("#question", "Scale", "#who")]
        await pilot.press("2", "enter")
        await pilot.pause()
        assert sealed.answers == [("recommend", 2, "")], "what was chosen is on the disk while they think"
        assert " ".join(words.reason_again.split()) in " ".join(painted(app).split())
        assert [screen.query_one(one).region for one in ("#question", "Scale", "#who")] == places, "it jumps"
        assert screen.reason.has_focus
        await pilot.press("enter")
        assert screen.at == 1
        await pilot.press("9", "enter", *"why", "enter")
        assert sealed.answers == [("recommend", 2, ""), ("retain", 9, ""), ("retain", 9, "why")]
        assert screen.at == 2


async def test_no_score_is_asked_otherwise_than_another(app: RadarApp) -> None:
    """Nothing that is painted or focused after an answer tells its band, but for the number they chose themselves."""
    seen: dict[str, list[int]] = {}
    async with app.run_test(size=(80, 24)) as pilot:
        for score in range(11):
            screen = await hand_over(pilot, Sealed())
            for key in str(score):
                await pilot.press(key)
            for _ in range(2):
                await pilot.press("enter")
                await pilot.pause()
                screen.scale.show(None)
                await pilot.pause()
                focus = app.focused.id if app.focused else ""
                seen.setdefault(f"{screen.at} {focus}\n{painted(app)}", []).append(score)
            await pilot.press("ctrl+g", "ctrl+r")
            await pilot.pause()
    assert list(seen.values()) == [list(range(11)), list(range(11))]


async def test_each_answer_is_sealed_before_the_next_question_shows(app: RadarApp) -> None:
    async with app.run_test() as pilot:
        sealed = Sealed()
        await hand_over(pilot, sealed)
        await pilot.press("8", "tab", *"late", "enter", "1", "0", "enter", "enter")
        assert sealed.answers == [("recommend", 8, "late"), ("retain", 10, "")]
        assert sealed.at == [0, 1]


@pytest.mark.parametrize("key", ["backspace", "shift+tab", "up"])
async def test_going_back_seals_again_only_what_changed(app: RadarApp, key: str) -> None:
    async with app.run_test() as pilot:
        sealed = Sealed()
        screen = await hand_over(pilot, sealed)
        await pilot.press("8", "tab", "a", "enter", "3", "tab", "b", "shift+tab", key)
        assert (screen.at, screen.scale.score, screen.reason.value) == (0, 8, "a")
        await pilot.press("enter")
        assert (screen.at, screen.scale.score, screen.reason.value) == (1, 3, "b")
        assert len(sealed.answers) == 1
        await pilot.press(key, "6", "enter", "enter", "enter")
        assert sealed.answers == [("recommend", 8, "a"), ("recommend", 6, "a"), ("retain", 3, "b")]


async def test_thanks_is_the_end(app: RadarApp) -> None:
    async with app.run_test() as pilot:
        sealed = Sealed()
        screen = await hand_over(pilot, sealed)
        await pilot.press("8", "enter", "enter", "9", "enter", "enter")
        before = painted(app)
        await pilot.press("backspace", "shift+tab", "tab", "1", "enter", "enter", "escape", "up", "down")
        assert (screen.at, len(sealed.answers)) == (2, 2)
        assert painted(app) == before
        assert "ctrl" not in before


async def test_only_the_chord_goes_back(app: RadarApp, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(handed_over, "monotonic", lambda: now[0])
    async with app.run_test() as pilot:
        sealed = Sealed()
        screen = await hand_over(pilot, sealed)
        await pilot.press("ctrl+g", "ctrl+g", "ctrl+g")
        now[0] += handed_over.CHORD_SECONDS + 0.1
        await pilot.press("ctrl+r", "ctrl+r")
        await pilot.press("tab", "ctrl+g", "ctrl+r")
        await pilot.pause()
        assert app.screen is not screen
        assert sealed.back == [HandedBack([], [])]


async def test_any_key_between_breaks_the_chord(app: RadarApp) -> None:
    async with app.run_test() as pilot:
        screen = await hand_over(pilot, Sealed())
        for between in ("5", "a", "left", "tab", "a", "left", "escape", "f1", "backspace"):
            await pilot.press("ctrl+g", between, "ctrl+r")
            assert app.screen is screen, between


async def test_a_choice_without_enter_is_sealed_on_return(app: RadarApp) -> None:
    async with app.run_test() as pilot:
        sealed = Sealed()
        await hand_over(pilot, sealed)
        await pilot.press("8", "enter", "enter", "4", "tab", "n", "o", "ctrl+g", "ctrl+r")
        await pilot.pause()
        assert sealed.answers == [("recommend", 8, ""), ("retain", 4, "no")]
        assert sealed.back == [HandedBack(["retain"], [])]


async def test_a_reason_without_a_choice_is_told(app: RadarApp) -> None:
    async with app.run_test() as pilot:
        sealed = Sealed()
        await hand_over(pilot, sealed)
        await pilot.press("tab", "n", "o", "ctrl+g", "ctrl+r")
        await pilot.pause()
        assert sealed.answers == []
        assert sealed.back == [HandedBack([], ["no"])]


async def test_a_full_disk_is_not_the_contacts_worry(app: RadarApp) -> None:
    async with app.run_test() as pilot:
        screen = await hand_over(pilot, Sealed(takes=False))
        await pilot.press("8", "enter", "enter", "9", "enter", "enter")
        await pilot.pause()
        assert screen.at == 2
        # Nothing is painted as kept that is not.
        assert painted(app).split() == nps_words("en").hand_back.split()


async def test_one_question_left_has_no_place_among_others(app: RadarApp) -> None:
    async with app.run_test() as pilot:
        sealed = Sealed()
        await hand_over(pilot, sealed, questions=("retain",))
        assert "question" not in painted(app)
        await pilot.press("9", "backspace", "enter")
        assert sealed.answers == [("retain", 9, "")]


@pytest.mark.parametrize("text", HOSTILE)
async def test_any_name_and_company_is_painted_as_it_is(app: RadarApp, text: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        sealed = Sealed()
        screen = await hand_over(pilot, sealed, name=text, company=text)
        shown = painted(app)
        assert "\x1b" not in shown
        assert "\x07" not in shown
        assert "\u202e" not in shown
        if text.startswith(("[", "{", "\x1b")):
            literal = text.replace("\x1b", "␛").replace("\x07", "␇")
            assert shown.count(literal) == 2
        assert nps_words("en").low in shown
        assert screen.scale.region.bottom < screen.query_one("#keys").region.y
        await pilot.press("8", "enter", "enter", "9", "enter", "enter")
        assert len(sealed.answers) == 2


@pytest.mark.parametrize("text", HOSTILE)
async def test_any_reason_is_kept(app: RadarApp, text: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        sealed = Sealed()
        screen = await hand_over(pilot, sealed)
        await pilot.press("8", "tab")
        screen.reason.value = text
        await pilot.press("enter")
        assert sealed.answers == [("recommend", 8, one_line(text))]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_everything_has_its_place(app: RadarApp, language: str) -> None:
    async with app.run_test(size=SIZES[0]) as pilot:
        screen = await hand_over(pilot, Sealed(), language)
        await pilot.press("8", "enter", "enter")
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            places = [
                screen.query_one(selector).region
                for selector in ("#question", "Scale", "#reason-asked", "#reason", "#who", "#keys")
            ]
            assert places[0].y >= 0
            assert places[-1].bottom <= size[1]
            for above, below in pairwise(places):
                assert above.bottom <= below.y
            shown = painted(app)
            for hint in ("0–10", "tab", "enter", nps_words(language).back):
                assert hint in shown


async def test_plain_letters_where_the_terminal_has_no_others(app: RadarApp) -> None:
    app.glyphs = app.glyphs._replace(erase="<-")
    async with app.run_test() as pilot:
        await hand_over(pilot, Sealed())
        await pilot.press("8", "enter", "enter")
        await pilot.pause()
        assert "<- back" in painted(app)


async def test_the_app_never_starts_here(app: RadarApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        assert not getattr(app.screen, "handed_over", False)


async def test_letters_typed_on_the_scale_begin_the_reason(app: RadarApp) -> None:
    sealed = Sealed()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await hand_over(pilot, sealed, questions=("recommend",))
        await pilot.press("6", *"late", "space", "2", "enter", "enter")
        await pilot.pause()
        assert sealed.answers == [("recommend", 6, "late 2")]
        assert screen.at == 1
