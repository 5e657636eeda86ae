"""How printed tables are understood: numbers, headings, rows, totals."""
