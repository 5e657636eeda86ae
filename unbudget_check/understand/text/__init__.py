"""Running text, understood: passages with what they are about, captions, figures in sentences."""
