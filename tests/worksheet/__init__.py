"""Tests of the formulas of worksheets: how they are read, and what they come to."""
