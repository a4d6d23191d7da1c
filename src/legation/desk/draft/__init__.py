"""Drafting: what an article's open sentences seem to say, as comments for a person to accept.

Invariant: a draft adds nothing but comments and prefix declarations to an article file, and only
a person's word makes claims of them (`accept`). Drafting never asks anything, reaches no network
unless a suggester is given that does, and covers only sentences that no claim and no omission
covers.
"""

from legation.desk.draft.acceptance import Accepted, accept
from legation.desk.draft.drafting import Draft, analysis, draft
from legation.desk.draft.proposal import Proposal, Suggested, Suggester
from legation.desk.draft.rules import Rules

__all__ = [
    "Accepted",
    "Draft",
    "Proposal",
    "Rules",
    "Suggested",
    "Suggester",
    "accept",
    "analysis",
    "draft",
]
