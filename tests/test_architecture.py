"""The house keeps its shape: imports go one way, tools agree, the headless path stays headless, all is explained."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("creatures", "evo", "sims")
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"],
    ],
    ids=["ruff check", "ruff format", "mypy", "imports"],
)
def test_the_tools_agree(command):
    done = python(*command)
    assert done.returncode == 0, done.stdout + done.stderr


def imports(path: Path) -> set[str]:
    """Returns the top names of all that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


ONLY = {
    "pymunk": (
        "sims/physics/world.py",
        "sims/physics/chipmunk.py",
        "sims/platform.py",
    ),  # the last asks its version
    "pygame": ("sims/window/",),
    "deap": ("evo/",),
    "matplotlib": ("sims/picture/",),
    "pyarrow": ("sims/export/",),
    "typer": ("sims/cli/",),
    "rich": ("sims/cli/",),
    "av": ("sims/film/",),
    "distributed": ("sims/runs/cluster.py",),
    "dask": ("sims/runs/cluster.py",),
    "PIL": ("sims/film/",),
    "scipy": ("sims/report/",),
}


@pytest.mark.parametrize("library", ONLY)
def test_a_library_has_one_room(library):
    users = [name_of(path) for path in SOURCES if library in imports(path)]
    assert [user for user in users if not user.startswith(ONLY[library])] == []


@pytest.mark.parametrize("module", ["pickle", "shelve", "marshal", "dill"])
def test_nothing_is_saved_in_a_way_that_could_run_code(module):
    assert [name_of(path) for path in SOURCES if module in imports(path)] == []


def test_chance_is_an_argument():
    users = [name_of(path) for path in SOURCES if "random" in imports(path)]
    assert [user for user in users if not user.startswith("evo/")] == []


def public(path: Path):
    """Yields every public class, function and method of a file, and the file itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield "the file", tree
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            yield from (
                (f"{node.name}.{inner.name}", inner)
                for inner in node.body
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_")
            )
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name, node


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_everything_public_is_explained(path):
    if path.read_text(encoding="utf-8").strip():
        assert [name for name, node in public(path) if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_functions_stay_short(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long = {
        node.name: lines
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (lines := body_lines(node)) > LONGEST
    }
    assert long == {}


def body_lines(function: ast.FunctionDef) -> int:
    """Returns the lines of a function without its signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


LONGEST = 50
"""Lines of a function's body, for tables of genes and fields; most functions have a fourth of that."""

HEAVY = (
    "numba",
    "pymunk",
    "matplotlib",
    "deap",
    "pygame",
    "numpy",
    "pyarrow",
    "av",
    "PIL",
    "distributed",
    "scipy",
)


def loaded_by(statement: str) -> set[str]:
    """Returns which heavy libraries a statement has imported, in a fresh process."""
    done = python("-c", f"import sys, json\n{statement}\nprint(json.dumps(sorted(sys.modules)))")
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1])) & set(HEAVY)


def test_help_and_the_list_of_species_answer_without_the_physics():
    for command in ("evolve", "film", "export", "batch", "status", "report", "experiment", "tail"):
        assert loaded_by(f"from sims.cli.app import run; run(['{command}', '--help'])") == set()
    assert loaded_by("from sims.cli.app import run; run(['validate', '--help'])") == set()
    assert loaded_by("from sims.cli.app import run; run(['species'])") <= {"numpy"}


def test_a_headless_run_needs_no_window_and_draws_only_when_asked():
    statement = "import sims.runs.run, sims.genomes.replay, sims.cli.app, sims.cli.words"
    assert loaded_by(statement).isdisjoint({"pygame", "matplotlib", "distributed"})
    assert "pygame" not in loaded_by("import sims.cli.picture, sims.picture")


def test_asking_for_a_film_loads_nothing_that_draws_or_encodes_before_it_is_made():
    assert loaded_by("import sims.cli.film, sims.film.kinds") == set()
    assert "pygame" not in loaded_by("import sims.film.encoder")


def test_no_file_mentions_a_path_of_the_machine_it_was_written_on():
    home = str(Path.home())
    for path in (*SOURCES, *TESTS):
        text = path.read_text(encoding="utf-8")
        assert f"{home}/" not in text, path


def test_every_package_is_named_for_installation():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for init in sorted({path.parent for path in SOURCES if path.name == "__init__.py"}):
        package = name_of(init).replace("/", ".")
        assert f'"{package}",' in text, package


def test_every_file_has_its_line_in_the_map_of_the_house():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    names = [path.name for path in SOURCES if path.name != "__init__.py"]
    assert [name for name in names if not re.search(rf"[`/]{name}`", text)] == []
