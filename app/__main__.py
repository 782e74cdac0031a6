"""The `callshop` command, also `python -m app`."""

import sys


def main(argv: list[str] | None = None) -> int:
    """Run one command line and return the exit status."""
    from app.commandline import main as run  # noqa: PLC0415 - `python -m app` imports us first

    return run(argv)


if __name__ == "__main__":
    sys.exit(main())
