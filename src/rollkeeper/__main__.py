"""`python -m rollkeeper` is the `rollkeeper` command."""

from rollkeeper.cli import main

if __name__ == "__main__":
    main()
