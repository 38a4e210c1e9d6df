"""``python -m sims`` is ``gaitosaur``."""

from sims.cli import main

if __name__ == "__main__":
    main()
