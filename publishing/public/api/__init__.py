"""The read-only API, described in OpenAPI."""
