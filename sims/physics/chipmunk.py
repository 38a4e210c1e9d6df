"""The bridge: pymunk's own C functions, callable from compiled code.

Only pointers, integers and doubles cross; vectors do not. Bodies are therefore read and written through pymunk's batch
iterators, which pour them into flat buffers. The addresses are registered by name with LLVM, so compiled code that
calls them can be cached on disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import llvmlite.binding
import numpy as np
import pymunk
import pymunk.batch
from numba import types
from numpy.typing import NDArray
from pymunk._chipmunk import ffi, lib

_POINTER = types.uintp


def _symbol(name: str) -> int:
    address = int(ffi.cast("uintptr_t", ffi.addressof(lib, name)))
    llvmlite.binding.add_symbol(name, address)
    return address


def _function(name: str, result: Any, *arguments: Any) -> Any:
    _symbol(name)
    return types.ExternalFunction(name, result(*arguments))


step = _function("cpSpaceStep", types.void, _POINTER, types.float64)
each_body = _function("cpSpaceEachBody", types.void, _POINTER, _POINTER, _POINTER)
each_arbiter = _function("cpSpaceEachCachedArbiter", types.void, _POINTER, _POINTER, _POINTER)
constraint_impulse = _function("cpConstraintGetImpulse", types.float64, _POINTER)

GET_BODY = _symbol("pmSpaceBodyGetIteratorFuncBatched")
SET_BODY = _symbol("pmSpaceBodySetIteratorFuncBatched")
GET_ARBITER = _symbol("pmSpaceArbiterIteratorFuncBatched")

MOTION = 6
"""Numbers read for a body: x, y, angle, vx, vy, spin."""
WRENCH = 3
"""Numbers written for a body: force x, y and torque."""

# pymunk's arrays give NumPy's memory back to the C library when they grow; with this much room they never do.
_SPARE = 16


def address(pointer: Any) -> int:
    """Returns a C pointer as the integer that compiled code passes on."""
    return int(ffi.cast("uintptr_t", pointer))


@dataclass(frozen=True, slots=True)
class Buffer:
    """A flat buffer that a batch iterator fills or reads, and what keeps its memory alive."""

    pointer: int
    """Of the ``pmBatchedData``, for `each_body` and `each_arbiter`."""
    floats: NDArray[np.float64]
    """The numbers, one body or arbiter after the other."""
    ints: NDArray[np.uint64]
    """The identities, where the fields ask for them."""
    float_count: NDArray[np.int32]
    """(1,) how many floats are in use: set to 0 before each call."""
    int_count: NDArray[np.int32]
    """(1,) how many ints are in use: set to 0 before each call."""
    _alive: tuple[Any, ...]


def buffer(fields: Any, floats: int, ints: int) -> Buffer:
    """Makes a buffer for so many numbers of the given fields (`pymunk.batch` flags)."""
    numbers = np.zeros(floats + _SPARE, dtype=np.float64)
    identities = np.zeros(ints + _SPARE, dtype=np.uint64)
    float_array, float_count = _array("pmFloatArray *", "double[]", numbers)
    int_array, int_count = _array("pmIntArray *", "uintptr_t[]", identities)
    data = ffi.new("pmBatchedData *")
    data.fields = fields.value
    data.floatArray = float_array
    data.intArray = int_array
    alive = (data, float_array, int_array)
    return Buffer(address(data), numbers, identities, float_count, int_count, alive)


def _array(kind: str, element: str, memory: NDArray[Any]) -> tuple[Any, NDArray[np.int32]]:
    array = ffi.new(kind)
    array.arr = ffi.from_buffer(element, memory)
    array.max = memory.size
    array.num = 0
    count = np.frombuffer(ffi.buffer(ffi.addressof(array[0], "num")), dtype=np.int32)
    return array, count


def space_address(space: pymunk.Space) -> int:
    """Returns the address of a space for compiled code; the space must outlive the call."""
    return address(space._space)


def constraint_address(constraint: pymunk.Constraint) -> int:
    """Returns the address of a constraint for compiled code."""
    return address(constraint._constraint)


BODY_MOTION = (
    pymunk.batch.BodyFields.POSITION
    | pymunk.batch.BodyFields.ANGLE
    | pymunk.batch.BodyFields.VELOCITY
    | pymunk.batch.BodyFields.ANGULAR_VELOCITY
)
BODY_WRENCH = pymunk.batch.BodyFields.FORCE | pymunk.batch.BodyFields.TORQUE
CONTACT = (
    pymunk.batch.ArbiterFields.BODY_A_ID
    | pymunk.batch.ArbiterFields.BODY_B_ID
    | pymunk.batch.ArbiterFields.TOTAL_IMPULSE
)
"""Of an arbiter: who touches whom (two ints), and the impulse of the last step (two floats, N s)."""
