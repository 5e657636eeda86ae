"""Which figure is wrong, and what it should be: a search among whole numbers.

It knows figures by their numbers only: no table, no rule, no language. ``board`` holds the claims
around what is broken, ``repairs`` says what a figure should be, ``search`` and ``stabbing`` find
the changes that mend most, and ``localise`` leads from broken claims to causes.
"""
