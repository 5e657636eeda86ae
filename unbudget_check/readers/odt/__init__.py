"""OpenDocument texts: paragraphs, lists, tables and charts in reading order, as printed."""
