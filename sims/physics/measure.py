"""From what the loop wrote down to named measures with units."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from creatures.skeleton import GRAVITY, Skeleton
from sims.physics.gait import Gait, gait
from sims.physics.log import TOTALS, UNSTABLE, Log, Plan
from sims.physics.trajectory import Trajectory

_SUMS = (
    *("load_square", "load_peak", "limit_square", "gap", "com_x"),
    *("reaction_square", "moment_peak", "stress_square", "stress_peak"),
)
"""What the log sums up or keeps the largest of."""


@dataclass(frozen=True, slots=True)
class JointLoad:
    """How hard one joint was pressed."""

    rms_n: float
    """Root mean square of the force in the joint, N."""
    rms_bw: float
    """The same in body weights."""
    peak_bw: float
    """Largest low-passed force, body weights."""
    limit_torque_nm: float
    """Root mean square of the torque at the joint's limits, N m."""
    gap: float
    """Widest opening, share of hip height."""
    reaction_rms_bw: float
    """Root mean square of the force in the joint by inverse dynamics, body weights: the solver's word is not taken."""
    moment_peak_nm: float
    """Largest low-passed net moment about the joint, by inverse dynamics, N m: muscles and ligaments had to give it."""


@dataclass(frozen=True, slots=True)
class BoneLoad:
    """What one bone had to bear at mid-shaft: axial stress and bending stress at its surface."""

    peak_mpa: float
    """Largest low-passed stress, MPa."""
    rms_mpa: float
    """Root mean square over time, MPa."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What a trial came to. Names end in their unit; bw is body weights, no unit is a pure number.

    A body weight is that under the usual gravity, whatever the gravity of the trial.
    """

    distance_m: float
    """Of the centre of mass, from the start."""
    time_up_s: float
    """Time on its feet."""
    speed_m_s: float
    """Mean over the second half."""
    froude: float
    """Speed squared over g x hip height, with the g of the trial."""
    hip_heights: float
    """Distance in hip heights."""
    stride_length_m: float
    stride_frequency_hz: float
    duty_factor: float
    """Mean over the feet, second half."""
    alternation: float
    """0.5 when left and right take even turns; over all pairs of limbs."""
    strain_bw: float
    """Mean over joints of the RMS load."""
    peak_ground_force_bw: float
    """Largest upward force of the ground on all feet, low-passed over 0.06 units of time."""
    mean_ground_force_bw: float
    limit_torque: float
    """RMS torque at joint limits, all joints together, body weight x hip height."""
    metabolic_j: float
    """Minetti & Alexander 1997, without the body at rest."""
    positive_work_j: float
    """By shortening muscles."""
    negative_work_j: float
    """By muscles that were stretched; below zero."""
    cost_of_transport: float
    """Metabolic energy over mass and distance, J/kg/m."""
    pitch_rad: float
    """RMS tilt of the trunk from standing."""
    max_joint_gap: float
    """Widest opening of any joint, share of hip height."""
    momentum_error: float
    """How well the books balance: upward push of the ground on the feet over the trial, against weight x time and the
    change of momentum, as a share of weight x time."""
    loading_rate_bw_s: float
    """Fastest rise of the low-passed ground force, body weights a second: how hard it lands."""
    peak_bone_stress_mpa: float
    """Of the bone that bears most, MPa; 0 for an animal whose bones are not known."""
    ground_work_j: float
    """Done on the feet by the ground: below zero, for ground only takes."""
    energy_error: float
    """How well the energy's books balance: what the animal gained, less what muscles and ligaments gave, plus what
    ground and limits took, as a share of the work of all muscles, done and undone. See `sims.physics.audit`."""
    bones: dict[str, BoneLoad]
    joints: dict[str, JointLoad]
    gait: Gait

    def document(self) -> dict[str, Any]:
        """Returns everything as plain JSON values."""
        return asdict(self)


def measure(skeleton: Skeleton, log: Log, plan: Plan) -> Measures:
    """Reads the measures off a log; numbers that came apart with the physics count as nothing."""
    if log.outcome[0] == UNSTABLE:
        log = _tamed(log)
    tick = plan.dt * plan.steps_per_tick
    ticks = max(log.outcome[2], 1)
    time_up = log.outcome[2] * tick
    totals = log.totals
    weight, hip = skeleton.weight, skeleton.hip_height
    distance = float(totals.end_x - totals.start_x)
    speed = _late_speed(log, ticks, tick)
    pairs = [limb.pair for limb in skeleton.limbs]
    steps = gait(log.down[: log.outcome[2]], tick, plan.unit, pairs)
    rms = np.sqrt(log.load_square / ticks)
    bones = _bones(skeleton, log, ticks)
    limits = np.sqrt(log.limit_square / ticks)
    return Measures(
        distance_m=distance,
        time_up_s=float(time_up),
        speed_m_s=speed,
        froude=speed * speed / (GRAVITY * plan.gravity_scale * hip),
        hip_heights=distance / hip,
        stride_length_m=speed * steps.stride_time_s,
        stride_frequency_hz=1.0 / steps.stride_time_s if steps.strides else 0.0,
        duty_factor=float(np.mean(steps.duty_factors)),
        alternation=steps.alternation,
        strain_bw=float(rms.mean() / weight),
        peak_ground_force_bw=float(totals.ground_peak / weight),
        mean_ground_force_bw=float(totals.ground_impulse / weight / max(time_up, tick)),
        limit_torque=float(limits.sum() / weight / hip),
        metabolic_j=float(totals.metabolic),
        positive_work_j=float(totals.positive),
        negative_work_j=float(totals.negative),
        # A tenth of a hip height at least: standing still is not infinitely dear, it is just no transport.
        cost_of_transport=float(totals.metabolic / skeleton.mass / max(distance, 0.1 * hip)),
        pitch_rad=float(np.sqrt(totals.pitch_square / ticks)),
        max_joint_gap=float(log.gap.max() / hip),
        momentum_error=float(totals.momentum_error / weight / max(time_up, tick)),
        loading_rate_bw_s=float(totals.loading_rate / weight),
        peak_bone_stress_mpa=max((bone.peak_mpa for bone in bones.values()), default=0.0),
        ground_work_j=float(totals.ground_work),
        energy_error=_energy_error(totals),
        bones=bones,
        joints=_joints(skeleton, log, ticks),
        gait=steps,
    )


def _joints(skeleton: Skeleton, log: Log, ticks: int) -> dict[str, JointLoad]:
    weight, hip = skeleton.weight, skeleton.hip_height
    rms = np.sqrt(log.load_square / ticks)
    limits = np.sqrt(log.limit_square / ticks)
    reaction = np.sqrt(log.reaction_square / ticks)
    return {
        joint.name: JointLoad(
            rms_n=float(rms[j]),
            rms_bw=float(rms[j] / weight),
            peak_bw=float(log.load_peak[j] / weight),
            limit_torque_nm=float(limits[j]),
            gap=float(log.gap[j] / hip),
            reaction_rms_bw=float(reaction[j] / weight),
            moment_peak_nm=float(log.moment_peak[j]),
        )
        for j, joint in enumerate(skeleton.joints)
    }


def _bones(skeleton: Skeleton, log: Log, ticks: int) -> dict[str, BoneLoad]:
    """The bones with a shaft are in the log in the order of the skeleton."""
    known = [bone.name for bone in skeleton.bones if bone.shaft_radius > 0.0]
    return {
        name: BoneLoad(
            peak_mpa=float(log.stress_peak[h] / 1e6),
            rms_mpa=float(np.sqrt(log.stress_square[h] / ticks) / 1e6),
        )
        for h, name in enumerate(known)
    }


def _energy_error(totals: Any) -> float:
    work = float(totals.positive - totals.negative)
    # Ground and limits can only take: what they gave came from nowhere.
    taken = min(totals.ground_work, 0.0) + min(totals.limit_work, 0.0)
    left = totals.energy_change - totals.driven - taken
    return float(left / work) if work > 0.0 else 0.0


def _tamed(log: Log) -> Log:
    """Returns a log without infinite numbers."""
    totals = np.zeros(1, dtype=TOTALS).view(np.recarray)[0]
    for name in TOTALS.names or ():
        totals[name] = np.nan_to_num(log.totals[name], posinf=0.0, neginf=0.0)
    finite = {n: np.nan_to_num(getattr(log, n), posinf=0.0, neginf=0.0) for n in _SUMS}
    return log._replace(totals=totals, **finite)


def trajectory(skeleton: Skeleton, log: Log, plan: Plan) -> Trajectory:
    """Returns the frames of a log, forces in body weights."""
    frames = log.outcome[3]
    steps = plan.ticks_per_frame * plan.steps_per_tick
    return Trajectory(
        frame_time=plan.dt * steps,
        steps_per_frame=steps,
        poses=log.poses[:frames],
        activation=log.activation[:frames],
        muscle_force=log.muscle_force[:frames] / skeleton.weight,
        joint_load=log.joint_load[:frames] / skeleton.weight,
        ground_force=log.ground_force[:frames] / skeleton.weight,
    )


def _late_speed(log: Log, ticks: int, tick_s: float) -> float:
    """Mean speed over the second half, m/s; 0 for a trial too short to have one."""
    first, last = ticks // 2, ticks - 1
    if last - first < 2:
        return 0.0
    return float((log.com_x[last] - log.com_x[first]) / ((last - first) * tick_s))
