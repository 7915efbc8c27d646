"""Processes and captures that keep a stranger's function from disturbing the run."""
