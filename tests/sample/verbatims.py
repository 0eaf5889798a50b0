"""What the contacts of the sample said, in their languages: two halves a reason, so that few repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sample.phrases import heard

if TYPE_CHECKING:
    from random import Random

    from tests.sample.places import Place

# Band → language → (first half, second half).
RECOMMEND: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "promoter": {
        "en": (
            (
                "Refurbished valves hold up.",
                "Your people know our plant.",
                "Spares were here before we asked.",
                "The integrity report saved us a stop.",
                "Straight answers, every time.",
                "The technician listens first.",
                "Three years without a leak on line 1.",
                "You told us what not to buy.",
                "Someone picks up the phone.",
                "The exchange unit fitted the first time.",
            ),
            (
                "I told our sister mill.",
                "Price is fair for that.",
                "Nobody else walks the whole round.",
                "We plan our shutdown around your list.",
                "Keep the same people.",
                "Paperwork was complete.",
                "The operators trust it.",
                "Less stock on our shelves since.",
                "",
                "",
            ),
        ),
        "it": (
            (
                "Le valvole revisionate durano.",
                "Conoscete bene il nostro impianto.",
                "I ricambi arrivano quando servono.",
                "Il rapporto ci ha evitato un fermo.",
                "Risposte chiare e subito.",
                "Il tecnico ascolta prima di parlare.",
                "Ci avete detto cosa non comprare.",
            ),
            (
                "L'ho detto anche ai colleghi di Lucca.",
                "Il prezzo è giusto.",
                "Continuate con le stesse persone.",
                "Documenti completi.",
                "Meno scorte in magazzino.",
                "",
            ),
        ),
        "de": (
            ("Die überholten Ventile halten.", "Man kennt unsere Anlage.", "Ersatzteile kommen pünktlich."),
            ("Der Preis passt.", "Immer derselbe Techniker, das ist gut.", ""),
        ),
        "fr": (
            ("Les vannes révisées tiennent.", "Vous connaissez notre atelier.", "Réponses claires."),
            ("Le prix est juste.", "Gardez le même technicien.", ""),
        ),
        "es": (
            ("Las válvulas revisadas aguantan.", "Conocen bien nuestra planta."),
            ("El precio es justo.", "Siempre contestan el teléfono.", ""),
        ),
    },
    "passive": {
        "en": (
            (
                "Good work, spares sometimes late.",
                "Solid, nothing special.",
                "Report is fine, the quote took two weeks.",
                "Valves are good, portal is slow.",
                "The visit helps, the follow-up less.",
                "Happy with the workshop.",
                "Works as agreed.",
                "Fair, but others are cheaper.",
            ),
            (
                "One name to call would help.",
                "Delivery notes miss our order number.",
                "Tell us earlier when a date slips.",
                "I would like it in our format.",
                "We had to ask twice.",
                "",
                "",
            ),
        ),
        "it": (
            (
                "Le valvole vanno bene, i ricambi a volte in ritardo.",
                "Buon lavoro, niente di speciale.",
                "Il preventivo è arrivato dopo due settimane.",
                "La visita serve, il seguito meno.",
                "Tutto come concordato.",
            ),
            (
                "Vorrei una persona sola da chiamare.",
                "Manca il nostro numero d'ordine sulla bolla.",
                "Abbiamo dovuto chiedere due volte.",
                "",
            ),
        ),
        "de": (
            ("Gute Arbeit, Angebot dauerte lange.", "Ventile gut, Lieferschein unvollständig."),
            ("Bitte früher Bescheid sagen.", ""),
        ),
        "fr": (
            ("Bon travail, devis trop lent.", "Correct, les pièces arrivent parfois tard."),
            ("Prévenez-nous plus tôt.", ""),
        ),
        "es": (("Buen trabajo, la oferta tardó mucho.", "Correcto, sin más."), ("Avisen antes.", "")),
    },
    "detractor": {
        "en": (
            (
                "Three tickets, three different people.",
                "Seats failed after four months.",
                "Nobody called back for nine days.",
                "The quote came after the shutdown.",
                "We paid twice for the same visit.",
                "The replacement did not fit the housing.",
                "Promised Tuesday, came Friday.",
                "The desk closes tickets we still have open.",
            ),
            (
                "We are looking at others.",
                "I had to explain it to my director.",
                "The valve itself was fine.",
                "It cost us half a shift.",
                "I don't want to chase you.",
                "",
            ),
        ),
        "it": (
            (
                "Tre segnalazioni, tre persone diverse.",
                "Le sedi hanno ceduto dopo quattro mesi.",
                "Nessuno ha richiamato per una settimana.",
                "Il preventivo è arrivato dopo la fermata.",
                "I ricambi promessi martedì, arrivati venerdì.",
            ),
            (
                "Stiamo guardando altri fornitori.",
                "Ho dovuto spiegarlo al direttore.",
                "Ci è costato mezzo turno.",
                "",
            ),
        ),
        "de": (("Drei Wochen auf das Angebot gewartet.",), ("Das kostete uns eine Schicht.",)),
        "fr": (("Personne n'a rappelé pendant dix jours.",), ("Nous comparons d'autres fournisseurs.",)),
        "es": (("La pieza llegó después de la parada.",), ("Nos costó medio turno.",)),
    },
}
RETAIN: dict[str, dict[str, tuple[str, ...]]] = {
    "promoter": {
        "en": (
            "Contract runs, no reason to look.",
            "Budget for next year already has you in it.",
            "Changing would cost us more.",
            "We just added the second line.",
        ),
        "it": (
            "Il contratto prosegue, non c'è motivo di cambiare.",
            "Siete già nel budget dell'anno prossimo.",
            "Cambiare ci costerebbe di più.",
        ),
        "de": ("Wir bleiben.", "Im Budget für nächstes Jahr."),
        "fr": ("Nous restons.",),
        "es": ("Seguimos con ustedes.",),
    },
    "passive": {
        "en": (
            "Purchasing wants three quotes from now on.",
            "Probably, if the price list holds.",
            "Depends on the budget in January.",
        ),
        "it": ("L'ufficio acquisti chiede tre preventivi.", "Dipende dal budget di gennaio."),
        "de": ("Kommt auf das Budget an.",),
        "fr": ("Cela dépend du budget.",),
        "es": ("Depende del presupuesto.",),
    },
    "detractor": {
        "en": (
            "The contract is out to tender.",
            "Only if the late spares stop.",
            "My director wants an alternative by spring.",
        ),
        "it": (
            "Il contratto va in gara.",
            "Solo se finiscono i ritardi.",
            "Il direttore vuole un'alternativa.",
        ),
        "de": ("Wir schreiben neu aus.",),
        "fr": ("Le contrat sera remis en concurrence.",),
        "es": ("Vamos a pedir otras ofertas.",),
    },
}

# How a follow-up went, play → (cause, outcome).
TOLD: dict[str, tuple[tuple[str, str], ...]] = {
    "recover": (
        (
            "Ticket was handed between two desks without a note.",
            "One name on the desk now; they tried it and confirmed.",
        ),
        (
            "Spares order waited for an approval nobody knew of.",
            "Approval taken out; the next delivery came on time.",
        ),
        (
            "Wrong seat material for slurry at that temperature.",
            "New seats run since six weeks without a drip.",
        ),
        ("Invoice run picked up a visit that was cancelled.", "Credit note received and thanked for."),
        (
            "Quote stood in a mailbox during holidays.",
            "Quotes go to two people now; the last one took a day.",
        ),
        ("Housing drawing was an old revision.", "New drawing, new housing; their fitter confirms the fit."),
    ),
    "nudge": (
        (
            "Delivery notes lack their order number.",
            "Printed now; they will look at the next three deliveries.",
        ),
        ("No single name to call.", "Gave them one name and a direct line."),
        ("Quote took eleven days.", "Quotes promised within three days; first one kept."),
        (
            "Portal asks for the same data twice.",
            "Noted for the portal; told them that it will take until spring.",
        ),
        (
            "They hear of a slipped date only when they ask.",
            "Stefano writes first; a nine if that holds until summer.",
        ),
        ("Report comes in our format, not in theirs.", "Sends us theirs; Priya tries it on the next visit."),
        ("Nothing was wrong, nothing stood out.", "They would like us to come with an idea next time."),
    ),
    "learn": (
        (
            "The technician showed the operators what to listen for.",
            "Kept for the new technicians' first week.",
        ),
        ("Spares list was sent before the shutdown was planned.", "Now done for all who stop in summer."),
        ("We said that a valve did not need replacing.", "Written up for the workshop: say what not to buy."),
        ("Report was on the desk the next morning.", "Told at the Monday round."),
        ("The same two people came all year.", "Kept in mind for the holiday roster."),
        (
            "We called before they noticed that a date would slip.",
            "Thanked them; they were surprised that we asked.",
        ),
    ),
}
GESTURES = (
    "Credit note for the call-out.",
    "A day of training for the night shift, free.",
    "Hand-written card from the workshop.",
    "Spares set left on site without charge.",
)
VOID_REASONS = (
    "Typed by a colleague on the wrong screen.",
    "Wrong contact chosen.",
    "They meant another number; asked again next time.",
)


def verbatim(random: Random, question: str, band: str, language: str, place: Place) -> str:
    """A reason in the contact's language; some give none."""
    if random.random() < (0.15 if question == "recommend" else 0.55):
        return ""
    if question == "retain":
        said = RETAIN[band]
        return random.choice(said.get(language) or said["en"])
    halves = RECOMMEND[band]
    first, second = halves.get(language) or halves["en"]
    first, second = (heard(half, place) for half in (first, second))
    return f"{random.choice(first)} {random.choice(second)}".strip()


def told(play: str, place: Place) -> list[tuple[str, str]]:
    """How follow-ups of this play went, as far as it can have been so there."""
    return [pair for pair in TOLD[play] if heard([" ".join(pair)], place)]
