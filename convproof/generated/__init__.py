"""What `convproof.lower` wrote: plain NumPy, never edited."""
