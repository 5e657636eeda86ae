"""Tests of the rulebook: loading, equations, selection, examples as documents."""
