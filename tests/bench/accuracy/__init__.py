"""Planted errors: how many are detected, named and repaired, and what is reported by mistake."""
