"""Where a published element stands, how it is cited, and what explains its figures over time."""
