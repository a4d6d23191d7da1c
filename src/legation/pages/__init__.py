"""Pages: what people read in a browser."""
