"""Tariffs from file to counter: read, compare, keep, activate, try out."""
