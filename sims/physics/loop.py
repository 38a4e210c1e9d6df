"""The compiled loop: feel, wish, pull, step, measure, watch for a fall. Python does nothing per step."""

from __future__ import annotations

import math

from creatures.actuation import activate, ligaments, muscle_power, pull, strength
from creatures.compiled import compiled
from creatures.controllers import table as controllers
from creatures.rig import Floats, Rig
from creatures.skeleton import GRAVITY
from sims.physics import audit, dynamics, referee, stress
from sims.physics.bodies import Wires, contacts, follow, push, read, wires
from sims.physics.chipmunk import constraint_impulse, step
from sims.physics.gait import TOUCH
from sims.physics.log import FINISHED, SNAPPED, STALLED, UNSTABLE, Log, Plan, empty_log
from sims.physics.moment import Moment, moment
from sims.physics.terrain import Ground
from sims.physics.world import World

STEPS_PER_PULL = 2
"""Steps for which a muscle's pull is held."""
WAKE = 1.0
"""How long the rhythm takes to grow to its full swing, units of time."""
SMOOTHING = 0.06
"""Time constant of the low-pass on forces, units of time: 34 ms for a T. rex."""
MOST_LOAD = 2.0
"""Standing loads that the load reflex answers; it would hop if it answered every bounce."""


def drive(world: World, rig: Rig, genes: Floats, calm: Floats, plan: Plan, land: Ground) -> Log:
    """Runs a trial.

    Args:
        world: fresh; used up by this.
        rig: the same animal.
        genes: (n,) decoded values of the genome.
        calm: (n,) decoded values of the genome that stands, for settling.
        plan: the timing.
        land: the ground the world was built on.

    Returns:
        The log.
    """
    log = empty_log(rig, plan)
    ties = wires(world)
    body = moment(rig, ties, plan.gravity_scale)
    _drive(ties, rig, genes, calm, plan, land.x, land.y, body, log)
    return log


@compiled
def _drive(
    ties: Wires,
    rig: Rig,
    genes: Floats,
    calm: Floats,
    plan: Plan,
    land_x: Floats,
    land_y: Floats,
    body: Moment,
    log: Log,
) -> None:
    now = body.now
    _stand_ready(rig, calm, plan, body)
    for _ in range(plan.settle_ticks):
        read(ties, body.state, body.turn, body.bone_angle)
        _feel(rig, plan, body)
        _wish(rig, calm, plan, 0.0, body)
        _act(ties, rig, plan, body)
        _weigh_feet(rig, plan, body)
        now.wrong = -1
    ending, about, frames, tick = FINISHED, -1, 0, 0
    while True:
        read(ties, body.state, body.turn, body.bone_angle)
        _feel(rig, plan, body)
        snapped = -1
        if tick == 0:
            _start(rig, plan, body, log)
        else:
            snapped = _explain(rig, plan, body, log)
        ending, about = referee.judge(
            rig, plan, body.state, body.turn, land_x, land_y, now.wrong, log.gap
        )
        if ending == FINISHED and snapped >= 0:
            ending, about = SNAPPED, snapped
        if ending == FINISHED and tick - now.headway_tick == referee.stall_ticks(plan):
            if referee.stalled(rig, plan, tick - now.headway_tick, now.com_x - now.headway_x):
                ending = STALLED
            now.headway_x, now.headway_tick = now.com_x, tick
        if ending == UNSTABLE and tick == 0:
            # It came apart while it settled: it never was anywhere.
            log.totals.start_x, log.totals.end_x = 0.0, 0.0
        if ending != UNSTABLE:
            log.totals.end_x = now.com_x
            if tick % plan.ticks_per_frame == 0:
                _keep_frame(body, 0 if tick == 0 else plan.ticks_per_frame, frames, log)
                frames += 1
        if ending != FINISHED or tick == plan.ticks:
            break
        vigour = min(tick * plan.steps_per_tick * plan.dt / (WAKE * plan.unit), 1.0)
        now.shove = plan.push_force if plan.push_from <= tick < plan.push_until else 0.0
        _wish(rig, genes, plan, vigour, body)
        dynamics.remember(rig, body)
        _act(ties, rig, plan, body)
        _weigh_feet(rig, plan, body)
        _measure(rig, plan, body, tick, log)
        _advance(rig, genes, plan, body, tick, log)
        tick += 1
    if ending != UNSTABLE:
        _balance_books(rig, plan, body, tick, log)
    log.outcome[0], log.outcome[1], log.outcome[2], log.outcome[3] = ending, about, tick, frames


@compiled
def _stand_ready(rig: Rig, calm: Floats, plan: Plan, body: Moment) -> None:
    """Muscles are already as active as standing needs: it stands from the first step."""
    controllers.stand(plan.controller, calm, rig, body.torque, body.excitation, body.missing)
    body.standing[:] = body.excitation
    body.activation[:] = body.excitation
    body.tension[:] = body.activation * rig.max_force
    body.standing_tension[:] = body.tension


@compiled
def _start(rig: Rig, plan: Plan, body: Moment, log: Log) -> None:
    now = body.now
    log.totals.energy_change = -audit.energy(rig, plan, body)
    log.totals.start_x = now.com_x
    log.totals.start_vy = now.com_vy
    now.headway_x = now.com_x


@compiled
def _explain(rig: Rig, plan: Plan, body: Moment, log: Log) -> int:
    """Works out what held the animal together in the look that has just ended; returns a bone that broke, or -1."""
    time = plan.steps_per_tick * plan.dt
    dynamics.explain(rig, plan, body, log)
    audit.count(rig, plan, body, log)
    for j in range(rig.parent.size):
        x, y = body.reaction[j, 0] / time, body.reaction[j, 1] / time
        log.reaction_square[j] += x * x + y * y
        moment = body.net_moment[j] / time
        body.smooth_moment[j] += _smoothing(plan) * (moment - body.smooth_moment[j])
        log.moment_peak[j] = max(log.moment_peak[j], abs(body.smooth_moment[j]))
    return stress.weigh(rig, plan, body, log)


@compiled
def _feel(rig: Rig, plan: Plan, body: Moment) -> None:
    """Joint angles and speeds, the centre of mass, the trunk's tilt, where the feet are."""
    state, now = body.state, body.now
    x, vx, vy = 0.0, 0.0, 0.0
    for b in range(rig.mass.size):
        x += rig.mass[b] * state[b, 0]
        vx += rig.mass[b] * state[b, 3]
        vy += rig.mass[b] * state[b, 4]
    now.com_x = x / rig.total_mass
    now.com_vx = vx / rig.total_mass
    now.com_vy = vy / rig.total_mass
    now.pitch = state[rig.root, 2] - rig.root_angle
    for j in range(rig.parent.size):
        near, far = rig.parent[j], rig.child[j]
        body.angle[j] = state[far, 2] - state[near, 2]
        body.rate[j] = (state[far, 5] - state[near, 5]) * plan.unit
    for k in range(rig.limb_foot.size):
        foot = rig.limb_foot[k]
        stand = state[foot, 0] + body.turn[foot, 0] * rig.limb_stand[k]
        body.ahead[k] = (now.com_x - stand) / rig.hip_height - rig.limb_ahead[k]


@compiled
def _wish(rig: Rig, genes: Floats, plan: Plan, vigour: float, body: Moment) -> None:
    """The controller's turn: from what is felt to excitation, and on to activation and strength."""
    now = body.now
    controllers.excite(
        plan.controller,
        genes,
        rig,
        now.phase,
        vigour,
        body.angle,
        body.rate,
        now.pitch,
        body.state[rig.root, 5] * plan.unit,
        body.load,
        body.ahead,
        now.com_vx * plan.unit / rig.hip_height,
        body.standing,
        body.torque,
        body.excitation,
        body.missing,
    )
    activate(body.excitation, body.activation, plan.steps_per_tick * plan.dt)
    strength(
        rig,
        body.state,
        body.turn,
        body.activation,
        body.tension,
        body.standing_tension,
        body.able,
        body.passive,
    )


@compiled
def _act(ties: Wires, rig: Rig, plan: Plan, body: Moment) -> None:
    """Pulls and steps until the next look of the controller."""
    body.pivot_impulse[:] = 0.0
    body.limit_impulse[:] = 0.0
    body.ground[:] = 0.0
    for sub in range(plan.steps_per_tick):
        if sub % STEPS_PER_PULL == 0:
            if sub > 0:
                follow(ties, body.state, body.turn, body.bone_angle)
            body.wrench[:] = 0.0
            pull(
                rig,
                body.state,
                body.turn,
                body.able,
                body.passive,
                body.wrench,
                body.speed,
                body.fibre,
                body.tension,
                body.span,
                plan.dt * STEPS_PER_PULL,
            )
            ligaments(rig, body.state, body.wrench)
            if body.now.shove != 0.0:
                body.wrench[rig.root, 0] += body.now.shove
            held = min(STEPS_PER_PULL, plan.steps_per_tick - sub)
            dynamics.pulled(rig, body, held * plan.dt, held / plan.steps_per_tick)
        push(ties)
        step(ties.space, plan.dt)
        touched = contacts(ties, rig.limb_foot, body.ground, body.felt)
        if touched >= 0:
            body.now.wrong = touched
        for j in range(rig.parent.size):
            body.pivot_impulse[j] += constraint_impulse(ties.pivots[j])
            body.limit_impulse[j] += constraint_impulse(ties.limits[j])


@compiled
def _smoothing(plan: Plan) -> float:
    return 1.0 - math.exp(-plan.steps_per_tick * plan.dt / (SMOOTHING * plan.unit))


@compiled
def _weigh_feet(rig: Rig, plan: Plan, body: Moment) -> None:
    """Keeps the low-passed load on each foot, which reflexes answer.

    In shares of the usual weight under any gravity: they answer in proportion, and half the weight is half the load.
    """
    for k in range(body.load.size):
        part = rig.total_mass * GRAVITY * rig.limb_share[k]
        standing = part * plan.steps_per_tick * plan.dt
        felt = min(max(body.ground[k, 1] / standing, 0.0), MOST_LOAD)
        body.load[k] += _smoothing(plan) * (felt - body.load[k])


@compiled
def _measure(rig: Rig, plan: Plan, body: Moment, tick: int, log: Log) -> None:
    """Adds this tick to everything that is summed or held at its largest."""
    now, totals = body.now, log.totals
    time = plan.steps_per_tick * plan.dt
    smoothing = _smoothing(plan)
    metabolic, positive, negative = muscle_power(
        rig, body.activation, body.speed, body.fibre, body.tension
    )
    totals.metabolic += metabolic * time
    totals.positive += positive * time
    totals.negative += negative * time
    totals.pitch_square += now.pitch * now.pitch
    up = 0.0
    for k in range(body.load.size):
        up += body.ground[k, 1]
        body.frame_ground[k, 0] += body.ground[k, 0] / time
        body.frame_ground[k, 1] += body.ground[k, 1] / time
    totals.ground_impulse += up
    rise = smoothing * (up / time - now.smooth_ground)
    now.smooth_ground += rise
    totals.loading_rate = max(totals.loading_rate, rise / time)
    totals.ground_peak = max(totals.ground_peak, now.smooth_ground)
    log.com_x[tick] = now.com_x
    for j in range(rig.parent.size):
        force = body.pivot_impulse[j] / time
        limit = body.limit_impulse[j] / time
        body.frame_load[j] += force
        body.smooth_load[j] += smoothing * (force - body.smooth_load[j])
        log.load_square[j] += force * force
        log.load_peak[j] = max(log.load_peak[j], body.smooth_load[j])
        log.limit_square[j] += limit * limit


@compiled
def _advance(rig: Rig, genes: Floats, plan: Plan, body: Moment, tick: int, log: Log) -> None:
    """Moves the rhythm on; a foot that lands corrects it."""
    now = body.now
    time = plan.steps_per_tick * plan.dt
    for k in range(body.load.size):
        part = TOUCH * rig.total_mass * GRAVITY * rig.limb_share[k]
        enough = part * time * plan.gravity_scale
        down = body.ground[k, 1] > enough
        log.down[tick, k] = down
        if down and body.was_down[k] == 0:
            now.phase = controllers.phase_reset(plan.controller, genes, rig, now.phase, k)
        body.was_down[k] = down
    rate = controllers.phase_rate(plan.controller, genes)
    now.phase += 2.0 * math.pi * rate * time / plan.unit


@compiled
def _keep_frame(body: Moment, ticks: int, frame: int, log: Log) -> None:
    """Keeps the pose, and the forces averaged over the ticks since the last frame."""
    share = 1.0 / ticks if ticks > 0 else 0.0
    for b in range(body.bone_angle.size):
        for k in range(3):
            log.poses[frame, b, k] = body.state[b, k]
    log.activation[frame] = body.activation
    log.muscle_force[frame] = body.tension
    log.joint_load[frame] = body.frame_load * share
    log.ground_force[frame] = body.frame_ground * share
    body.frame_load[:] = 0.0
    body.frame_ground[:] = 0.0


@compiled
def _balance_books(rig: Rig, plan: Plan, body: Moment, ticks: int, log: Log) -> None:
    """Upward impulse of the ground should be weight x time plus the change of momentum."""
    totals = log.totals
    mass = rig.total_mass * plan.mass_scale
    weight = mass * GRAVITY * plan.gravity_scale * ticks * plan.steps_per_tick * plan.dt
    change = mass * (body.now.com_vy - totals.start_vy)
    totals.momentum_error = totals.ground_impulse - weight - change
    totals.energy_change += audit.energy(rig, plan, body)
