import errno
import os

import numpy as np
import pytest

from creatures.faults import BadFile
from sims.errors import RunError
from sims.files import Log, as_plain, read_json, write_json


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "best.json"
    write_json(path, {"a": 1})

    def full(_handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RunError, match="cannot be written: no space left on device"):
        write_json(path, {"a": 2})
    assert read_json(path) == {"a": 1}
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path):
    with pytest.raises(RunError, match="cannot be written: no such file or directory"):
        write_json(tmp_path / "none" / "best.json", {})


def test_numbers_come_back_to_the_bit(tmp_path):
    numbers = [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0.0, 1 / 3]
    write_json(tmp_path / "n.json", {"n": numbers})
    assert [n.hex() for n in read_json(tmp_path / "n.json")["n"]] == [n.hex() for n in numbers]


def test_what_json_cannot_hold_is_a_mistake_of_ours_and_not_written(tmp_path):
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json(tmp_path / "n.json", {"n": float("nan")})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("torn", [b"", b"{", b'{"n": 4}', b"\xff\xfe"])
def test_a_log_is_cut_back_to_whole_lines(tmp_path, torn):
    log = Log(tmp_path / "history.jsonl")
    assert log.documents() == []
    for n in range(4):
        log.append({"n": n})
    with log.path.open("ab") as file:
        file.write(torn)
    assert [line["n"] for line in log.documents()] == [0, 1, 2, 3]
    log.cut(3)
    assert log.path.read_bytes() == b'{"n": 0}\n{"n": 1}\n{"n": 2}\n'
    log.append({"n": 9})
    assert [line["n"] for line in log.documents()] == [0, 1, 2, 9]


def test_a_log_that_lacks_lines_is_said_to(tmp_path):
    log = Log(tmp_path / "history.jsonl")
    log.append({"n": 0})
    with pytest.raises(BadFile, match="has 1 whole lines, and the checkpoint knows of 2"):
        log.cut(2)


def test_a_line_that_is_no_object_is_named(tmp_path):
    path = tmp_path / "history.jsonl"
    path.write_text('{"n": 0}\n[1]\n')
    with pytest.raises(BadFile, match=r"history\.jsonl:2: must be one JSON object"):
        Log(path).documents()


def test_plain_values_are_what_json_holds():
    value = {"a": (1, np.float64(2.5)), "b": np.arange(2), "c": float("inf"), "d": None, "e": True}
    assert as_plain(value) == {"a": [1, 2.5], "b": [0, 1], "c": None, "d": None, "e": True}
    assert type(as_plain(value)["a"][1]) is float
