"""From a Document to facts: which rows and columns mean what, and what each figure is worth."""
