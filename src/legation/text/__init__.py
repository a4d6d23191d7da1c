"""Text: passages, sentences, dates, and what of a text is safe to show."""
