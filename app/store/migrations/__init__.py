"""Alembic scripts: forward only, never edited after a release."""
