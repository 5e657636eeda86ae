"""Tests of the rules themselves: every file is honest, every example gives its findings."""
