"""Word documents: paragraphs, tables and charts in reading order, as Word prints them."""
