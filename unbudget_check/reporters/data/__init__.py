"""Reports as data for other programs and for spreadsheets."""
