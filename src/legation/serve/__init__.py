"""A graph that is asked over HTTP, and by assistants: SPARQL, pages, an API of questions.

Invariant: whoever asks gets a whole answer or a sentence that says why there is none, and disturbs
nobody else. What outsiders send is read and answered in a process of its own, which can be ended.

The way of a request: `listening` (sockets), `reception` and `protocol` (HTTP), `bureau` (who waits
for whom), `zygote` (processes), `errands` (what is done there), with `solved` (SPARQL), `facade`
(pages) and `openapi`. `assistant` sends the same errands for the Model Context Protocol, and
`chancery` is the desk in the browser, for the one person who works on this machine.
"""
