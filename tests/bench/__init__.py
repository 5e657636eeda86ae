"""What the program costs and how often its verdicts are right, measured: ``make bench``."""
