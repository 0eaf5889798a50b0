"""Responses as rows, and the follow-up that each creates."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from radar_tui.domain.conflict import Conflict
from radar_tui.domain.follow_up import FollowUp, play_for, voided
from radar_tui.domain.nps import NpsCounts, ResponseQuestion
from radar_tui.domain.response import Channel, Response
from radar_tui.errors import RadarError
from radar_tui.store.facts.answers import by_band, counts, newest, year_until
from radar_tui.store.ids import fact_id
from radar_tui.store.rows.colleague import Colleagues
from radar_tui.store.rows.conflict import Conflicts
from radar_tui.store.rows.customer import Customers
from radar_tui.store.rows.follow_up import FollowUps
from radar_tui.store.rows.local import Local
from radar_tui.store.rows.table import Table
from radar_tui.store.rows.visit import Visits

if TYPE_CHECKING:
    from datetime import date

# One seek in an index for each contact, whatever the number of answers: 50,000 contacts with 1,000,000 take 80 ms,
# grouping the answers takes up to 1,200. MATERIALIZED, or SQLite seeks once for each of the three counts.
_COMPANY = f"""
WITH newest AS MATERIALIZED (SELECT {newest(":question")} AS score FROM contact x WHERE {counts()})
SELECT {by_band("score")} FROM newest"""  # noqa: S608 -- our own words only

_OF_CUSTOMER = f"""
SELECT count({newest("'recommend'")}) + count({newest("'retain'")}) FROM contact x
WHERE x.customer_id = :customer AND {counts()}"""  # noqa: S608 -- our own words only


class Responses(Table[Response]):
    """The `response` table. A response is sealed: never changed, only voided with a reason."""

    name = "response"
    model = Response

    def seal(
        self,
        *,
        customer_id: str,
        contact_id: str,
        visit_id: str | None,
        question: ResponseQuestion,
        score: int,
        verbatim: str = "",
        channel: Channel = "visit",
        asked: str = "",
    ) -> Response:
        """Keep an answer and create its follow-up, in one transaction. Sealing the same answer again changes nothing:
        the one that stands is returned. Another one to the same question, sealed while a sync brought that, is kept
        beside it as a conflict to decide."""
        with self.db.transaction():
            earlier = self._earlier(contact_id, visit_id, question)
            if standing := [row for row in earlier if row.voided_at is None]:
                self._keep_beside(standing[0], score, verbatim)
                return standing[0]
            now = self.db.clock()
            same = visit_id or f"{channel} {now.date()}"
            response = Response(
                id=fact_id("response", same, contact_id, question, str(len(earlier) or "")),
                customer_id=customer_id,
                contact_id=contact_id,
                visit_id=visit_id,
                question=question,
                score=score,
                verbatim=verbatim,
                asked_on=now.date(),
                channel=channel,
                asked=asked,
            )
            self.save(response)
            FollowUps(self.db).save(self._duty(response))
        return response

    def _keep_beside(self, standing: Response, score: int, verbatim: str) -> None:
        """What the answer that stands does not say becomes a conflict, as if two laptops had met; the duty with it."""
        answer = standing.model_copy(update={"score": score, "verbatim": verbatim})
        known = Colleagues(self.db).find(Local(self.db).settings().me)
        wanted = self._duty(answer)
        duty = FollowUps(self.db).find(wanted.id) or self._duty(standing)
        moved = ("play", "due_at") if duty.play != wanted.play else ()
        for table, columns, kept, mine in (
            (self.name, ("score", "verbatim"), standing.columns(), answer.columns()),
            ("follow_up", moved, duty.columns(), wanted.columns()),
        ):
            for column in (column for column in columns if kept[column] != mine[column]):
                key = str(kept["id"])
                texts = [
                    json.dumps(value, ensure_ascii=False) for value in (None, kept[column], mine[column])
                ]
                Conflicts(self.db).save(
                    Conflict(
                        id=fact_id("conflict", "both added", table, key, column, *texts),
                        kind="both added",
                        tbl=table,
                        key=key,
                        col=column,
                        base=texts[0],
                        kept=texts[1],
                        mine=texts[2],
                        author=known.name if known else "",
                        at=self.db.clock(),
                    )
                )

    def _earlier(self, contact_id: str, visit_id: str | None, question: str) -> list[Response]:
        if visit_id is None:
            today = self.db.clock().date().isoformat()
            return self.where(
                "contact_id = ? AND question = ? AND visit_id IS NULL AND asked_on = ?",
                [contact_id, question, today],
            )
        return self.where(
            "visit_id = ? AND contact_id = ? AND question = ?", [visit_id, contact_id, question]
        )

    def _duty(self, response: Response) -> FollowUp:
        visit = Visits(self.db).find(response.visit_id)
        customer = Customers(self.db).get(response.customer_id)
        play = play_for(response.score)
        return FollowUp(
            id=fact_id("follow_up", response.id),
            response_id=response.id,
            play=play,
            owner_id=(visit.brm_id if visit else None) or customer.owner_id or self._me(),
            due_at=FollowUps(self.db).due(play),
        )

    def _me(self) -> str | None:
        """The BRM whose laptop this is, so that no duty is without an owner."""
        me = Colleagues(self.db).find(Local(self.db).settings().me)
        return me.id if me else None

    def void(self, id: str, reason: str) -> None:
        """Take an answer out of every figure, with the reason; its follow-up closes with it."""
        if not reason.strip():
            raise RadarError("A response is only voided with a reason.", "Say why it does not count.")
        with self.db.transaction():
            response = self.get(id)
            if response.voided_at is not None:
                return
            now = self.db.clock()
            self.save(response.model_copy(update={"voided_at": now, "void_reason": reason.strip()}))
            for duty in FollowUps(self.db).where("response_id = ? AND status <> 'closed'", [id]):
                FollowUps(self.db).save(voided(duty, reason, now))

    def answers(self, customer_id: str, today: date) -> int:
        """How many answers of a customer count."""
        return int(self.db.row(_OF_CUSTOMER, {**year_until(today), "customer": customer_id})[0])

    def company(self, question: ResponseQuestion, today: date) -> NpsCounts:
        """The counting answers to a question of everybody, by band."""
        return NpsCounts(*self.db.row(_COMPANY, {**year_until(today), "question": question}))
