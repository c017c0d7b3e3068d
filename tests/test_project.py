"""The project's packaging: its wheel, its pinned packages, its make targets, and which module may import which library."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PINS = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if line and not line.startswith("#")]
DATA = ROOT / "data"
KNOWLEDGE = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file() and path.name[0] != "."}
PROGRAM = sorted([*(ROOT / "pathway").rglob("*.py"), *(ROOT / "explorer").rglob("*.py"), ROOT / "app.py"])
FOLDERS_OF_CODE = ("pathway", "explorer", "tests", "docs", "benchmarks")
VIEW = {path for path in PROGRAM if path == ROOT / "app.py" or ROOT / "explorer" in path.parents}


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> str:
    """The output of a command. If the command fails, the test fails with its output."""
    done = subprocess.run(command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist of this tree, and a wheel built from the sdist, as an installer builds it."""
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder)
    run("tar", "-xzf", next(folder.glob("*.tar.gz")), "-C", folder)
    (unpacked,) = (path for path in folder.iterdir() if path.is_dir())
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=unpacked)
    return folder


@pytest.fixture
def wheel(built: Path) -> Iterator[ZipFile]:
    with ZipFile(next(built.glob("*.whl"))) as opened:
        yield opened


def test_the_wheel_has_every_knowledge_file(wheel: ZipFile) -> None:
    inside = {name.removeprefix("pathway/data/") for name in wheel.namelist() if name.startswith("pathway/data/")}
    assert KNOWLEDGE
    assert inside == KNOWLEDGE


def test_the_wheel_has_every_module_of_the_pathway_and_is_marked_as_typed(wheel: ZipFile) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pathway").rglob("*.py")}
    assert {name for name in wheel.namelist() if name.endswith(".py")} == modules
    assert "pathway/py.typed" in wheel.namelist()


def test_the_wheel_installs_the_command_pathway(wheel: ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith("/entry_points.txt"))
    assert "pathway = pathway.cli.main:main" in wheel.read(name).decode()


def test_the_installed_package_reads_its_own_knowledge(wheel: ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "site")
    output = run(
        sys.executable,
        "-c",
        "import pathway; from pathway.knowledge.loader import data_folder; pathway.load(); print(data_folder())",
        cwd=tmp_path,
        PYTHONPATH=str(tmp_path / "site"),
    )
    assert output.strip() == str(tmp_path / "site" / "pathway" / "data")


def test_the_constraints_are_exact_versions_and_nothing_else() -> None:
    assert [line for line in PINS if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)] == []


def test_the_constraints_name_no_address() -> None:
    assert "://" not in (ROOT / "constraints.txt").read_text()


def test_every_installed_package_is_pinned() -> None:
    direct = [Requirement(text) for text in (*PROJECT["build-system"]["requires"], *PROJECT["project"]["dependencies"])]
    direct += [Requirement(text) for extra in PROJECT["project"]["optional-dependencies"].values() for text in extra]
    direct += [Requirement(text) for group in PROJECT["dependency-groups"].values() for text in group if isinstance(text, str)]
    assert with_dependencies(direct) - {canonicalize_name(pin.partition("==")[0]) for pin in PINS} == set()


def with_dependencies(direct: Iterable[Requirement]) -> set[str]:
    """The names of these packages and of all their dependencies in this environment."""
    seen: set[tuple[str, str]] = set()
    queue: list[tuple[str, str]] = [(canonicalize_name(each.name), extra) for each in direct for extra in ("", *each.extras)]
    while queue:
        name, extra = queue.pop()
        if (name, extra) not in seen:
            seen.add((name, extra))
            queue += dependencies(name, extra)
    return {name for name, _ in seen}


def dependencies(name: str, extra: str) -> Iterator[tuple[str, str]]:
    """The direct dependencies of a package with this extra, on this Python and this system."""
    try:
        texts = requires(name) or []
    except PackageNotFoundError:  # not installed here; its own name must be pinned all the same
        return
    for each in map(Requirement, texts):
        if each.marker is None or each.marker.evaluate({"extra": extra}):
            yield from ((canonicalize_name(each.name), wanted) for wanted in ("", *each.extras))


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_readme_names_the_command(command: str) -> None:
    assert command in (ROOT / "README.md").read_text()


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert re.search(r"^make test$", script.read_text(), re.MULTILINE)
    assert os.access(script, os.X_OK)


def test_every_target_of_the_makefile_is_in_its_help() -> None:
    (targets,) = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"^make (\w+)", run("make", "help"), re.MULTILINE)) == set(targets.split())


CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")


def test_the_container_gets_everything_that_serving_needs_and_nothing_of_the_work_on_it() -> None:
    copied = {word.rstrip("/") for line in re.findall(r"^COPY (?!--)(.*) \S+$", CONTAINER, re.MULTILINE) for word in line.split()}
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied == sent
    assert {"app.py", "explorer", "pathway", "data", ".streamlit"} <= copied
    assert all((ROOT / name).exists() for name in copied)


def test_the_container_serves_as_a_user_without_rights_and_can_be_asked_for_its_health() -> None:
    *_, last = re.findall(r"^USER (\S+)$", CONTAINER, re.MULTILINE)
    assert last not in ("root", "0") and CONTAINER.index("USER ") < CONTAINER.index("\nCMD ")
    assert "/_stcore/health" in CONTAINER
    assert "--read-only" in (ROOT / "README.md").read_text()


def test_a_wheel_of_the_pinned_rule_engine_replaces_the_compiler(tmp_path: Path) -> None:
    """What `make` asks before it sets anything up, on a machine without a compiler: with the wheel it goes on."""
    (asks,) = re.findall(r"^define PREFLIGHT\n(.*?)\nendef$", (ROOT / "Makefile").read_text(), re.MULTILINE | re.DOTALL)
    asks = asks.replace("$(WHEELS)", "wheels")
    (tmp_path / "constraints.txt").write_text((ROOT / "constraints.txt").read_text())
    words = [sys.executable, "-c", asks]
    environment = {**os.environ, "CC": "no-such-compiler"}
    refused = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert refused.returncode == 1 and "takes a C compiler" in refused.stderr
    (pin,) = (pin for pin in PINS if pin.startswith("durable_rules=="))
    version = f"cp{sys.version_info.major}{sys.version_info.minor}"
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / f"{pin.replace('==', '-')}-{version}-{version}-linux_x86_64.whl").touch()
    run(*words, cwd=tmp_path, CC="no-such-compiler")


TIMED = re.compile(
    r"\bsleep\(|wait_for_time[o]ut|(?<!z3_solver\.)perf_count[e]r|\bmonotonic\b|\bprocess_time\b|performance\.n[o]w|\btime\.time\b|datetime\.n[o]w"
    r"|setTimeout\([^\n]*\b\d+\b|\btimeout=\d|\.(?:wait|join|result)\(\d|@settings\([^\n]*deadline"
)
"""A sleep, a look at the clock, or seconds of a test's own. How long to wait at most is said once, as PATIENCE."""


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("*.py")), ids=lambda path: path.stem)
def test_no_test_sleeps_or_reads_the_clock(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [f"{number}: {line.strip()}" for number, line in enumerate(lines, 1) if TIMED.search(line)] == []
    assert not imports(path, "time")


@pytest.mark.parametrize(
    "line",
    [
        "sleep" + "(0.1)",
        "page.wait_for_time" + "out(300)",
        "setTimeout" + "(done, 400)",
        "run(timeout" + "=60)",
        "process.wait" + "(30)",
    ],
)
def test_what_waits_by_the_clock_would_be_noticed(line: str) -> None:
    assert TIMED.search(line)


def names_made(path: Path) -> Iterator[str]:
    """The functions and constants that a module makes for others or itself; what a decorator registers is used by that."""
    for made in ast.parse(path.read_text("utf-8")).body:
        match made:
            case ast.FunctionDef(name, decorator_list=[]) if not name.startswith(("test_", "pytest_")):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))


def test_every_definition_is_used() -> None:
    texts = {path: path.read_text("utf-8") for folder in FOLDERS_OF_CODE for path in (ROOT / folder).rglob("*.py")}
    words = Counter(word for text in texts.values() for word in re.findall(r"\w+", text))
    made = [(path, name) for path in texts for name in names_made(path)]
    assert len(made) > 1000
    assert [f"{path}: {name}" for path, name in made if words[name] == 1] == []


def test_every_browser_module_is_type_checked() -> None:
    scripts = sorted((ROOT / "explorer" / "assets").glob("*.js"))
    assert scripts and [path.name for path in scripts if not path.read_text(encoding="utf-8").startswith("// @ts-check\n")] == []


@pytest.mark.parametrize(
    ("library", "allowed"),
    [
        ("durable", {ROOT / "pathway" / "rules.py"}),
        ("durable_rules_engine", {ROOT / "pathway" / "rules.py"}),
        ("streamlit", VIEW),
    ],
)
def test_the_library_is_imported_only_by_the_modules_allowed_to(library: str, allowed: set[Path]) -> None:
    assert {path for path in PROGRAM if imports(path, library)} <= allowed


def imports(path: Path, library: str) -> bool:
    """Whether this file imports a package. Only a file that has its name in a line of an import is parsed."""
    named = re.search(rf"(?m)^.*\b(?:import|from)\b.*\b{library}\b", path.read_text(encoding="utf-8"))
    return bool(named) and library in imported(path)


@cache
def imported(path: Path) -> set[str]:
    """The top-level packages that this file imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}
