"""How the goals of a publication stand: counts, largest misses, what has changed. Pure."""
