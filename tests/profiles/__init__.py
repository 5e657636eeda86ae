"""Tests of the manners of publishers."""
