"""Text files, and text from a PDF that lost its borders -> paragraphs and tables."""
