"""The judges: every fault that a machine can find, as findings in one report.

    quotes      is each quote the article's own words?
    completeness  is every sentence claimed or omitted?
    claims      does each claim belong to its file, each triple to a claim?
    modality    does a claim's modality agree with what it says?
    mentions    does a quote name what its triples speak about?
    terms       is every term one that exists?
    declarations  is everything declared, of its kind, and named?
    lookalikes  are two entries one thing?
    calendar    is every date a date?
    weekdays    is the day of a date the weekday that the quote names?
    sums        is what is computed what its premises give?
    conflicts   do claims contradict each other without saying so?
    rules       the queries of ``queries/checks/``
    shapes      SHACL, by pySHACL
    logic       OWL, by HermiT (on request)

Invariant: one fault is one finding. What a milder judge says of a triple that a stricter one
has already refused is left out.
"""
