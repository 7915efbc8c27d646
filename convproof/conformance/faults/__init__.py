"""What mistake explains a wrong answer: known faults, and how an explanation is confirmed."""
