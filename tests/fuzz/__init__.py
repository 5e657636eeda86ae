"""Damaged documents by the thousand: none may crash, hang, vanish or take others along.

``make fuzz`` (COUNT=10000 SEED=1) tries them; the tests try 1,500 of the same kinds. Input number N
of a seed is always the same input.
"""
