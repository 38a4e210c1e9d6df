"""The trial as an ordinary pymunk program: the same animal, space and laws, every step in plain Python.

It is here to be compared with `sims.physics.trial.run_trial`: how much faster the compiled loop is (`trial.py`), and
whether two programs written apart come to the same walk. Bodies are read and pushed through pymunk's own attributes,
contacts come by callback, the maths is floats and lists; of the compiled code only the Python originals of the muscle
curves are called.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pymunk

from creatures.actuation import EFFORT, LEAST_GIVE, ROUNDS, SHARING
from creatures.muscle import (
    DECAY,
    RISE,
    fibre_speed,
    force_length,
    force_velocity,
    metabolic_rate,
    passive_force,
)
from creatures.rig import rig
from creatures.skeleton import GRAVITY, Skeleton
from sims.physics import log, world
from sims.physics.gait import TOUCH
from sims.physics.loop import MOST_LOAD, SMOOTHING, STEPS_PER_PULL, WAKE
from sims.physics.referee import FASTEST, HEADWAY, LOWEST_HIP, MOST_PITCH, STALL_TIME, WIDEST_GAP
from sims.physics.terrain import ground
from sims.physics.trial import (
    FASTEST_CROSSING,
    FRAME_RATE,
    REACH,
    ROUGH_REACH,
    STEPS_PER_TICK,
    TrialSettings,
    gene_table,
    step_of,
)

_force_length: Any = force_length.py_func
_fibre_speed: Any = fibre_speed.py_func
_force_velocity: Any = force_velocity.py_func
_metabolic_rate: Any = metabolic_rate.py_func
_passive_force: Any = passive_force.py_func


def python_trial(
    skeleton: Skeleton, genome: Sequence[float], settings: TrialSettings
) -> tuple[float, float]:
    """Returns how long a genome stayed up (s) and how far it got (m)."""
    walk = _Walk(skeleton, genome, settings)
    walk.settle()
    start, ticks = walk.feel(), 0
    while walk.goes_on(ticks):
        walk.tick(ticks)
        walk.feel()
        ticks += 1
    return ticks * walk.time, walk.com_x - start


def _plain(skeleton: Skeleton) -> SimpleNamespace:
    """The animal's numbers as lists of floats: NumPy is slow at one number at a time."""
    arrays = rig(skeleton)._asdict()
    animal = SimpleNamespace(
        **{name: v.tolist() if hasattr(v, "tolist") else v for name, v in arrays.items()}
    )
    animal.effects = [
        [(j, row[j]) for j in crossed]
        for row, crossed in zip(animal.effect, animal.crossed, strict=True)
    ]
    spans = [(*bones, *ends) for bones, ends in zip(animal.span_bone, animal.span_end, strict=True)]
    animal.spans = [spans[a:b] for a, b in pairwise(animal.span_start)]
    return animal


def _reach(skeleton: Skeleton, settings: TrialSettings) -> float:
    least, more = ROUGH_REACH
    units = settings.seconds / skeleton.time_unit
    flat = settings.terrain.kind == "flat"
    heights = max(REACH, FASTEST_CROSSING * units) if flat else least + more * units
    return heights * skeleton.hip_height


_JOINT_GENES = ("offset", "cosine", "sine", "cosine2", "sine2", "stiffness", "damping")
_LIMB_GENES = ("place.position", "place.speed", "phase")


class _Genes(dict[str, float]):
    """What each gene stands for, by name; and those of each limb and its joints side by side."""

    def __init__(self, skeleton: Skeleton, genome: Sequence[float]) -> None:
        table = gene_table(skeleton)
        super().__init__(zip(table.names, table.values(genome).tolist(), strict=True))
        self.of_limb, self.of_joint = [], {}
        for limb in skeleton.limbs:
            name = skeleton.limb_kinds[limb.pair]
            self.of_limb.append([self.get(f"{name}.{gene}", 0.0) for gene in _LIMB_GENES])
            for j in limb.joints:
                kind = f"{name}.{skeleton.joints[j].kind}"
                self.of_joint[j] = [self[f"{kind}.{gene}"] for gene in _JOINT_GENES]

    @property
    def tone(self) -> float:
        """Returns the least excitation of every muscle."""
        return min(self["muscle.tone"], 0.5)


class _Walk:
    """One trial under way."""

    def __init__(
        self, skeleton: Skeleton, genome: Sequence[float], settings: TrialSettings
    ) -> None:
        self.animal = _plain(skeleton)
        self.genes = _Genes(skeleton, genome)
        self.calm = _Genes(skeleton, gene_table(skeleton).zeros)
        dt = step_of(skeleton, settings)
        steps = max(2, 2 * round(STEPS_PER_TICK / settings.step_scale / 2))
        self.plan = log.plan(
            *(skeleton, dt, steps, settings.seconds),
            *(FRAME_RATE, settings.may_stall, settings.mass_scale, settings.gravity_scale),
        )
        self.weight = self.animal.total_mass * GRAVITY * settings.gravity_scale
        self.time = dt * steps
        land = ground(settings.terrain, skeleton.hip_height, _reach(skeleton, settings))
        self.land = land.x.tolist(), land.y.tolist()
        scales = settings.mass_scale, settings.gravity_scale
        self.place = world.build(skeleton, land, settings.iterations, dt, *scales)
        self.space = self.place.space
        self._find_parts()
        self._stand_ready()

    def _find_parts(self) -> None:
        self.bodies = list(self.space.bodies)
        hinges = self.space.constraints
        self.pivots = [each for each in hinges if isinstance(each, pymunk.PivotJoint)]
        self.limits = [each for each in hinges if isinstance(each, pymunk.RotaryLimitJoint)]
        self.bone_of = {body: bone for bone, body in enumerate(self.bodies)}
        self.limb_of = {foot: limb for limb, foot in enumerate(self.animal.limb_foot)}
        self.space.on_collision(post_solve=self._touch)
        self.ground = [[0.0, 0.0] for _ in self.limb_of]
        self.wrong = -1

    def _stand_ready(self) -> None:
        animal = self.animal
        joints, muscles = len(animal.parent), len(animal.max_force)
        self.excitation = [0.0] * muscles
        scale = self.plan.gravity_scale
        for _ in range(50):
            self._recruit([torque * scale for torque in animal.support], self.calm.tone)
        self.activation = list(self.excitation)
        self.tension = [a * f for a, f in zip(self.activation, animal.max_force, strict=True)]
        self.rest = list(self.tension)
        self.load = [scale] * len(self.limb_of)
        self.was_down = [True] * len(self.limb_of)
        self.phase = 0.0
        self.smoothing = 1.0 - math.exp(-self.time / (SMOOTHING * self.plan.unit))
        self.headway = 0.0, 0
        self.sums = {"metabolic": 0.0, "positive": 0.0, "negative": 0.0, "peak": 0.0}
        self.smooth_ground = self.weight
        self.load_square, self.limit_square = [0.0] * joints, [0.0] * joints
        self.load_peak, self.smooth_load = [0.0] * joints, [0.0] * joints

    def _touch(self, arbiter: pymunk.Arbiter, _space: pymunk.Space, _data: object) -> None:
        impulse = arbiter.total_impulse
        for shape, sign in zip(arbiter.shapes, (1.0, -1.0), strict=True):
            bone = self.bone_of.get(shape.body)
            if bone is None:
                continue
            if (limb := self.limb_of.get(bone)) is not None:
                self.ground[limb][0] += sign * impulse.x
                self.ground[limb][1] += sign * impulse.y
            else:
                self.wrong = bone

    def settle(self) -> None:
        """Stands for a moment, so that soles and springs find their places."""
        for _ in range(self.plan.settle_ticks):
            self.feel()
            self._act(self.calm, 0.0)
            self.wrong = -1
        self.headway = self.feel(), 0

    def feel(self) -> float:
        """Reads all bodies; returns where the centre of mass is, m."""
        animal, unit = self.animal, self.plan.unit
        self.at = [body.position for body in self.bodies]
        self.moves = [body.velocity for body in self.bodies]
        self.turned = [body.angle for body in self.bodies]
        self.spins = [body.angular_velocity for body in self.bodies]
        self.turns = [(math.cos(angle), math.sin(angle)) for angle in self.turned]
        self.com_x = sum(m * at.x for m, at in zip(animal.mass, self.at, strict=True))
        self.com_x /= animal.total_mass
        speed = sum(m * v.x for m, v in zip(animal.mass, self.moves, strict=True))
        self.speed = speed / animal.total_mass * unit / animal.hip_height
        self.pitch = self.turned[animal.root] - animal.root_angle
        ends = list(zip(animal.parent, animal.child, strict=True))
        self.angle = [self.turned[b] - self.turned[a] for a, b in ends]
        self.rate = [(self.spins[b] - self.spins[a]) * unit for a, b in ends]
        self.ahead = [
            (self.com_x - self.at[foot].x - self.turns[foot][0] * stand) / animal.hip_height
            for foot, stand in zip(animal.limb_foot, animal.limb_stand, strict=True)
        ]
        return self.com_x

    def goes_on(self, ticks: int) -> bool:
        """Whether it is on its feet, in one piece, gets on, and has time left."""
        animal, unit = self.animal, self.plan.unit
        fastest = FASTEST * animal.hip_height / unit
        if not all(abs(v.x) <= fastest and abs(v.y) <= fastest for v in self.moves):
            return False
        root = animal.root
        hip_x = self.at[root].x + self.turns[root][0] * animal.root_hip
        hip_y = self.at[root].y + self.turns[root][1] * animal.root_hip
        low = hip_y - self._height(hip_x) < LOWEST_HIP * animal.hip_height
        if self._widest() > WIDEST_GAP * animal.hip_height or self.wrong >= 0:
            return False
        if low or abs(self.pitch) > MOST_PITCH:
            return False
        since = ticks - self.headway[1]
        if since == math.ceil(STALL_TIME * unit / self.time):
            if not self.plan.may_stall:
                gained = self.com_x - self.headway[0]
                if gained < HEADWAY * animal.hip_height:
                    return False
            self.headway = self.com_x, ticks
        return ticks < self.plan.ticks

    def _height(self, x: float) -> float:
        xs, ys = self.land
        if x <= xs[0] or x >= xs[-1]:
            return float(ys[0] if x <= xs[0] else ys[-1])
        i = bisect_right(xs, x) - 1
        return float(ys[i] + (ys[i + 1] - ys[i]) * (x - xs[i]) / (xs[i + 1] - xs[i]))

    def _widest(self) -> float:
        widest = 0.0
        for (near, far), pivot in zip(self.animal.anchors, self.pivots, strict=True):
            a, b = self.bone_of[pivot.a], self.bone_of[pivot.b]
            dx = self.at[b].x + self.turns[b][0] * far - self.at[a].x - self.turns[a][0] * near
            dy = self.at[b].y + self.turns[b][1] * far - self.at[a].y - self.turns[a][1] * near
            widest = max(widest, math.hypot(dx, dy))
        return widest

    def tick(self, ticks: int) -> None:
        """Wishes, pulls, steps, measures, and moves the rhythm on."""
        unit = self.plan.unit
        self._act(self.genes, min(ticks * self.time / (WAKE * unit), 1.0))
        self._measure()
        enough = TOUCH * self.weight / len(self.load) * self.time
        for limb, (_, up) in enumerate(self.ground):
            down = up > enough
            if down and not self.was_down[limb]:
                own = self.phase + math.pi * self.animal.limb_side[limb]
                self.phase -= self.genes["rhythm.reset"] * math.atan2(math.sin(own), math.cos(own))
            self.was_down[limb] = down
        self.phase += 2.0 * math.pi * self.genes["rhythm.frequency"] * self.time / unit

    def _act(self, genes: _Genes, vigour: float) -> None:
        plan = self.plan
        self._recruit(self._wish(genes, vigour), genes.tone)
        self._activate()
        self._strength()
        joints = range(len(self.pivots))
        self.pivot_impulse, self.limit_impulse = [0.0 for _ in joints], [0.0 for _ in joints]
        self.ground = [[0.0, 0.0] for _ in self.load]
        for sub in range(plan.steps_per_tick):
            if sub % STEPS_PER_PULL == 0:
                if sub > 0:
                    self.feel()
                self._pull(plan.dt * STEPS_PER_PULL)
                self._ligaments()
            for body, (fx, fy, torque) in zip(self.bodies, self.wrench, strict=True):
                body.force = fx, fy
                body.torque = torque
            self.space.step(plan.dt)
            for j in joints:
                self.pivot_impulse[j] += self.pivots[j].impulse
                self.limit_impulse[j] += self.limits[j].impulse
        standing = self.animal.total_mass * GRAVITY / len(self.load) * self.time
        for limb, (_, up) in enumerate(self.ground):
            felt = min(max(up / standing, 0.0), MOST_LOAD)
            self.load[limb] += self.smoothing * (felt - self.load[limb])

    def _wish(self, genes: _Genes, vigour: float) -> list[float]:
        """The reflex controller."""
        animal = self.animal
        torque = [0.0] * len(self.angle)
        heaviest = max(range(len(self.load)), key=self.load.__getitem__)
        standing_ahead = self.ahead[heaviest] if self.load[heaviest] > 0.0 else 0.0
        for limb, all_joints in enumerate(animal.limb_joint):
            joints = [j for j in all_joints if j >= 0]
            position, speed, late = genes.of_limb[limb]
            stands = min(self.load[limb], 1.0)
            own = self.phase + math.pi * animal.limb_side[limb] + late
            waves = math.cos(own), math.sin(own), math.cos(2.0 * own), math.sin(2.0 * own)
            for j in joints:
                swing = sum(g * w for g, w in zip(genes.of_joint[j][1:5], waves, strict=True))
                torque[j] = self._spring(genes, j, limb, vigour * (genes.of_joint[j][0] + swing))
            hip, stiff = joints[0], genes.of_joint[joints[0]][5]
            placed = (1.0 - stands) * vigour * (position * standing_ahead + speed * self.speed)
            torque[hip] += stiff * (1.0 + genes["stance.stiffness"] * stands) * placed
            torque[hip] = self._hold_trunk(genes, torque[hip], hip, limb, vigour)
            lean = genes["balance.position"] * self.ahead[limb]
            lean += genes["balance.speed"] * self.speed
            torque[joints[-2]] -= stands * lean * 0.5
            torque[joints[-1]] -= stands * lean * 0.25
        self._axis(genes, vigour, torque)
        return torque

    def _spring(self, genes: _Genes, j: int, limb: int, bent: float) -> float:
        """Draws a joint to where it should be, and carries the load that is on the foot."""
        animal, (*_, stiffness, damping) = self.animal, genes.of_joint[j]
        first = animal.limb_joint[limb][0] == j
        bend = 1.0 if first or animal.standing[j] > 0.0 else -1.0
        stiffness *= 1.0 + genes["stance.stiffness"] * min(self.load[limb], 1.0)
        off = animal.standing[j] + bend * bent - self.angle[j]
        carried = genes["stance.load"] * self.load[limb] * animal.support[j]
        return stiffness * off - damping * self.rate[j] + carried

    def _hold_trunk(self, genes: _Genes, pull: float, hip: int, limb: int, vigour: float) -> float:
        """The leg that stands keeps the trunk level, as far as it cares for it."""
        spin = self.spins[self.animal.root] * self.plan.unit
        trunk = genes["trunk.stiffness"] * (self.pitch - genes["trunk.lean"] * vigour)
        trunk += genes["trunk.damping"] * spin
        trunk += genes["stance.load"] * self.load[limb] * self.animal.support[hip]
        share = min(max(genes["trunk.share"], 0.0), 1.0) * min(self.load[limb], 1.0)
        return (1.0 - share) * pull + share * trunk

    def _axis(self, genes: _Genes, vigour: float, torque: list[float]) -> None:
        """Tail and neck."""
        animal, spin = self.animal, self.spins[self.animal.root] * self.plan.unit
        lift = genes["tail.cosine"] * math.cos(2.0 * self.phase)
        lift += genes["tail.sine"] * math.sin(2.0 * self.phase) + genes["tail.offset"]
        answer = genes["tail.pitch"] * self.pitch + genes["tail.rate"] * spin
        for j in animal.tail:
            target = animal.standing[j] - vigour * lift + answer
            torque[j] = 0.12 * (target - self.angle[j]) - 0.04 * self.rate[j]
        for j in animal.neck:
            target = animal.standing[j] + vigour * genes["neck.offset"]
            target -= genes["neck.pitch"] * self.pitch
            torque[j] = 0.08 * (target - self.angle[j]) - 0.03 * self.rate[j]

    def _recruit(self, wish: list[float], tone: float) -> None:
        """Least squares, muscle by muscle, from the excitation of the last look."""
        missing = [w * e for w, e in zip(wish, self.animal.ease, strict=True)]
        for e, effects in zip(self.excitation, self.animal.effects, strict=True):
            for j, effect in effects:
                missing[j] -= effect * e
        for _ in range(ROUNDS):
            for m, effects in enumerate(self.animal.effects):
                before = self.excitation[m]
                gain, size = -EFFORT * before, EFFORT
                for j, effect in effects:
                    gain += effect * missing[j]
                    size += effect * effect
                now = min(max(before + gain / size, tone), 1.0)
                for j, effect in effects:
                    missing[j] -= effect * (now - before)
                self.excitation[m] = now

    def _activate(self) -> None:
        for m, (goal, now) in enumerate(zip(self.excitation, self.activation, strict=True)):
            slowness = RISE if goal > now else DECAY
            self.activation[m] = goal + (now - goal) * math.exp(-self.time / slowness)

    def _lines(self, m: int) -> list[tuple[int, int, float, float, float, float, float, float]]:
        """Of each straight piece of a muscle: bones, ends from the centres of mass, and the way across."""
        found = []
        for a, b, px, py, qx, qy in self.animal.spans[m]:
            (ca, sa), (cb, sb) = self.turns[a], self.turns[b]
            ax, ay = ca * px - sa * py, sa * px + ca * py
            bx, by = cb * qx - sb * qy, sb * qx + cb * qy
            dx = self.at[b].x + bx - self.at[a].x - ax
            dy = self.at[b].y + by - self.at[a].y - ay
            found.append((a, b, ax, ay, bx, by, dx, dy))
        return found

    def _strength(self) -> None:
        animal = self.animal
        self.able, self.passive = [], []
        for m, most in enumerate(animal.max_force):
            length = sum(math.hypot(*line[6:]) for line in self._lines(m))
            fibre = animal.fibre_length[m]
            stretch = 1.0 + (length - animal.muscle_length[m]) / fibre
            passive = _passive_force(stretch) * most
            drawn_out = max(self.tension[m] - passive, 0.0) - self.rest[m]
            stretch -= drawn_out * animal.tendon_give[m] / fibre
            self.able.append(self.activation[m] * _force_length(stretch) * most)
            self.passive.append(passive)

    def _pull(self, dt: float) -> None:
        animal = self.animal
        self.wrench = [[0.0, 0.0, 0.0] for _ in self.bodies]
        self.shortening, self.fibres = [], []
        for m, fastest in enumerate(animal.fastest):
            rate, pieces = 0.0, []
            for a, b, ax, ay, bx, by, dx, dy in self._lines(m):
                shrink = 1.0 / math.sqrt(dx * dx + dy * dy + 1e-18)
                ux, uy = dx * shrink, dy * shrink
                at, bt = ax * uy - ay * ux, bx * uy - by * ux
                va, vb = self.moves[a], self.moves[b]
                rate += (vb.x - va.x) * ux + (vb.y - va.y) * uy
                rate += self.spins[b] * bt - self.spins[a] * at
                pieces.append((a, b, ux, uy, at, bt))
            able, passive = self.able[m], self.passive[m]
            own = SHARING * animal.mobility[m] * dt * dt
            give = max(animal.tendon_give[m] + own, LEAST_GIVE)
            lacks = passive - self.tension[m] - rate * dt / give
            now = _fibre_speed(able, lacks, fastest * dt / give)
            force = able * _force_velocity(now) + passive
            self.tension[m] = force
            self.fibres.append(now)
            self.shortening.append(-rate)
            for a, b, ux, uy, at, bt in pieces:
                near, far = self.wrench[a], self.wrench[b]
                near[0] += force * ux
                near[1] += force * uy
                near[2] += force * at
                far[0] -= force * ux
                far[1] -= force * uy
                far[2] -= force * bt

    def _ligaments(self) -> None:
        animal = self.animal
        for j, (a, b) in enumerate(zip(animal.parent, animal.child, strict=True)):
            off = self.turned[b] - self.turned[a] - animal.standing[j]
            spin = self.spins[b] - self.spins[a]
            torque = animal.preload[j] - animal.stiffness[j] * off - animal.damping[j] * spin
            self.wrench[b][2] += torque
            self.wrench[a][2] -= torque

    def _measure(self) -> None:
        sums, time = self.sums, self.time
        for m, (v, force) in enumerate(zip(self.shortening, self.tension, strict=True)):
            fastest, most = self.animal.fastest[m], self.animal.max_force[m]
            effort = self.activation[m] * most * fastest
            sums["metabolic"] += effort * _metabolic_rate(self.fibres[m]) * time
            sums["positive" if force * v > 0.0 else "negative"] += force * v * time
        up = sum(each[1] for each in self.ground)
        self.smooth_ground += self.smoothing * (up / time - self.smooth_ground)
        sums["peak"] = max(sums["peak"], self.smooth_ground)
        for j, (pivot, limit) in enumerate(
            zip(self.pivot_impulse, self.limit_impulse, strict=True)
        ):
            force = pivot / time
            self.smooth_load[j] += self.smoothing * (force - self.smooth_load[j])
            self.load_square[j] += force * force
            self.load_peak[j] = max(self.load_peak[j], self.smooth_load[j])
            self.limit_square[j] += (limit / time) ** 2
