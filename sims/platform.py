"""What decides the bits of a trajectory: versions, machine, and a canary: the digest of one fixed short trial."""

from __future__ import annotations

import platform as python_platform
import sys
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import llvmlite
import llvmlite.binding
import numba
import numpy as np
import pymunk
from threadpoolctl import threadpool_info

from creatures.assemble import assemble
from creatures.species import load_species
from sims.physics.trajectory import fingerprint
from sims.physics.trial import TrialSettings, gene_table, run_trial

_CANARY_SPECIES = "velociraptor"
_CANARY_SECONDS = 0.5
_CANARY_GENE = 0.4
"""Every third gene of the canary has this value, so that most of the controller has a say."""


@dataclass(frozen=True, slots=True)
class Platform:
    """Where a trial was run. Equal platforms give equal trajectories, to the bit; nothing else is promised."""

    python: str
    """Major and minor version."""
    numpy: str
    numba: str
    llvmlite: str
    pymunk: str
    chipmunk: str
    """Of the C library in pymunk."""
    deap: str
    blas: str
    """The linear algebra under numpy: name, version and kernels."""
    machine: str
    """``x86_64``."""
    system: str
    """``Linux``."""
    cpu: str
    """The kind of processor as LLVM names it: it decides which instructions compiled code may use."""
    canary: str
    """SHA-256 of a fixed short trial: says what no version does, such as a change in this program."""

    def document(self) -> dict[str, str]:
        """Returns it as plain JSON values."""
        return asdict(self)

    def differences(self, other: Platform) -> list[str]:
        """Returns what is not the same in another platform: ``numba 0.68.1 there, 0.69.0 here``."""
        mine, theirs = self.document(), other.document()
        found = [f"{k} {theirs[k]} there, {mine[k]} here" for k in mine if k != "canary"]
        changed = [k for k in mine if k != "canary" and mine[k] != theirs[k]]
        lines = [line for line in found if line.split(" ", 1)[0] in changed]
        return lines or (["another physics, by its canary"] if self != other else [])


_SCIPY = {"scipy", "scipy.libs"}
"""Folders in which SciPy keeps libraries of its own."""


@lru_cache(maxsize=1)
def platform() -> Platform:
    """Returns this platform; the first call runs the canary and so compiles the trial."""
    return Platform(
        python=f"{sys.version_info.major}.{sys.version_info.minor}",
        numpy=np.__version__,
        numba=numba.__version__,
        llvmlite=llvmlite.__version__,
        pymunk=pymunk.version,
        chipmunk=pymunk.chipmunk_version,
        deap=metadata.version("deap"),
        blas=_blas(),
        machine=python_platform.machine(),
        system=python_platform.system(),
        cpu=llvmlite.binding.get_host_cpu_name(),
        canary=_canary(),
    )


def _blas() -> str:
    """Returns what numpy multiplies matrices with: the search's clouds turn on it."""
    # SciPy brings another of its own, which numba loads where SciPy is installed; numpy never uses that one. The
    # folder tells them apart: numpy's file has "scipy" in its name too.
    found = [
        pool
        for pool in threadpool_info()
        if pool["user_api"] == "blas" and not _SCIPY & set(Path(pool["filepath"]).parts[-4:-1])
    ]
    words = (
        f"{p['internal_api']} {p['version']} {p.get('architecture', '')}".strip() for p in found
    )
    return ", ".join(sorted(set(words))) or "none"


def _canary() -> str:
    skeleton = assemble(load_species(_CANARY_SPECIES))
    count = len(gene_table(skeleton))
    genome = tuple(_CANARY_GENE if gene % 3 == 0 else 0.0 for gene in range(count))
    trial = run_trial(skeleton, genome, TrialSettings(seconds=_CANARY_SECONDS))
    return fingerprint(trial.trajectory).digest
