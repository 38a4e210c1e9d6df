"""Pictures that move, and the decoders that look at a film again: never the one that made it."""

from __future__ import annotations

import contextlib
import re
import resource
import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from PIL import Image

SIZE = 160, 120


def pictures(count: int, size=SIZE) -> list[np.ndarray]:
    """A soft sky and a red box that goes to the right."""
    width, height = size
    made = []
    for number in range(count):
        picture = np.empty((height, width, 3), dtype=np.uint8)
        picture[:] = np.linspace(120, 240, height)[:, None, None]
        x = 8 + 2 * number % (width - 40)
        picture[height // 4 : 3 * height // 4, x : x + 24] = 200, 60, 30
        made.append(picture)
    return made


def decoded(path: Path) -> tuple[dict, list[np.ndarray]]:
    """What a film says of itself, and its pictures."""
    if path.suffix == ".gif":
        return _gif(path)
    raw = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-fps_mode", "passthrough", "-")
    done = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-i", str(path), *raw], capture_output=True, check=True
    )
    said = _said(done.stderr.decode())
    width, height = said["size"]
    return said, list(np.frombuffer(done.stdout, np.uint8).reshape(-1, height, width, 3))


def _said(text: str) -> dict:
    line = re.search(r"Stream #0:0.*Video: .*", text)[0]
    hours, minutes, seconds = re.search(r"Duration: (\d+):(\d+):([\d.]+)", text).groups()
    return {
        "size": tuple(int(side) for side in re.search(r" (\d+)x(\d+)[, ]", line).groups()),
        "fps": float(re.search(r"([\d.]+) fps", line)[1]),
        "duration": 3600 * int(hours) + 60 * int(minutes) + float(seconds),
        "words": line,
    }


def _gif(path: Path) -> tuple[dict, list[np.ndarray]]:
    found, durations = [], []
    with Image.open(path) as image:
        for number in range(image.n_frames):
            image.seek(number)
            found.append(np.array(image.convert("RGB")))
            durations.append(image.info["duration"])
        said = {
            "size": image.size,
            "duration": sum(durations) / 1000,
            "fps": 1000 / durations[0],
            "durations": durations,
            "loop": image.info["loop"],
        }
    return said, found


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """Mean difference of two pictures, of 255."""
    return float(np.abs(one.astype(int) - other.astype(int)).mean())


@contextlib.contextmanager
def small_disk(most: int):
    """No file can grow beyond so many bytes: what a full disk is like."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
