"""How alike two spellings of a name are.

Invariant: what has a word that is like none of the other is not alike at all.
"""

_LIKELY = 75.0


def likeness(wanted: str, form: str) -> float:
    """How alike two comparable forms are, to 100; 0 where some word has nothing like it.

    >>> likeness("vladimer poutin", "vladimir putin") > 85, likeness("pravda", "parade in halm")
    (True, 0.0)
    """
    from rapidfuzz import fuzz  # only needed when no name fits

    parts = form.split()
    words = [max(fuzz.ratio(word, part) for part in parts) for word in wanted.split()]
    if sum(words) < _LIKELY * len(words):
        return 0.0
    return 0.7 * sum(words) / len(words) + 0.3 * fuzz.ratio(wanted, form)
