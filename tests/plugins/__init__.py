"""Tests of what installed packages add, and of what they may break."""
