"""The archive: how a text enters a workspace.

Invariant: an article is added whole or not at all. Whatever goes wrong, before the last rename
the workspace is as it was; nothing that the source does not state is written into a header.
"""

from legation.desk.archive.described import Particulars
from legation.desk.archive.intake import Added, add

__all__ = ["Added", "Particulars", "add"]
