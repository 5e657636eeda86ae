"""Which figure is wrong, and what it should be: a search among whole numbers.

It knows figures by their numbers only: no table, no rule, no language. From the bottom up:

* ``ties``, ``rates``: what is claimed, and which changes of one figure would make a claim true;
* ``board``: the claims around what is broken, on which changes are tried and taken back;
* ``slips``, ``likeness``, ``repairs``: how a figure may have been misprinted, and how likely;
* ``moves``, ``pairs``, ``explain``: the changes of one figure, or of two, that mend most;
* ``search``, ``stabbing``, ``localise``: from broken claims to causes.
"""
