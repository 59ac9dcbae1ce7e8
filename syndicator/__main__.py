"""``python -m syndicator`` is the ``syndicator`` command."""

from syndicator.cli import main

if __name__ == "__main__":
    main()
