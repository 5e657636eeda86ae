"""Two versions side by side: what is the same, what changed and what was forgotten."""
