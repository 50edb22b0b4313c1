"""Files on disk, named by the hash of their content."""

from __future__ import annotations

import os
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Protocol


class Storage(Protocol):
    """Keeps bytes under a name made of their content."""

    def put(self, body: bytes, ending: str) -> str:
        """Keep the bytes; their name."""

    def open(self, name: str) -> bytes:
        """The bytes of a name. Raises FileNotFoundError."""

    def delete(self, name: str) -> None:
        """Forget a name; unknown ones are fine."""

    def url(self, name: str) -> str:
        """The public address of a name."""


class Disk:
    """Keeps files below one folder, spread over 256 of the first two hash signs."""

    def __init__(self, folder: Path, prefix: str = "/files/") -> None:
        self.folder, self._prefix = folder, prefix

    def path(self, name: str) -> Path:
        """Where a name lies; never outside the folder."""
        plain = Path(name).name
        return self.folder / plain[:2] / plain

    def put(self, body: bytes, ending: str) -> str:
        """Write once; equal content gives the same name."""
        name = f"{sha256(body).hexdigest()[:40]}.{ending}"
        path = self.path(name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            Path(draft).chmod(0o644)
            Path(draft).rename(path)
        return name

    def open(self, name: str) -> bytes:
        """The bytes. Raises FileNotFoundError."""
        return self.path(name).read_bytes()

    def delete(self, name: str) -> None:
        """Remove the file if it is there."""
        self.path(name).unlink(missing_ok=True)

    def url(self, name: str) -> str:
        """Below `/files/`."""
        return self._prefix + name


class Unlisted(Disk):
    """The same folder under names that the public address of files does not give out."""

    def put(self, body: bytes, ending: str) -> str:
        """Write once; a room says who may see it."""
        return super().put(body, f"private.{ending}")


def is_whole(storage: Storage, name: str, checksum: str) -> bool:
    """Whether a kept file is there and still has this SHA-256."""
    try:
        return sha256(storage.open(name)).hexdigest() == checksum
    except FileNotFoundError:
        return False
