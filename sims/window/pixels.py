"""A drawn picture as numbers: what films are made of."""

from __future__ import annotations

import numpy as np
import pygame
from numpy.typing import NDArray


def pixels(surface: pygame.Surface) -> NDArray[np.uint8]:
    """Returns (h, w, 3) red, green and blue of every pixel of a surface, the upper row first."""
    width, height = surface.get_size()
    flat = np.frombuffer(pygame.image.tobytes(surface, "RGB"), dtype=np.uint8)
    return flat.reshape(height, width, 3)
