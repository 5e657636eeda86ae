"""From broken relations to findings, through the whole engine."""
