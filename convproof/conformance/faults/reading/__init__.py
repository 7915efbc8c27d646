"""Reading off a black box which output takes which pixel with which weight, and saying it."""
