"""Drafting: what an article's open sentences name, and what somebody proposes for them.

Invariant: a draft adds nothing but comments and prefix declarations to an article file, and only
a person's word makes claims of them (`legation.desk.draft.acceptance`). Drafting by itself
proposes no claim, asks nothing and reaches no network; a suggester that is given may, and covers
only sentences that no claim and no omission covers.
"""
