"""A target: finding somebody's functions, and calling them in their own terms."""
