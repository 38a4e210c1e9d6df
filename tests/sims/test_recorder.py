"""What a window shows, filmed while it goes on."""

import sys
import time

import numpy as np
import pygame
import pytest
from film_small import apart, decoded, small_disk

from sims.window.palette import PAPER
from sims.window.recorder import FPS, Recorder, fitted

SIZE = 160, 120


def window(number: int, size=SIZE) -> pygame.Surface:
    """A window with something that moves in it."""
    surface = pygame.Surface(size, 0, 32)
    surface.fill((90, 140, 200))
    surface.fill((230, 200, 40), (2 * number % (size[0] - 30), size[1] // 3, 30, 30))
    return surface


def shot(surface: pygame.Surface) -> np.ndarray:
    return pygame.surfarray.array3d(surface).swapaxes(0, 1)


@pytest.mark.parametrize("rate", [7, 24, 30, 60, 144])
def test_a_film_of_the_window_is_as_long_as_it_was_filmed(rate, tmp_path):
    recorder = Recorder(tmp_path / "film.mp4", SIZE)
    for number in range(2 * rate + 1):
        while recorder.is_behind:
            time.sleep(0.001)
        recorder.frame(window(number), 1.0 / rate)
    filmed = recorder.stop()
    said, found = decoded(filmed.path)
    assert filmed.fault == ""
    assert said["fps"] == FPS
    assert filmed.seconds == len(found) / FPS == pytest.approx(2.0, abs=1.01 / FPS)
    assert apart(found[0], shot(window(0))) < 4
    assert apart(found[-1], shot(window(2 * rate))) < 4


def test_pictures_that_come_faster_than_they_are_written_are_made_up_for(tmp_path):
    size = 1280, 720
    recorder = Recorder(tmp_path / "film.mp4", size)
    surface = window(3, size)
    for _ in range(91):
        recorder.frame(surface, 1.0 / FPS)
    assert recorder.seconds <= 91 / FPS
    filmed = recorder.stop()
    assert (filmed.fault, filmed.seconds) == ("", pytest.approx(91 / FPS))
    assert len(decoded(filmed.path)[1]) == 91


def test_a_window_that_changes_its_size_is_fitted_into_the_first_one(tmp_path):
    recorder = Recorder(tmp_path / "film.mp4", (161, 121))
    recorder.frame(window(1, (161, 121)), 0.0)
    recorder.frame(window(1, (160, 60)), 1.0)
    recorder.frame(window(1, (500, 500)), 1.0)
    filmed = recorder.stop()
    said, found = decoded(filmed.path)
    assert tuple(said["size"]) == (160, 120)
    middle, last = found[45], found[-1]
    for bar in (middle[:26], middle[-26:], last[:, :16], last[:, -16:]):
        assert np.abs(bar.astype(int) - PAPER).mean() < 5
    blue = np.array((90, 140, 200))
    assert np.abs(middle[35, 60:] - blue).mean() < 8
    assert np.abs(last[110, 30:130] - blue).mean() < 8


def test_a_picture_of_the_right_size_is_left_as_it_is():
    surface = window(2)
    assert fitted(surface, SIZE) is surface
    odd = fitted(window(2, (161, 121)), SIZE)  # a pixel is cut off, nothing is made smaller
    assert odd.get_size() == SIZE
    assert {tuple(pixel) for pixel in shot(odd).reshape(-1, 3)} == {(90, 140, 200), (230, 200, 40)}


def test_a_film_that_nobody_filmed_is_none(tmp_path):
    filmed = Recorder(tmp_path / "film.mp4", SIZE).stop()
    assert (filmed.fault, filmed.seconds) == ("Nothing was filmed.", 0.0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["no/film.mp4", "film.doc"])
def test_a_film_that_cannot_be_written_is_a_message_and_the_window_goes_on(name, tmp_path):
    recorder = Recorder(tmp_path / name, SIZE)
    for number in range(30):
        recorder.frame(window(number), 1.0 / FPS)
    filmed = recorder.stop()
    assert name in filmed.fault
    assert filmed.seconds == 0.0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
@pytest.mark.parametrize("most", [0, 3000])
def test_a_disk_that_fills_up_is_a_message_and_leaves_nothing(most, tmp_path):
    chance = np.random.default_rng(2)
    recorder = Recorder(tmp_path / "film.mp4", SIZE)
    with small_disk(most):
        for _ in range(60):
            noise = chance.integers(0, 255, (*SIZE, 3), dtype=np.uint8)
            recorder.frame(pygame.surfarray.make_surface(noise), 1.0 / FPS)
        filmed = recorder.stop()
    assert filmed.fault == f"{tmp_path / 'film.mp4'} cannot be written: file too large"
    assert recorder.fault == filmed.fault
    assert list(tmp_path.iterdir()) == []
