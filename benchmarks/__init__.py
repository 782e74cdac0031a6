"""Measured figures, each beside a limit measured in the same run. `make bench` runs them all."""
