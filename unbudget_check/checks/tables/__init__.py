"""Checks of tables: totals, equations, percentages, products, posts, captions, notation."""
