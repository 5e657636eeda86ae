"""The documentation as a small site: prose, rules, commands and values, from where they are kept.

Nothing is written twice: rules come from their files, commands from the command line itself, the
Python interface from its docstrings; the prose lies in ``pages``. ``make docs`` builds it.
"""
