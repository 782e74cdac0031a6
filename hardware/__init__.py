"""Devices on a line: meters, drawers and displays, each behind its own thread."""
