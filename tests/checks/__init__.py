"""Properties of what is checked, through the whole engine."""
