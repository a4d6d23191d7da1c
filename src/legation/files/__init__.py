"""Where files are read whole and written: nothing outside this room writes one.

`document` reads or writes one file, `journal` rewrites several files of a folder together, `folder`
replaces a whole folder, and `lock` lets one writer at a time do so.

Invariant: whoever is killed at whatever moment leaves old or new, or a journal that the next
command finishes before it reads; no link leads a reader or a writer out of the folder it works in.
"""
