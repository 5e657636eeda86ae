"""From broken relations to findings: one wrong cell is one finding, with all that it breaks."""
