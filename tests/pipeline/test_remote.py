"""Runs on addresses instead of paths give the same datasets, fetch little twice and lose nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.cli import main as bcp
from pipeline.cli.console import BcpError
from pipeline.remote import Mirror, is_address

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """A store that no disk has, and a cache folder of this test alone."""
    monkeypatch.setattr("pipeline.remote.user_cache_path", lambda _: tmp_path / "cache")
    fs = fsspec.filesystem("memory")
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]
    yield fs
    fs.store.clear()


def put(fs: Any, **texts: str) -> None:
    for name, text in texts.items():
        fs.pipe_file(f"/plans/sub/{name}.txt", text.encode())


def rows(fs: Any) -> pd.DataFrame:
    with fs.open("/out/documents.parquet", "rb") as stream:
        return pd.read_parquet(stream)


def run() -> int:
    return bcp(["extract", "memory://plans", "-o", "memory://out", "--workers", "1", "--quiet"])


def test_an_address_gives_what_a_folder_gives(memory: Any, tmp_path: Path) -> None:
    """The same rows in the same datasets, with paths as below the address."""
    texts = {"one": "แผนดำเนินธุรกิจอย่างต่อเนื่อง", "two": "หนังสือนำส่ง"}
    put(memory, **texts)
    assert run() == 0
    folder = tmp_path / "plans" / "sub"
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_bytes(text.encode())
    assert bcp(["extract", str(folder.parent), "-o", str(tmp_path / "out"), "--workers", "1", "--quiet"]) == 0
    timed = ["processed_at", "seconds"]
    local = pd.read_parquet(tmp_path / "out" / "documents.parquet").drop(columns=timed)
    pd.testing.assert_frame_equal(rows(memory).drop(columns=timed), local)
    there = {path.removeprefix("/out/") for path in memory.find("/out") if "/.store/" not in path}
    assert there == {path.name for path in (tmp_path / "out").iterdir() if path.is_file() and path.name != ".lock"}


def test_another_machine_goes_on_where_the_first_stopped(memory: Any, tmp_path: Path) -> None:
    """What was read is kept at the address; a removed file's rows and results go, and nothing is read twice."""
    put(memory, one="แผนหนึ่ง", two="แผนสอง")
    assert run() == 0
    (tmp_path / "cache").rename(tmp_path / "cache of a machine that is gone")
    memory.rm("/plans/sub/two.txt")
    put(memory, three="แผนสาม")
    assert run() == 0
    with memory.open("/out/run.json", "rb") as stream:
        documents = json.load(stream)["documents"]
    assert {entry["source_path"]: entry["kept"] for entry in documents} == {
        "sub/one.txt": True,
        "sub/three.txt": False,
    }
    assert len([path for path in memory.find("/out/.store") if path.endswith(".arrow")]) == 2


def test_only_what_changed_is_fetched(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that stay as they are stay where they are."""
    put(memory, one="แผนหนึ่ง", two="แผนสอง")
    fetched: list[str] = []
    get_file = memory.get_file
    monkeypatch.setattr(memory, "get_file", lambda there, here: (fetched.append(there), get_file(there, here)))
    Mirror.open("memory://plans", purpose="input").pull()
    put(memory, two="แผนสองฉบับใหม่")
    memory.rm("/plans/sub/one.txt")
    folder = Mirror.open("memory://plans", purpose="input").pull()
    assert fetched == ["/plans/sub/one.txt", "/plans/sub/two.txt", "/plans/sub/two.txt"]
    assert [path.name for path in folder.rglob("*.txt")] == ["two.txt"]


@pytest.mark.parametrize(
    ("address", "code"),
    [("memory://nothing", "address_unreachable"), ("nosuchscheme://plans", "address_unreachable")],
)
def test_a_wrong_address_is_told(memory: Any, address: str, code: str) -> None:
    """With a code and what to do, and without the address itself, which may hold a password."""
    with pytest.raises(BcpError) as told:
        Mirror.open(address, purpose="input").pull()
    assert told.value.code == code
    assert "nothing" not in told.value.message


def test_addresses_are_known_from_paths() -> None:
    """A path with a colon is a path."""
    assert is_address("s3://plans/2570")
    assert not is_address("C:/plans")
    assert not is_address("data/raw")
