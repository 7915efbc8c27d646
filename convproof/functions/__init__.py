"""The verified functions people import."""
