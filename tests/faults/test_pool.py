"""Processes that are lost while they have nothing to do: the pool goes on, and nothing fails for it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable

import pytest
from pebble import ProcessExpired
from pebble.pool.process import PoolManager

from docmodel.errors import EngineError
from pipeline.engines import pool as pool_module
from pipeline.engines.pool import WatchedPool
from tests.faults.faulty_work import end_at_once, end_or_tell_process, prepare_nothing, tell_process

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")


def open_pool(prepare: Callable[[], None] = prepare_nothing) -> WatchedPool[tuple[int]]:
    return WatchedPool(tell_process, workers=1, timeout_s=60.0, prepare=prepare, arguments=())


def take_result(pool: WatchedPool[tuple[int]]) -> int:
    done = pool.take(240.0)
    assert done is not None
    return int(done[1].result())


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_an_idle_process_that_is_lost_costs_nothing(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """One that is killed breaks the pool, one that stops holds its queue; what comes after is done all the same."""
    monkeypatch.setattr(pool_module, "_STALLED_S", 3.0)
    monkeypatch.setattr(pool_module, "_LOOK_EVERY_S", 0.2)
    with open_pool() as pool:
        pool.submit((0,))
        first = take_result(pool)
        time.sleep(0.3)
        os.kill(first, number)
        for item in range(1, 4):
            pool.submit((item,))
        others = {take_result(pool) for _ in range(3)}
    assert first not in others


def test_a_death_that_the_pool_does_not_notice_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process may end before the pool knows what it works on; its item ends with it and not at its time limit."""
    monkeypatch.setattr(pool_module, "_LOOK_EVERY_S", 0.2)
    monkeypatch.setattr(PoolManager, "handle_worker_expiration", lambda *_: None)
    with WatchedPool[tuple[int]](
        end_or_tell_process, workers=1, timeout_s=300.0, prepare=prepare_nothing, arguments=()
    ) as pool:
        pool.submit((0,))
        done = pool.take(60.0)
        assert done is not None
        assert isinstance(done[1].exception(), ProcessExpired)
        pool.submit((1,))
        assert take_result(pool) > 0


def test_processes_that_never_start_are_told() -> None:
    """After some tries, with what to do."""
    with pytest.raises(EngineError, match="workers_not_started"), open_pool(end_at_once):
        pass
