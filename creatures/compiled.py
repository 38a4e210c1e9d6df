"""The one door to numba: compiled, cached on disk, free of the interpreter lock, no reordering of sums.

Numba looks only at a function's own file to see whether its cached machine code is still good, but compiled functions
call each other across files. So the cache is kept in a folder named after everything they could depend on: the source
of the creatures room, of the function's own file, and of the modules that file takes things from. Change a curve in
one file and all that may use it is compiled anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import numba
import platformdirs

F = TypeVar("F", bound=Callable[..., object])

_OLD = 30 * 24 * 3600.0
"""Seconds after which the machine code of sources that are no more is thrown away."""


def compiled(function: F) -> F:
    """Returns the function compiled to machine code; its arguments must be numbers, arrays and tuples of them.

    ``fastmath`` stays off: it would let the compiler change the last bits, and with them a replay.
    """
    config: Any = numba.config
    before = config.CACHE_DIR
    config.CACHE_DIR = str(_folder(_sources(function)))
    try:
        compiler: Any = numba.njit(cache=True, nogil=True, error_model="numpy")
        machine_code: F = compiler(function)
    finally:
        config.CACHE_DIR = before
    return machine_code


def cache_root() -> Path:
    """Returns the folder for machine code: the user's cache, or a temporary one where that cannot be written."""
    wished = Path(platformdirs.user_cache_dir("gaitosaur", appauthor=False)) / "compiled"
    try:
        wished.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=wished):
            return wished
    except OSError:
        return _private_folder()


@cache
def _private_folder() -> Path:
    """Returns a folder only this user can write: cached code is run, so nobody else may put any there."""
    if hasattr(os, "getuid"):
        folder = Path(tempfile.gettempdir()) / f"gaitosaur-compiled-{os.getuid()}"
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            status = folder.lstat()
            private = stat.S_ISDIR(status.st_mode) and not status.st_mode & 0o077
            if private and status.st_uid == os.getuid():
                return folder
        except OSError:
            pass
    return Path(tempfile.mkdtemp(prefix="gaitosaur-compiled-"))


def _sources(function: Callable[..., object]) -> frozenset[str]:
    """Returns the files outside creatures that a function may depend on: its own and all those it imports from."""
    room = function.__module__.partition(".")[0]
    found: set[str] = set()
    waiting = [function.__module__]
    while waiting:
        name = waiting.pop()
        if name not in found and name.partition(".")[0] == room:
            found.add(name)
            waiting += _imported(sys.modules.get(name))
    files = {getattr(sys.modules.get(name), "__file__", None) for name in found}
    return frozenset(file for file in files if file is not None)


def _imported(module: ModuleType | None) -> list[str]:
    """Returns the names of the modules whose things a module holds; constants it copied are in their own room."""
    names = []
    for value in vars(module).values() if module is not None else ():
        name = (
            value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
        )
        if isinstance(name, str):
            names.append(name)
    return names


@cache
def _folder(sources: frozenset[str]) -> Path:
    root = cache_root()
    creatures = Path(__file__).parent
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted({*creatures.rglob("*.py"), *(Path(source) for source in sources)}):
        digest.update(file.read_bytes())
    folder = root / digest.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    folder.touch()
    _forget_old(root)
    return folder


def _forget_old(root: Path) -> None:
    now = time.time()
    for folder in root.iterdir():
        try:
            if folder.is_dir() and now - folder.stat().st_mtime > _OLD:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue
