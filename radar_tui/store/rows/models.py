"""Which model reads the rows of which table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from radar_tui.domain.row import Row


def row_models() -> dict[str, type[Row]]:
    """The model of each table whose rows are edited or travel."""
    from radar_tui.domain import (
        action,
        conflict,
        customer,
        follow_up,
        integrity,
        opportunity,
        promise,
        relationship,
        response,
        scorecard,
        service,
        setting,
        visit,
    )

    return {
        "market": customer.Market,
        "benchmark": customer.Benchmark,
        "colleague": relationship.Colleague,
        "customer": customer.Customer,
        "contact": customer.Contact,
        "counterpart": relationship.Counterpart,
        "stream": integrity.Stream,
        "item": integrity.Item,
        "part": opportunity.Part,
        "visit": visit.Visit,
        "attendee": visit.Attendee,
        "answer": visit.Answer,
        "finding": integrity.Finding,
        "opportunity": opportunity.Opportunity,
        "opportunity_line": opportunity.OpportunityLine,
        "response": response.Response,
        "follow_up": follow_up.FollowUp,
        "action": action.Action,
        "ticket": service.Ticket,
        "measure": scorecard.Measure,
        "reading": scorecard.Reading,
        "scorecard": scorecard.Scorecard,
        "promise": promise.Promise,
        "promise_check": promise.PromiseCheck,
        "want": promise.Want,
        "setting": setting.Setting,
        "kind_measure": scorecard.KindMeasure,
        "conflict": conflict.Conflict,
    }
