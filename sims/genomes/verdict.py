"""Whether a saved walk is still the same walk: what can come of running it again. Light to import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Result: TypeAlias = Literal["EXACT", "DIFFERS", "UNVERIFIABLE"]

EXIT_CODES: dict[Result, int] = {"EXACT": 0, "DIFFERS": 3, "UNVERIFIABLE": 4}
"""Of ``replay --check``."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of running it again."""

    result: Result
    step: int | None
    """The first frame that differs, in steps from the start; None when no frame is known to differ."""
    deviation_m: float | None
    """The largest distance of any bone from where the recording has it; None without a recording."""
    stored: str
    """Digest in the file."""
    found: str
    """Digest of the trajectory now."""
    why: str
    """One plain line."""

    @property
    def words(self) -> str:
        """Returns the result as it is said: ``DIFFERS FROM STEP 132``."""
        if self.result == "UNVERIFIABLE":
            return "UNVERIFIABLE HERE"
        return self.result if self.step is None else f"{self.result} FROM STEP {self.step}"
