"""From derivations to array programs, and from programs to NumPy source."""
