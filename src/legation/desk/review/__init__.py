"""The page on which a reviewer reads each claim beside the words that should support it.

Invariant: one file that needs nothing else: no script, style or font comes from elsewhere, its
policy forbids any, and nothing an author wrote is more than text on it. It is a function of the
case, the report and the change alone.
"""

from legation.desk.review.change import Changes, since
from legation.desk.review.front import page

__all__ = ["Changes", "page", "since"]
