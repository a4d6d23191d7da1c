"""Words that are capitalised and yet no part of a name."""

COMMON = frozenset(
    """a after all also although amid among an and another any anyone are around as at based because
    before both but by can despite during each earlier every few following for former from further
    had has have he her here his how however i if in indeed instead it its last later like many
    meanwhile more moreover most mr mrs ms much my nearly neither no none nor not nothing now of on
    once one only or other others our out over per perhaps previously rather she should similarly
    since so some someone soon still such than that the their them then there these they this those
    though through thus to today together tomorrow too two under until upon was we were what when
    where whether which while who why will with within without would yesterday yet you your
    according asked speaking january february march april may june july august september october
    november december monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun
    jul aug sep sept oct nov dec gmt utc am pm""".split()
)
"""Function words, months and days, in lower case."""

COURTESIES = frozenset(
    """mr mrs ms miss dr prof sir lord lady comrade president premier chancellor minister
    ambassador envoy chairman chairwoman secretary general marshal colonel captain king queen
    prince princess spokesman spokeswoman director leader governor mayor senator""".split()
)
"""Titles that stand before a surname, in lower case, without a dot."""
