"""Files that a watcher keeps: a genome, a picture. They lie in the run's own folder, under ``saved``."""

from __future__ import annotations

from pathlib import Path

from sims.live.messages import Ready, WalkKey


def save_genome(ready: Ready, key: WalkKey) -> Path | None:
    """Copies the genome file of a walk, to be kept and shared.

    Returns:
        The copy; None when no file was kept of it: only the best of each generation has one.

    Raises:
        OSError: it cannot be written.
    """
    source = {
        "best": ready.folder / "champions" / f"gen-{key.generation:04d}.json",
        "champion": ready.folder / "best.json",
    }.get(key.who)
    if source is None or not source.is_file():
        return None
    path = _new(ready, key, ".json")
    path.write_bytes(source.read_bytes())
    return path


def picture_path(ready: Ready, key: WalkKey | None) -> Path:
    """Returns where a picture of the window is to be saved.

    Raises:
        OSError: the folder cannot be made.
    """
    return _new(ready, key, ".png")


def _new(ready: Ready, key: WalkKey | None, kind: str) -> Path:
    """Returns a name in the folder of what was saved that nothing has yet."""
    folder = ready.folder / "saved"
    folder.mkdir(exist_ok=True)
    stem = f"{ready.skeleton.name}-s{ready.seed}"
    if key is not None:
        stem += "-champion" if key.who == "champion" else f"-gen{key.generation:04d}"
        stem += f"-{key.who}" if key.who in ("middle", "worst") else ""
    path = folder / f"{stem}{kind}"
    number = 2
    while path.exists():
        path = folder / f"{stem}-{number}{kind}"
        number += 1
    return path
