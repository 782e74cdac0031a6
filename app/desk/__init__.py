"""The shop's use cases. Runs on the desk's thread only; the one place that decides about money."""
