"""Tables, understood: their columns, rows and totals, and what their figures mean."""
