"""A species file that changes on the disk while its animal is watched: noticed, checked, said, and walked."""

import os
import time
from dataclasses import replace

os.environ["SDL_VIDEODRIVER"] = "dummy"

import pytest
import sims_small as small
import window_small

from creatures.assemble import assemble
from creatures.changes import changes, told
from creatures.species import load_species
from sims.genomes.record import write_genome
from sims.live.edited import EVERY_S, Edited
from sims.physics.trial import gene_table
from sims.platform import platform
from sims.runs.asked import Asked
from sims.window.app import App, Options
from sims.window.view import Begin
from sims.window.watching import Watching

MINE = """plan = "biped"
mass_kg = 430

[bones.thigh]
length_m = 0.600

[bones.shank]
length_m = 0.560

[bones.metatarsus]
length_m = 0.298
"""
LONGER = MINE.replace("0.560", "0.580")
WRONG = MINE.replace("0.560", "-5")


@pytest.fixture
def mine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    return path


def by_rename(path, text):
    """As many editors do."""
    aside = path.with_suffix(".swp")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


class Looks:
    """A file that is looked at once a second."""

    def __init__(self, path):
        self.edited, self.clock = Edited(path), 0.0

    def __call__(self):
        self.clock += EVERY_S
        return self.edited.settled(self.clock)


# Whether a file has changed.


def test_a_file_that_nobody_touches_never_changes(mine):
    look = Looks(mine)
    os.utime(mine)
    assert [look() for _ in range(4)] == [False] * 4


def test_a_change_is_noticed_once_it_has_stood_for_two_looks_and_only_once(mine):
    look = Looks(mine)
    by_rename(mine, LONGER)
    assert [look() for _ in range(4)] == [False, True, False, False]


def test_between_two_looks_nothing_is_read(mine):
    edited = Edited(mine)
    mine.write_text(LONGER, encoding="utf-8")
    assert not edited.settled(10.0)
    assert not any(edited.settled(10.0 + 0.1 * n) for n in range(10))
    assert edited.settled(10.0 + EVERY_S)


def test_a_file_that_is_still_being_written_is_waited_for(mine):
    look = Looks(mine)
    seen = []
    for end in (10, 50, len(LONGER)):
        mine.write_text(LONGER[:end], encoding="utf-8")
        seen.append(look())
    assert seen == [False] * 3
    assert look()


@pytest.mark.parametrize("gone", [False, True], ids=["emptied", "moved away"])
def test_a_file_that_is_empty_or_gone_for_a_moment_is_no_change(gone, mine):
    look = Looks(mine)
    mine.unlink() if gone else mine.write_text("", encoding="utf-8")
    assert [look(), look()] == [False, False]
    mine.write_text(MINE, encoding="utf-8")
    assert [look() for _ in range(4)] == [False] * 4


def test_a_file_that_stays_empty_is_a_change_in_the_end(mine):
    look = Looks(mine)
    mine.write_text("", encoding="utf-8")
    assert [look() for _ in range(5)] == [False, False, False, True, False]


def test_a_change_of_the_plan_beside_it_counts_too(mine):
    plan = mine.with_name("own-plan.toml")
    plan.write_text("one", encoding="utf-8")
    mine.write_text('plan = "own-plan.toml"\n', encoding="utf-8")
    look = Looks(mine)
    plan.write_text("other", encoding="utf-8")
    assert [look(), look()] == [False, True]


# What has changed.


def test_changes_are_told_as_a_person_wrote_them(mine):
    before = load_species(mine)
    text = LONGER.replace("430", '{ value = 500, source = "a scale" }')
    mine.write_text(text + "mass_share = 0.02\n", encoding="utf-8")
    assert changes(before, load_species(mine)) == [
        "mass_kg 430 → 500",
        'bone "shank": length_m 0.56 → 0.58',
        'bone "metatarsus": mass_share 0.016 → 0.02',
    ]


def test_many_changes_are_counted():
    assert told(["a 1 → 2"]) == "a 1 → 2"
    assert told(["a", "b", "c", "d", "e"]) == "a; b; c; and 2 more"


def test_a_source_changes_nothing_of_the_body(mine):
    before = load_species(mine)
    mine.write_text(MINE.replace("430", '{ value = 430, source = "x" }'), encoding="utf-8")
    assert changes(before, load_species(mine)) == []


# The window.


class Quiet:
    """A run that never says anything."""

    def __init__(self, asked):
        self.asked, self.closed = asked, False

    def poll(self):
        return []

    def ask(self, command):
        pass

    def close(self):
        self.closed = True
        return []


def opened(asked):
    """A window on the animal of that file, and the runs that were begun in it."""
    runs = []

    def begin(asked):
        runs.append(Quiet(asked))
        return runs[-1]

    species = load_species("mine.toml")
    return App(lambda: Watching(asked, (assemble(species), species.look), begin), Options()), runs


@pytest.fixture
def window(mine):
    app, runs = opened(Asked("mine.toml", seed=7, out=mine.parent / "first", workers=0))
    yield app, runs
    app._close()


def walk_of(name, path):
    """A genome file with a walk of some animal."""
    species = load_species(name)
    genes = (0.1,) * len(gene_table(assemble(species)))
    write_genome(path, replace(small.a_genome(), species=species, genes=genes, recording=None))
    return path


def seconds(app, count):
    for _ in range(4 * count):
        app.frame(0.25)


def said(app):
    hud = app.desk.screen.hud
    shown = hud._told is not None and app.desk._clock < hud._told_until
    return " ".join(hud._told) if shown else ""


def test_a_changed_animal_begins_a_new_run_in_the_same_window(window, mine):
    app, runs = window
    seconds(app, 3)
    assert len(runs) == 1
    by_rename(mine, LONGER)
    seconds(app, 3)
    assert len(runs) == app.desk.runs == 2
    assert 'bone "shank": length_m 0.56 → 0.58' in said(app)
    assert (runs[1].asked.seed, runs[1].asked.out) == (7, None)
    assert app.desk.view.skeleton.leg_length == pytest.approx(0.6 + 0.58 + 0.298)
    app.desk.close()
    assert runs[0].closed
    seconds(app, 15)
    assert said(app) == ""
    assert len(runs) == 2


def test_a_fault_is_said_with_its_line_and_the_run_goes_on_until_it_is_mended(window, mine):
    app, runs = window
    mine.write_text(WRONG, encoding="utf-8")
    seconds(app, 3)
    assert 'mine.toml:8: bone "shank": length_m = -5' in said(app)
    seconds(app, 60)
    assert "mine.toml:8" in said(app)
    assert len(runs) == 1
    mine.write_text(LONGER, encoding="utf-8")
    seconds(app, 3)
    assert len(runs) == 2
    assert "fault" not in said(app)


def test_a_fault_that_is_undone_leaves_the_run_as_it_was(window, mine):
    app, runs = window
    mine.write_text(WRONG, encoding="utf-8")
    seconds(app, 3)
    mine.write_text(MINE, encoding="utf-8")
    seconds(app, 3)
    assert len(runs) == 1
    assert "the run goes on" in said(app)
    assert "fault" not in said(app)


def test_an_animal_that_cannot_stand_is_a_fault_like_any_other(window, mine):
    app, runs = window
    mine.write_text(MINE + "\n[bones.trunk]\nlength_m = 6.0\n", encoding="utf-8")
    seconds(app, 3)
    assert "cannot stand" in said(app)
    assert len(runs) == 1


@pytest.mark.parametrize(("walker", "begun"), [("allosaurus", 2), ("human", 1)])
def test_a_changed_animal_begins_with_the_same_walk_if_it_still_has_its_genes(walker, begun, mine):
    walk = walk_of(walker, mine.parent / "walk.json")
    app, runs = opened(Asked("mine.toml", begin_from=walk))
    mine.write_text(LONGER, encoding="utf-8")
    seconds(app, 3)
    assert [run.asked.begin_from for run in runs] == [walk] * begun
    assert ("with other genes than" in said(app)) == (begun == 1)
    app._close()


def test_the_walk_is_kept_for_another_seed_of_the_animal_and_let_go_for_another_animal(mine):
    walk = walk_of("mine.toml", mine.parent / "walk.json")
    app, runs = opened(Asked(None, begin_from=walk))
    skeleton = assemble(load_species("mine.toml"))
    present = replace(window_small.ready(), skeleton=skeleton)
    assert skeleton.name == "mine"
    app.desk.view.story.ready = present
    app.acts.do(Begin("mine", 2, "cma", "walk"))
    app.desk.view.story.ready = present
    app.acts.do(Begin("allosaurus", 2, "cma", "walk"))
    wishes = [(run.asked.animal, run.asked.begin_from, run.asked.seed) for run in runs[1:]]
    assert wishes == [(None, walk, 2), ("allosaurus", None, 2)]
    app._close()


def test_another_colour_or_source_does_not_end_the_run(window, mine):
    app, runs = window
    mine.write_text(MINE + '\n[look]\nbody = "#123456"\n', encoding="utf-8")
    seconds(app, 3)
    assert len(runs) == 1
    assert "the run goes on" in said(app)


def test_a_file_that_is_let_go_for_a_shipped_animal_is_no_longer_looked_at(window, mine):
    app, runs = window
    app.acts.do(Begin("velociraptor", 1, "cma", "walk"))
    mine.write_text(LONGER, encoding="utf-8")
    seconds(app, 5)
    assert [run.asked.animal for run in runs] == ["mine.toml", "velociraptor"]


def test_a_real_run_is_followed_by_one_of_the_changed_animal_and_both_have_folders(mine):
    platform()
    species = load_species("mine.toml")
    asked = Asked("mine.toml", None, 100_000, "ga", None, (), 0.6, ("population=4",), None, 0)
    app = App(lambda: Watching(asked, (assemble(species), species.look)), Options())

    def until(wanted):
        end = time.monotonic() + 60.0
        while not wanted():
            assert time.monotonic() < end, "it did not come to that"
            app.frame(0.05)
            time.sleep(0.002)

    try:
        until(lambda: app.desk.view.story.generations)
        first = app.desk.view.story.folder
        by_rename(mine, LONGER)
        until(lambda: app.desk.runs == 2 and app.desk.view.story.generations)
        second = app.desk.view.story.folder
    finally:
        app._close()
    assert first != second
    for folder, length in ((first, "0.56"), (second, "0.58")):
        assert (folder / "checkpoint.json").is_file()
        assert f"value = {length}\n" in (folder / "run.toml").read_text(encoding="utf-8")
