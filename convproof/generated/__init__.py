"""What `convproof.emit` wrote: plain NumPy, never edited."""
