"""PDF files, composed here, read like the documents from which they could have been made."""
