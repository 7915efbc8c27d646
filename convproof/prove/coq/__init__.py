"""Theorems generated from obligations and derivations, their library, and the kernel's word."""
