"""A page inside a notebook.

Invariant: the page needs no server, and runs no script but where its maker says so.
"""

from dataclasses import dataclass, field
from pathlib import Path

from legation.files.document import keep
from legation.pages import render


@dataclass(frozen=True, slots=True)
class Frame:
    """A page that shows itself in a notebook, in a frame so many pixels high.

    Attributes:
        html: The page.
        height: Of the frame, in pixels.
        title: What the frame is called by a screen reader.
        sandbox: What the page may do, in the words of HTML: nothing, or ``allow-scripts``.
    """

    html: str = field(repr=False)
    height: int = 640
    title: str = "network"
    sandbox: str = "allow-scripts"

    def save(self, path: str | Path) -> None:
        """Write the page to a file; InputError where that cannot be."""
        keep(self.html.encode(), Path(path))

    def _repr_html_(self) -> str:
        shown = {"title": self.title, "height": self.height, "sandbox": self.sandbox}
        return render("frame.html", page=self.html, **shown)
