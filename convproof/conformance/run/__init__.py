"""Holding a target to the laws: the engine, its judge, campaigns and what was refused."""
