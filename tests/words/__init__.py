"""The words in which reports speak, language by language."""
