"""Where a run reads and writes: paths as they are, addresses by way of a mirror on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from docmodel.errors import BcpError
from pipeline.remote import Mirror, is_address
from pipeline.store import STORE_FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The input and the output as paths of this machine; ``mirror`` is set where the output lies elsewhere."""

    input: Path
    output: Path
    mirror: Mirror | None = None

    def keep(self) -> None:
        """Put what is done by now in its place, now and then; a place that refuses is told at the end."""
        if self.mirror is not None:
            with suppress(BcpError):
                self.mirror.push_now_and_then()

    def finish(self) -> None:
        """Put everything in its place."""
        if self.mirror is not None:
            self.mirror.push(finished=True)


@contextmanager
def placed(input_text: str, output_text: str) -> Iterator[Places]:
    """The places of a run; what is done by the time it breaks off is kept at the output's address, too.

    Raises ConfigError or EngineMissingError where an address cannot be used.
    """
    input_path = Path(input_text)
    if is_address(input_text):
        input_path = Mirror.open(input_text, purpose="input").pull()
    if not is_address(output_text):
        yield Places(input=input_path, output=Path(output_text))
        return
    mirror = Mirror.open(output_text, purpose="output")
    mirror.pull(only=STORE_FOLDER)
    try:
        yield Places(input=input_path, output=mirror.folder, mirror=mirror)
    except BaseException:
        with suppress(BcpError):
            mirror.push()
        raise
