"""What commands say of a saved walk that is not, to the bit, the one they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sims.cli.voice import Voice, complain

if TYPE_CHECKING:
    from sims.genomes.verdict import Verdict


def tell_verdict(file: str, verdict: Verdict, is_recording: bool, voice: Voice) -> None:
    """Says so where a walk is not the one in its file, or not simulated; nothing where all is well.

    Args:
        file: its name.
        verdict: on the walk.
        is_recording: whether the recording in the file is used.
        voice: of the command.
    """
    said = f"{file}: {verdict.words}: {verdict.why}"
    if is_recording:
        voice.chatter(f"{said}; this is the recording")
    elif verdict.result != "EXACT":
        # A warning that nobody can switch off: what is told is not what the file tells of.
        complain(f"warning: {said}; this is the walk that it makes here, not the one in the file")
