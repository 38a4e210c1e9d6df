"""Files that a watcher keeps: a genome, a picture, a film. Those of a run lie in its own folder, under ``saved``."""

from __future__ import annotations

from pathlib import Path

from sims.live.messages import Ready, WalkKey
from sims.runs.champion import champion_of


def save_genome(ready: Ready, key: WalkKey) -> Path | None:
    """Copies the genome file of a walk, to be kept and shared.

    Returns:
        The copy; None when no file was kept of it: only the best of each generation has one.

    Raises:
        OSError: it cannot be written.
    """
    if ready.file is not None:  # it is a file of its own already
        return ready.file
    source = {
        "best": ready.folder / "champions" / f"gen-{key.generation:04d}.json",
        "champion": champion_of(ready.folder),
    }.get(key.who)
    if source is None or not source.is_file():
        return None
    path = new_file(ready, key, ".json")
    path.write_bytes(source.read_bytes())
    return path


def new_file(ready: Ready, key: WalkKey | None, kind: str) -> Path:
    """Returns a name that nothing has yet, for a file about a walk.

    Args:
        ready: of its run, in whose folder it goes under ``saved``; of a genome that was opened by itself it goes beside
            that file.
        key: of the walk.
        kind: ``.json``, ``.png`` or ``.mp4``.

    Raises:
        OSError: the folder cannot be made.
    """
    if ready.file is not None:
        return free(ready.folder, ready.file.stem, kind)
    folder = ready.folder / "saved"
    folder.mkdir(exist_ok=True)
    stem = f"{ready.skeleton.name}-s{ready.seed}"
    if key is not None:
        stem += "-champion" if key.who == "champion" else f"-gen{key.generation:04d}"
        stem += f"-{key.who}" if key.who in ("middle", "worst") else ""
        stem += f"-guess{key.guess}" if key.who == "front" else ""
    return free(folder, stem, kind)


def free(folder: Path, stem: str, kind: str) -> Path:
    """Returns a name in a folder that nothing has yet."""
    path = folder / f"{stem}{kind}"
    number = 2
    while path.exists():
        path = folder / f"{stem}-{number}{kind}"
        number += 1
    return path
