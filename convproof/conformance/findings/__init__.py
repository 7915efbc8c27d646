"""What was found in released libraries, kept with the lines that show it."""
