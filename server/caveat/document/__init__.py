"""From a page to text, sentences and offsets."""
