"""Obligations as SMT-LIB text, two independent solvers, and what they say."""
