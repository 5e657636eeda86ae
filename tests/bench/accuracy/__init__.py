"""Planted errors: how many are detected, named and repaired, and what else is reported by mistake."""
