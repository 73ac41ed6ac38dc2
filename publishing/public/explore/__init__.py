"""Every published indicator in one list: filtered, sorted, paged, and as a file."""
