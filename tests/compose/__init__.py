"""Composes sample_data: an invented office and its budget, in every format that is read.

``python -m tests.compose`` writes the same bytes on every machine. The office, its sentences and
its amounts are made up; nothing is taken from a published document.
"""
