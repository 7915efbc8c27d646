"""Which calls to make: a call as a few integers, filled with numbers, drawn, covered and shrunk."""
