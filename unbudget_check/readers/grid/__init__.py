"""The cells of a sheet or a data file -> its tables and the paragraphs around them."""
