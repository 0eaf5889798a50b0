"""The people of the sample: ours, theirs, and who of them should know each other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.customer import Contact
from radar_tui.domain.relationship import Colleague, Counterpart
from radar_tui.domain.text import fold
from tests.sample.places import PLACES
from tests.sample.world import LAST_DAY, chance, sample_id

if TYPE_CHECKING:
    from radar_tui.domain.customer import ContactRole
    from tests.sample.places import Place
    from tests.sample.world import World

# Name, function, speaks with customers.
COLLEAGUES = (
    ("Marta Ricci", "business relationship", True),
    ("Henrik Sandberg", "business relationship", True),
    ("Claire Whitcombe", "business relationship", True),
    ("Luca Bassi", "service desk", True),
    ("Anneli Strand", "receivables", False),
    ("Tom Ashdown", "workshop", False),
    ("Priya Nair", "quality", True),
    ("Stefano Greco", "spares and logistics", False),
    ("Ingrid Dahl", "quotations", True),
    ("Owen Pritchard", "field service", True),
    ("Elena Moretti", "management", True),
    ("Jonas Falk", "field service", True),
)
# Whom of ours a contact of this function should know.
COUNTERPARTS = {
    "management": "Elena Moretti",
    "maintenance": "Owen Pritchard",
    "purchasing": "Ingrid Dahl",
    "payables": "Anneli Strand",
    "quality": "Priya Nair",
    "stores": "Stefano Greco",
    "production": "Tom Ashdown",
    "IT": "Luca Bassi",
}

FIRST = {
    "it": "Giulia Davide Chiara Matteo Francesca Alessandro Sara Lorenzo Elisa Andrea Silvia Marco Valentina "
    "Riccardo Federica Simone Laura Gianluca Monica Nicola Irene Fabio Roberta Emanuele",
    "en": "Karen Simon Rachel Gareth Louise Martin Helen Craig Joanne Neil Sally Adam Fiona Darren Ruth Ian "
    "Becky Colin Wendy Stuart Amina Patrick Leila Graham Judith Rhys Naomi Keith",
    "sv": "Karin Anders Eva Magnus Lena Fredrik Ulrika Mats Sofia Per Annika Johan Maria Tobias Helena Björn "
    "Camilla Niklas Birgitta Erik Malin Lars Åsa Mikael",
    "de": "Markus Sabine Hannes Petra",
    "fr": "Luc Mireille Didier Élodie",
    "es": "Carmen",
}
LAST = {
    "it": "Ferri Rossi Bianchi Gallo Fontana Marini Rinaldi Colombo Barbieri Testa Longo Serra Villa Conte Monti "
    "Ferraro Caruso Leone Martini Vitale Sala Pellegrini Grasso Benedetti",
    "en": "Holloway Baxter Yardley Pryce Ellison Marsh Whitaker Lowe Denham Hargreaves Sutton Fenwick Okafor "
    "Trelawny Birch Mistry Cowley Ransome Dunn Ackroyd Cobb Gill Harker Beale Nance Tully Sharma Wilde",
    "sv": "Lindgren Nyström Berglund Wallin Ekström Sjöberg Hedlund Lundin Öberg Norén Forsberg Åkesson "
    "Holmgren Sandin Viklund Dahlström Boman Ström Hallberg Löfgren Rask Palm Engström Tegnér",
    "de": "Gruber Plattner Thaler Mair",
    "fr": "Perrin Bionaz Charrère Vuillermoz",
    "es": "Ibáñez",
}
# The people by name whom the pictures and stories of the sample need.
DECIDES = {
    "aurora": "Paolo Conti",
    "lindqvist": "Karin Lindqvist",
    "cascade": "Helen Thornton",
    "velden": "Graham Pascoe",
    "caldera": "Carmen Ibáñez",
}
DIAL = {"it": "+39 0583 000", "se": "+46 31 390 06", "gb": "+44 1632 960"}


class Post(NamedTuple):
    """What a contact does there."""

    title: str
    function: str
    role: ContactRole


POSTS: tuple[Post, ...] = (
    Post("Plant director", "management", "decision maker"),
    Post("Maintenance manager", "maintenance", "influencer"),
    Post("Purchasing assistant", "purchasing", "gatekeeper"),
    Post("Shift supervisor", "production", "user"),
    Post("Payables clerk", "payables", "user"),
    Post("Quality manager", "quality", "influencer"),
)
SERVICE_POSTS: tuple[Post, ...] = (
    Post("Operations director", "management", "decision maker"),
    Post("Fleet maintenance lead", "maintenance", "influencer"),
    Post("Assistant to the director", "management", "gatekeeper"),
    Post("Duty planner", "production", "user"),
    Post("IT service owner", "IT", "influencer"),
    Post("Stores keeper", "stores", "user"),
)
PROSPECT_POSTS = (POSTS[0], POSTS[1], POSTS[2])


def add_colleagues(world: World) -> None:
    """Ours; one of them has left."""
    for number, (name, function, direct) in enumerate(COLLEAGUES):
        world.add(
            Colleague(
                id=sample_id("colleague", name),
                name=name,
                function=function,
                email=f"{_mailbox(name)}@toller.example",
                phone=f"+39 045 000 {100 + number}",
                direct_contact=direct,
                left_on=date(2026, 2, 27) if name == "Jonas Falk" else None,
            )
        )


def add_contacts(world: World) -> None:
    """Theirs, each with a name that nobody else has."""
    random = chance("names")
    names = {
        language: [
            f"{first} {last}" for first, last in zip(_shuffled(FIRST, language), last_names, strict=True)
        ]
        for language, last_names in ((language, _shuffled(LAST, language)) for language in FIRST)
    }
    # Two lists of names are not enough for everybody: a second and third round pairs them differently.
    for language in ("it", "en", "sv"):
        firsts, lasts = FIRST[language].split(), LAST[language].split()
        names[language] += [f"{first} {lasts[(i + 5) % len(lasts)]}" for i, first in enumerate(firsts)]
    used = set(DECIDES.values())
    for place in PLACES:
        for number in range(place.contacts):
            spoken = _spoken(place)
            name = DECIDES.get(place.key, "") if number == 0 else ""
            while not name or (number and name in used):
                name = names[spoken].pop(0)
            used.add(name)
            _add_contact(world, place, number, name)
    for place in PLACES:
        if place.contacts >= 5 and random.random() < 0.35:
            _leave(world, place, random.randrange(1, 4))


def _add_contact(world: World, place: Place, number: int, name: str) -> None:
    posts = SERVICE_POSTS if place.kind == "service" else POSTS
    post = (PROSPECT_POSTS if place.contacts <= 3 else posts)[number]
    domain = fold(place.name).rsplit(" ", 1)[0].replace(" ", "-").replace(".", "")
    world.add(
        Contact(
            id=sample_id("contact", place.key, number),
            customer_id=place.id,
            name=name,
            job_title=post.title,
            function=post.function,
            role=post.role,
            email=f"{_mailbox(name)}@{domain}.example",
            phone=f"{DIAL[place.country]} {100 + sum(map(ord, place.key)) % 80 + number}",
            language=_language(place, number),
        )
    )


def _leave(world: World, place: Place, number: int) -> None:
    """One contact left; the row stays, for what was answered."""
    rows = world.rows["contact"]
    index = next(i for i, row in enumerate(rows) if row.id == sample_id("contact", place.key, number))
    left_on = LAST_DAY - timedelta(days=60 + 23 * number)
    rows[index] = rows[index].model_copy(update={"left_on": left_on})


def add_counterparts(world: World) -> None:
    """The pairs that should exist at every customer on the Radar; a third of them have not met yet."""
    on_radar = {place.id: place for place in PLACES if not place.gone}
    for contact in world.all(Contact):
        place = on_radar.get(contact.customer_id)
        if place is None or contact.left_on is not None:
            continue
        random = chance("counterpart", contact.id)
        ours = COUNTERPARTS[contact.function]
        known = place.status == "active" and random.random() < (0.4 if place.key == "velden" else 0.7)
        met_on = max(place.since, date(2024, 12, 9)) + timedelta(days=random.randrange(20, 420))
        world.add(
            Counterpart(
                id=sample_id("counterpart", contact.id, ours),
                contact_id=contact.id,
                colleague_id=sample_id("colleague", ours),
                met_on=min(met_on, place.seen or met_on) if known else None,
            )
        )


def _spoken(place: Place) -> str:
    return place.language or {"it": "it", "se": "sv", "gb": "en"}[place.country]


def _language(place: Place, number: int) -> str:
    """The questions ship in five languages; Swedes read them in English."""
    if place.key == "caldera" and number == 0:
        return "es"
    spoken = _spoken(place)
    return "en" if spoken == "sv" else spoken


def _mailbox(name: str) -> str:
    return fold(name).replace(" ", ".").replace("'", "")


def _shuffled(words: dict[str, str], language: str) -> list[str]:
    found = words[language].split()
    chance("names", language, "first" if words is FIRST else "last").shuffle(found)
    return found
