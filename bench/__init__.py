"""How fast the system is: each measurement against another of the same run. Nothing here fails for being slow."""
