"""The project: settings, addresses and the server's entry point; the only place that knows every app."""
