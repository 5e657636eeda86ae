"""The ways in which other programs run this one: hooks, actions, containers."""
