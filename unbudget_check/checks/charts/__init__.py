"""Checks of charts and organization charts."""
