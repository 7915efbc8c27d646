"""What a run came to: results, scripts that reproduce, text for people, pytest."""
