"""What a genome file and a run's configuration may say: every value checked before it comes near the physics."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from creatures.controllers.table import CONTROLLERS
from creatures.faults import Fault, field_words, shown
from creatures.species_model import printable

M = TypeVar("M", bound=BaseModel)


def _is_base64(text: str) -> str:
    try:
        whole = len(base64.b64decode(text, validate=True)) % 4 == 0
    except binascii.Error:
        raise ValueError("is not base64") from None
    if not whole:
        raise ValueError("is cut short: four bytes a frame are needed")
    return text


Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Checks = Annotated[str, StringConstraints(max_length=200_000), AfterValidator(_is_base64)]
Words = Annotated[str, StringConstraints(max_length=400), BeforeValidator(printable)]
Short = Annotated[str, StringConstraints(max_length=120), BeforeValidator(printable)]
Count = Annotated[int, Field(ge=0, le=10**12)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
LARGEST = 1e15
"""No number that was measured is larger; tables, pictures and sums of numbers up to it are well behaved."""
Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
Numbers = Annotated[dict[Short, Number], Field(max_length=200)]


def _is_controller(name: str) -> str:
    if name not in CONTROLLERS:
        raise ValueError(f"= {shown(name)}, must be one of {', '.join(CONTROLLERS)}")
    return name


ControllerName = Annotated[str, AfterValidator(_is_controller)]

LEAST_GRAVITY, MOST_GRAVITY = 0.1, 3.0
"""Of a trial, times the usual."""
MOST_BONE_LIMIT = 10_000.0
"""MPa."""


class Strict(BaseModel):
    """A misspelt key or a number in quotes is a fault, never ignored."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class TerrainData(Strict):
    """The ground of a trial."""

    kind: Literal["flat", "bumps", "slope", "steps"]
    size: Annotated[float, Field(ge=-1.0, le=1.0)]
    spacing: Annotated[float, Field(ge=0.05, le=20.0)]
    seed: Annotated[int, Field(ge=0, lt=2**32)]


class TrialData(Strict):
    """The world of a trial; bounds that leave room for every study and none for a hang."""

    seconds: Annotated[float, Field(ge=0.1, le=120.0)]
    step_scale: Annotated[float, Field(ge=0.05, le=1.5)]
    iterations: Annotated[int, Field(ge=1, le=100)]
    mass_scale: Annotated[float, Field(ge=0.5, le=2.0)]
    gravity_scale: Annotated[float, Field(ge=LEAST_GRAVITY, le=MOST_GRAVITY)] = 1.0
    """Files from before it could be set have none."""
    terrain: TerrainData
    may_stall: bool
    bone_limit_mpa: Annotated[float, Field(ge=0.0, le=MOST_BONE_LIMIT)] = 0.0
    """Files from before bones could break have none."""


class ObjectiveData(Strict):
    """What was looked for."""

    name: Short
    words: Words
    weights: Numbers
    terms_version: Annotated[int, Field(ge=1)]


class OriginData(Strict):
    """Where in which search a guess was made."""

    strategy: Short
    seed: Annotated[int, Field(ge=0)]
    generation: Count
    guess: Count
    parents: Annotated[list[Count], Field(max_length=16)]
    rigour: Annotated[int, Field(ge=0, le=9)]


class PlatformData(Strict):
    """Where it was run."""

    python: Short
    numpy: Short
    numba: Short
    llvmlite: Short
    pymunk: Short
    chipmunk: Short
    deap: Short
    blas: Short
    machine: Short
    system: Short
    cpu: Short
    canary: Digest


class PartData(Strict):
    """One array of a recording."""

    shape: Annotated[list[Annotated[int, Field(ge=0, le=10**6)]], Field(max_length=3)]
    zlib_base64: str


class RecordingData(Strict):
    """A packed trajectory."""

    frame_time: Annotated[float, Field(ge=0.001, le=1.0)]
    """Seconds; about sixty frames a second are kept, whatever the animal."""
    steps_per_frame: Annotated[int, Field(ge=1, le=100_000)]
    poses: PartData
    activation: PartData
    joint_load: PartData
    ground_force: PartData
    muscle_force: PartData | None
    """None where it was not kept: version 1 did not."""
    digest: Digest | None
    """Of all that is above; None in version 1."""


class JointLoadData(Strict):
    """How hard one joint was pressed."""

    rms_n: Number
    rms_bw: Number
    peak_bw: Number
    limit_torque_nm: Number
    gap: Number
    reaction_rms_bw: Number = 0.0
    moment_peak_nm: Number = 0.0


class BoneLoadData(Strict):
    """What one bone had to bear."""

    peak_mpa: Number
    rms_mpa: Number


class GaitData(Strict):
    """How the feet took turns."""

    foot_falls: list[list[Annotated[list[Number], Field(min_length=2, max_length=2)]]]
    duty_factors: list[Number]
    stride_time_s: Number
    strides: Count
    alternation: Number


class MeasuresData(Strict):
    """What a trial came to; the fields of `sims.physics.measure.Measures`."""

    distance_m: Number
    time_up_s: Number
    speed_m_s: Number
    froude: Number
    hip_heights: Number
    stride_length_m: Number
    stride_frequency_hz: Number
    duty_factor: Number
    alternation: Number
    strain_bw: Number
    peak_ground_force_bw: Number
    mean_ground_force_bw: Number
    limit_torque: Number
    metabolic_j: Number
    positive_work_j: Number
    negative_work_j: Number
    cost_of_transport: Number
    pitch_rad: Number
    max_joint_gap: Number
    momentum_error: Number
    loading_rate_bw_s: Number = 0.0
    peak_bone_stress_mpa: Number = 0.0
    ground_work_j: Number = 0.0
    energy_error: Number = 0.0
    bones: dict[Short, BoneLoadData] = Field(default_factory=dict)
    """This and what else has a default is not in files of versions 1 and 2."""
    joints: dict[Short, JointLoadData]
    gait: GaitData


class GenomeData(Strict):
    """A genome file. The species and the genes have readers of their own, who say more than types can."""

    format: str
    version: int
    animal: Short
    score: Number
    ended: Short
    why: Words
    robust: Share | None
    kept: dict[Short, Share] | None
    terms: Numbers
    measures: MeasuresData
    objective: ObjectiveData
    origin: OriginData
    trial: TrialData
    controller: ControllerName
    genes: dict[str, Any]
    platform: PlatformData
    digest: Digest
    species_digest: Digest
    species: dict[str, Any]
    checks: Checks
    recording: RecordingData | None


def faults_of(model: type[M], found: object, file: str) -> tuple[M | None, list[Fault]]:
    """Checks a document against a model.

    Returns:
        What it says, or None; and every fault.
    """
    try:
        return model.model_validate(found), []
    except ValidationError as error:
        items = error.errors(include_url=False, include_context=False)
        lines = [Fault(file, None, field_words(item["loc"]), problem(item)) for item in items]
        return None, list(dict.fromkeys(lines))


_EXPECTED = {
    "float_type": "must be a number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "string_type": "must be a text",
    "bool_type": "must be true or false",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "list_type": "must be a list",
    "finite_number": "must be a finite number",
}


def problem(item: Any) -> str:
    """Returns what is wrong with one value, and what is allowed, in words."""
    kind, given, said = item["type"], item["input"], str(item["msg"])
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return "is not a key this file may have"
    if kind == "value_error":
        return said.removeprefix("Value error, ")
    if kind == "string_pattern_mismatch":
        return f"= {shown(given)}, must be 64 hexadecimal digits"
    wanted = _EXPECTED.get(kind, said.replace("Input should", "must"))
    return f"= {shown(given)}, {wanted}"
