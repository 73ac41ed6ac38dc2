"""How fast the system is: each measurement against another one of the same run. Nothing here can fail for being slow."""
