"""Which readings the document bears out: one scale of bits for all that understands or checks.

A reading is one decision that writes many ties at once: these rows are the parts of that total,
this table restates that one, this sentence speaks of that row. ``weight`` says how much figures
speak for or against one, ``settle`` decides which readings of the checks are told, ``slips`` which
misprint turns one figure into another. Nothing here knows a table, a rule or a language.
"""
