"""What the demo makes up where no figures are known: money, results and texts. All of it says that it is an example."""
