"""Charts and organization charts, understood: what they show, and how much of it is there."""
