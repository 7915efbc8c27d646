"""The statements over symbolic sizes that are to hold for all of them, by theme."""
