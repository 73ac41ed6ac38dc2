"""From working rows to contents: the only way from data to anything a reader sees."""
