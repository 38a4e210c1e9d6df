"""``gaitosaur film``: a saved walk, the story of a run or a race, as a film; no display is needed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sims import typed
from sims.cli.counting import counting
from sims.cli.options import AsJson, Quiet, size_of, writable
from sims.cli.voice import Ended, Voice
from sims.errors import RunError
from sims.film.kinds import KINDS, MOST_PICTURES, Kind, kind_of, true_rate, true_size
from sims.runs.interrupt import terminable

if TYPE_CHECKING:
    from sims.window.filming.reel import Reel
    from sims.window.filming.shots import Part, Shown, Style

EXAMPLE = "Example:  gaitosaur film runs/20261122-velociraptor-s1 -o story.mp4"

SMALLEST, LARGEST = (160, 120), (3840, 2160)
"""Width and height, pixels."""
SPEEDS = (0.05, 16.0)
RATES = (1.0, 120.0)
"""Pictures a second."""
LONGEST_S = 3600.0
_ON_A_STRIP = 12
"""Pictures of a film strip, if nothing else is asked for."""
_ALONE = "is for a race: name several walkers, or add --race"
_SAMPLE = 16
"""Pictures from which a GIF takes its colours."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What film is wished for, checked."""

    out: Path
    kind: Kind
    size: tuple[int, int]
    fps: float | None
    """None for a film strip of the usual number of pictures."""
    speed: float
    seconds: float | None
    muscles: bool
    bones: bool
    captions: bool
    forces: bool
    path: bool
    race: bool
    together: bool

    def style(self) -> Style:
        """Returns how it is drawn."""
        from sims.window.filming.shots import Style
        from sims.window.view import Looks

        looks = Looks(
            muscles=self.muscles,
            joints=self.muscles,
            bones=self.bones,
            forces=self.forces,
            path=self.path,
        )
        return Style(self.size, looks, self.captions)

    def rate(self, parts: Sequence[Part]) -> Fraction:
        """Returns its pictures a second."""
        seconds = sum(part.seconds for part in parts)
        return true_rate(self.kind, self.fps or _ON_A_STRIP / seconds)


def command(
    source: Annotated[
        list[str],
        typer.Argument(
            metavar="GENOME|RUN...",
            help="A genome file: that walk. The folder of a run: its story. Several: a race.",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", metavar="FILE", help=f"What to write: {', '.join(KINDS)} (a film strip)."
        ),
    ],
    size: Annotated[
        str | None,
        typer.Option(metavar="WxH", help="Pixels.  \\[default: 1280x720; .gif, .png 640x360]"),
    ] = None,
    fps: Annotated[
        float | None,
        typer.Option(help="Pictures a second.  \\[default: 30; .gif 25; .png 12 in all]"),
    ] = None,
    speed: Annotated[float, typer.Option(help="Times true speed; 0.25 is slow motion.")] = 1.0,
    seconds: Annotated[
        float | None,
        typer.Option(
            help="Length of the film.  \\[default: the whole walk; a story half a minute]"
        ),
    ] = None,
    captions: Annotated[
        bool, typer.Option("--captions/--no-captions", help="Whether anything is written over it.")
    ] = True,
    muscles: Annotated[
        bool, typer.Option("--muscles/--no-muscles", help="Whether muscles and joints are seen.")
    ] = True,
    bones: Annotated[bool, typer.Option("--bones", help="See through the skin.")] = False,
    forces: Annotated[bool, typer.Option("--forces", help="Show how the ground pushes.")] = False,
    path: Annotated[bool, typer.Option("--path", help="Show the path of its middle.")] = False,
    race: Annotated[
        bool, typer.Option("--race", help="Of one run: its generations 1, 10, 50 and last race.")
    ] = False,
    together: Annotated[
        bool, typer.Option("--together", help="A race in one lane for all instead of one for each.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Film a saved walk, the story of a run, or a race: .mp4, .webm, .gif, or .png for a film strip."""
    voice = Voice(as_json, quiet)
    writable(out, "a film", KINDS)
    kind = kind_of(out)
    assert kind is not None
    wished = kind.size if size is None else size_of(size)
    typed.refuse(
        [
            typed.between("--size width", wished[0], SMALLEST[0], LARGEST[0]),
            typed.between("--size height", wished[1], SMALLEST[1], LARGEST[1]),
            typed.between("--fps", fps, *RATES),
            typed.between("--speed", speed, *SPEEDS),
            typed.between("--seconds", seconds, 1.0, LONGEST_S),
            None if race or len(source) > 1 or not together else typed.fault("--together", _ALONE),
        ]
    )
    rate = kind.fps if fps is None else fps
    true = true_size(kind, wished)
    wish = Wish(
        out=out,
        kind=kind,
        size=true,
        fps=rate,
        speed=speed,
        seconds=seconds,
        muscles=muscles,
        bones=bones,
        captions=captions,
        forces=forces,
        path=path,
        race=race,
        together=together,
    )
    if true != wished:
        voice.chatter(f"{kind.suffix} needs an even width and height: {true[0]}x{true[1]}")
    with terminable():
        _film(source, wish, voice)


command.__name__ = "film"


def _film(source: Sequence[str], wish: Wish, voice: Voice) -> None:
    from sims.window.filming.reel import Reel  # brings pygame

    began = time.perf_counter()
    voice.chatter("getting ready")
    try:
        parts = _parts([Path(one) for one in source], wish)
        reel = Reel(parts, wish.style(), wish.rate(parts))
        _check_strip(wish, reel)
        walks = _write(reel, wish, voice)
    except RunError as error:
        raise Ended(1, str(error)) from None
    except KeyboardInterrupt:
        raise Ended(130, "stopped: nothing is left of the film") from None
    _tell(reel, wish, (source, walks), time.perf_counter() - began, voice)


def _parts(paths: list[Path], wish: Wish) -> list[Part]:
    """Returns what is filmed: a walk, the story of a run, or a race."""
    from sims.window.filming.race import whole_race
    from sims.window.filming.story import story
    from sims.window.filming.walk import whole_walk

    if len(paths) > 1 or wish.race:
        return whole_race(paths, wish.seconds, wish.speed, wish.together)
    if paths[0].is_dir():
        return story(paths[0], wish.seconds, wish.speed)
    return whole_walk(paths[0], wish.seconds, wish.speed)


def _check_strip(wish: Wish, reel: Reel) -> None:
    if wish.kind.suffix == ".png" and len(reel) > MOST_PICTURES:
        raise Ended(
            2,
            f"--fps: that would be {len(reel)} pictures; a film strip has at most {MOST_PICTURES}",
        )


def _write(reel: Reel, wish: Wish, voice: Voice) -> list[Shown]:
    """Writes the film; returns every walk in it, as it was seen last."""
    from sims.film.encoder import Film

    seen: dict[tuple[str, object], Shown] = {}
    sample = reel.sample(_SAMPLE) if wish.kind.suffix == ".gif" else ()
    with (
        counting(voice.quiet, len(reel), "pictures") as step,
        Film(wish.out, wish.size, float(reel.fps), sample) as film,
        ThreadPoolExecutor(1) as beside,
    ):
        written: Future[None] | None = None
        for frame in reel.frames():
            pixels = frame.pixels()
            if written is not None:
                written.result()
            # One picture is written while the next is drawn: a third faster where there are two cores.
            written = beside.submit(film.add, pixels)
            seen.update({(one.name, one.key): one for one in frame.shown})
            step(frame.number + 1)
        if written is not None:
            written.result()
    return list(seen.values())


def _tell(
    reel: Reel, wish: Wish, of: tuple[Sequence[str], list[Shown]], took: float, voice: Voice
) -> None:
    width, height = wish.size
    source, walks = of
    if voice.quiet:
        voice.result(str(wish.out))
    else:
        voice.result(
            f"filmed {wish.out}: {reel.seconds:.1f} s, {len(reel):,} pictures of {width}x{height} "
            f"at {float(reel.fps):.4g} a second"
        )
    voice.document(
        {
            "file": str(wish.out),
            "source": list(source),
            "frames": len(reel),
            "fps": float(reel.fps),
            "size": [width, height],
            "seconds": reel.seconds,
            "bytes": wish.out.stat().st_size,
            "verdicts": [
                {
                    "name": one.name or None,
                    "generation": one.key.generation,
                    "who": one.key.who,
                    "verdict": one.verdict.result,
                    "why": one.verdict.why,
                }
                for one in walks
                if one.verdict is not None
            ],
            "took_s": round(took, 2),
        }
    )
