"""Reports for code-hosting sites and test servers."""
