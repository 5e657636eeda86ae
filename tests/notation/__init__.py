"""One recogniser for each printed form."""
