"""A document as a book: PDF for readers and for the archive, and one HTML file."""
