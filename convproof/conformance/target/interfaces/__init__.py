"""Interfaces that are no plain function of arrays: wrapped in a few lines, which a user may copy.

A wrapper is source text.  It is run to make the function that the laws call, it stands in the
script that reproduces a failure, and it is shown where nothing else helps.
"""
