"""The page of one indicator, over all that is published."""
