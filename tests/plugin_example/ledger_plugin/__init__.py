"""A plug-in of unbudget-check for the ledgers of an office."""
