"""Run nacoord as `python -m nacoord`."""

from nacoord.cli.main import main

if __name__ == "__main__":
    main()
