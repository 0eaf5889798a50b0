"""What somebody of the customer's may read: on paper, in a mail, and on a screen that they sit beside."""

from __future__ import annotations


def title_of(job_title: str, function: str) -> str:
    """What somebody is, in their own words: their job title, else their function. A role is our word for them."""
    return job_title.strip() or function.strip()
