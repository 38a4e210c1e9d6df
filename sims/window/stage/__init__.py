"""The animal and its world, drawn from a walk: nothing here knows how it came about."""
