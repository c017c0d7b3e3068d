"""The cache on disk: it gives what reading the files gives, and everything wrong with it counts as an empty cache."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from pathway import Knowledge, Unusable, disk_cache
from pathway.knowledge import loader
from pathway.knowledge.json_values import from_json_values, to_json_values
from pathway.knowledge.loader import data_folder, load

pytestmark = pytest.mark.usefixtures("unchanged_files_are_read_once")
LOADED = load()
ROOT = Path(__file__).parents[1]
KEY = disk_cache.key_of([b"anything"])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an empty cache that is switched on."""
    monkeypatch.setenv("PATHWAY_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def loaded(data: Path | None = None) -> Knowledge:
    """The knowledge as a fresh process loads it."""
    return loader.loaded.__wrapped__(data or data_folder())


def in_full(knowledge: Knowledge) -> list[str]:
    """Everything in it, down to the order of every map and the lines that faults name."""
    return [repr(getattr(knowledge, name)) for name in Knowledge.model_fields]


IN_FULL = in_full(LOADED)


def as_read(knowledge: Knowledge) -> bool:
    """Whether a load gives what reading the files gave."""
    return in_full(knowledge) == IN_FULL and knowledge.ledger == LOADED.ledger


def entry(folder: Path) -> Path:
    """The one entry of the cache."""
    (path,) = folder.iterdir()
    return path


def test_the_second_load_reads_no_yaml_and_gives_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert as_read(loaded())
    monkeypatch.setattr("pathway.knowledge.loader.read_part", None)
    again = loaded()
    assert as_read(again)
    assert (again.folder, again.rule_conditions) == (LOADED.folder, LOADED.rule_conditions)


def test_an_entry_is_json_that_only_its_owner_can_read(folder: Path) -> None:
    loaded()
    checksum, text = entry(folder).read_text("utf-8").split("\n", 1)
    assert (len(checksum), json.loads(text)["hash"]) == (64, LOADED.hash)
    if sys.platform != "win32":
        assert entry(folder).stat().st_mode & 0o077 == folder.stat().st_mode & 0o077 == 0


def test_a_damaged_entry_is_made_anew(folder: Path) -> None:
    loaded()
    whole = entry(folder).read_bytes()
    entry(folder).write_bytes(whole.replace(b"low_back", b"low_bacc", 1))
    assert as_read(loaded())
    assert entry(folder).read_bytes() == whole


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw[:-2], lambda raw: b"", lambda raw: raw.replace(b"low_back", b"low_bacc", 1),
        lambda raw: b"\x80\x05]" + raw, lambda raw: raw + b" ", lambda raw: raw[65:],
    ],
    ids=["cut", "empty", "altered", "a pickle", "longer", "without its checksum"],
)  # fmt: skip
def test_a_damaged_entry_counts_as_missing(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    disk_cache.store("kind", "key", {"region": "low_back"})
    assert disk_cache.stored("kind", "key") == {"region": "low_back"}
    entry(folder).write_bytes(damage(entry(folder).read_bytes()))
    assert disk_cache.stored("kind", "key") is None


def test_an_entry_under_another_name_is_not_taken_for_that_one(folder: Path) -> None:
    disk_cache.store("knowledge", "one", {"a": 1})
    entry(folder).rename(folder / "knowledge-two.json")
    assert (disk_cache.stored("knowledge", "one"), disk_cache.stored("knowledge", "two")) == (None, None)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_an_entry_that_others_may_write_is_not_read(folder: Path) -> None:
    disk_cache.store("kind", "key", [1])
    assert disk_cache.stored("kind", "key") == [1]
    entry(folder).chmod(0o666)
    assert disk_cache.stored("kind", "key") is None


def test_an_entry_with_a_class_of_another_place_is_made_anew(folder: Path) -> None:
    loaded()
    path = entry(folder)
    text = path.read_bytes().split(b"\n", 1)[1].replace(b"pathway.knowledge.models.Frame", b"subprocess.Popen")
    key = path.stem.removeprefix("knowledge-")
    path.write_bytes(sha256(f"knowledge {key}\n".encode() + text).hexdigest().encode() + b"\n" + text)
    assert as_read(loaded())


def test_a_change_of_any_file_is_seen_at_once(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(data_folder(), data)
    assert loaded(data).hash == LOADED.hash
    for path in (data / "frame.yaml", next((data / "options").iterdir()), data / "source/page.yaml"):
        whole = path.read_text("utf-8")
        path.write_text(whole + "# a line more\n", "utf-8")
        assert loaded(data).folder == data
        path.write_text("{", "utf-8")
        with pytest.raises(Unusable):
            loaded(data)
        path.write_text(whole, "utf-8")
    assert len(list(folder.iterdir())) == 4, "one for each contents that can be used"


def test_a_scenario_that_a_theme_names_can_not_go_unnoticed(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(data_folder(), data)
    loaded(data)
    (data / "scenarios" / f"{LOADED.themes[0].scenarios[0]}.yaml").unlink()
    with pytest.raises(Unusable):
        loaded(data)


def test_a_change_of_the_program_leads_to_another_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    key = disk_cache.key_of([b"a"])
    assert key != disk_cache.key_of([b"a", b""]) != disk_cache.key_of([b"", b"a"])
    monkeypatch.setattr(disk_cache, "_program", lambda: b"another version")
    assert disk_cache.key_of([b"a"]) != key


def test_another_version_of_what_parses_the_files_leads_to_another_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    before = disk_cache._program.__wrapped__()
    monkeypatch.setattr(disk_cache, "version", lambda library: f"another {library}")
    assert disk_cache._program.__wrapped__() != before


def test_the_cache_can_be_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATHWAY_CACHE", "off")
    assert as_read(loaded())
    for word in ("off", "OFF", "0", "no"):
        monkeypatch.setenv("PATHWAY_CACHE", word)
        disk_cache.store("kind", "key", 1)
        assert not disk_cache.is_on() and disk_cache.stored("kind", "key") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["a file", "a folder that can't be made"])
def test_a_folder_that_can_not_be_used_is_the_same_as_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "file").write_text("mine")
    monkeypatch.setenv("PATHWAY_CACHE", str(tmp_path / "file" if place == "a file" else tmp_path / "file/in/it"))
    assert as_read(loaded())
    assert (tmp_path / "file").read_text() == "mine"


def test_many_writers_and_readers_at_once_never_see_half_an_entry(folder: Path) -> None:
    value = {"numbers": list(range(5_000))}

    def visit(number: int) -> object:
        disk_cache.store("kind", "key", value)
        return disk_cache.stored("kind", "key")

    with ThreadPoolExecutor(8) as pool:
        assert all(seen == value for seen in pool.map(visit, range(80)))
    assert [path.suffix for path in folder.iterdir()] == [".json"]


def test_two_processes_share_it(folder: Path) -> None:
    words = [sys.executable, "-c", "import pathway; print(pathway.load().hash)"]
    processes = [
        subprocess.Popen(words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=-1, text=True) for _ in "ab"
    ]
    assert [process.communicate()[0].strip() for process in processes] == [LOADED.hash] * 2
    assert entry(folder).suffix == ".json"


def test_old_entries_are_removed(folder: Path) -> None:
    keys = [f"{number:064x}" for number in range(disk_cache.MAX_ENTRIES + 5)]
    for number, key in enumerate(keys):
        disk_cache.store("kind", key, number)
        os.utime(folder / f"kind-{key}.json", (number, number))
    assert len(list(folder.iterdir())) == disk_cache.MAX_ENTRIES
    assert disk_cache.stored("kind", keys[-1]) is not None


def test_what_someone_else_keeps_in_the_folder_stays(folder: Path) -> None:
    folder.mkdir()
    others = [folder / f"holiday-{number}.json" for number in range(disk_cache.MAX_ENTRIES)] + [folder / "film.mp4.part"]
    for path in others:
        path.write_text("{}")
        os.utime(path, (0, 0))
    disk_cache.store("kind", KEY, 1)
    assert all(path.exists() for path in others)


@pytest.mark.parametrize("error", [OSError("No space left on device"), KeyboardInterrupt()], ids=["a full disk", "an interrupt"])
def test_an_entry_that_can_not_be_completed_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", fails)
    with suppress(KeyboardInterrupt):
        disk_cache.store("kind", KEY, 1)
    assert list(folder.iterdir()) == []


def test_what_a_killed_process_left_is_removed_with_the_oldest(folder: Path) -> None:
    folder.mkdir()
    half = folder / f"kind-{KEY}.half_one.part"
    half.write_text("{")
    os.utime(half, (0, 0))
    for number in range(disk_cache.MAX_ENTRIES):
        disk_cache.store("kind", f"{number:064x}", number)
    assert not half.exists()


def test_an_entry_that_is_too_large_to_be_read_is_not_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_cache, "MAX_BYTES", 100)
    disk_cache.store("kind", KEY, "x" * 100)
    assert not folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there, only an administrator makes such links")
def test_the_mark_that_an_editor_puts_beside_a_module_is_no_part_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules.py").touch()
    monkeypatch.setattr(disk_cache, "__file__", str(tmp_path / "disk_cache.py"))
    before = disk_cache._program.__wrapped__()
    (tmp_path / ".#rules.py").symlink_to("me@here.1234")
    assert disk_cache._program.__wrapped__() == before


@pytest.mark.skipif(sys.platform != "linux", reason="others have names in Unicode only")
def test_a_file_beside_may_have_a_name_that_is_not_utf_8(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(data_folder(), data)
    Path(os.fsdecode(bytes(data) + b"/caf\xe9.yaml")).touch()
    assert loaded(data).hash == LOADED.hash


def test_values_that_cannot_be_restored_are_not_stored() -> None:
    for value in (object(), [1], 1.5, {1: "one"}, {"a", "b"}):
        with pytest.raises(TypeError):
            to_json_values(value)
    for kept in (LOADED.ledger, {"day": (date(2026, 2, 28), None, True)}):
        assert from_json_values(json.loads(json.dumps(to_json_values(kept)))) == kept
