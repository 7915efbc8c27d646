"""Proofs for all sizes: statements, two SMT solvers, and Coq's kernel."""
