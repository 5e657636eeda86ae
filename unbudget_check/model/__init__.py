"""Plain immutable values: what a document, a figure, a relation and a finding are.

Nothing in this package opens a file, knows a word of any language or knows a rule.
"""
