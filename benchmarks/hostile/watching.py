"""What a run does beside its results: the memory it takes and the connections it opens."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

import psutil


class Listener:
    """Waits on a port of this machine for anybody who fetches something."""

    def __init__(self) -> None:
        self.count = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._accept, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.count += 1
                connection.close()


class MemoryMeter:
    """The most that this process, and any worker with its own children, took while the context lasted."""

    def __init__(self) -> None:
        self.main_mb = 0.0
        self.worker_mb = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        own = psutil.Process()
        while not self._stop.wait(0.05):
            with suppress(psutil.Error):
                self.main_mb = max(self.main_mb, own.memory_info().rss / 1e6)
                for helper in own.children():
                    for worker in helper.children():
                        self._look(worker)

    def _look(self, worker: psutil.Process) -> None:
        with suppress(psutil.Error):
            used = worker.memory_info().rss
            for child in worker.children(recursive=True):
                used += child.memory_info().rss
            self.worker_mb = max(self.worker_mb, used / 1e6)
