"""What every kind of film can do while it is written."""

from __future__ import annotations

from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.uint8]
"""(h, w, 3) red, green and blue of every pixel, the upper row first."""


class Writer(Protocol):
    """Writes one file of one kind."""

    def add(self, picture: Picture) -> None:
        """Writes one more picture.

        Raises:
            OSError: it cannot be written.
        """

    def finish(self) -> None:
        """Writes what is still to be written, and closes the file.

        Raises:
            OSError: it cannot be written.
        """

    def drop(self) -> None:
        """Closes the file, whatever is in it: it will be thrown away."""
