"""Small films as cameras and browsers write them, byte by byte."""

from __future__ import annotations

PLACE = b"+50.1234+007.5678/"


def box(kind: bytes, *inside: bytes) -> bytes:
    """A box of an MP4 with what it holds."""
    body = b"".join(inside)
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def mp4(brand: bytes = b"isom", pictures: bytes = b"pictures and sound" * 40) -> bytes:
    """An MP4 that says in three places where it was taken."""
    where = box(b"udta", box(b"\xa9xyz", PLACE))
    return b"".join((
        box(b"ftyp", brand, b"\0\0\2\0", b"mp41"),
        box(b"moov", box(b"mvhd", bytes(100)), box(b"trak", box(b"tkhd", bytes(84)), where), where),
        box(b"uuid", bytes(16), PLACE), box(b"mdat", pictures)))


def element(name: int, *inside: bytes, unknown: bool = False) -> bytes:
    """An element of a WebM with what it holds; of unknown length as a live recording writes it."""
    body = b"".join(inside)
    size = b"\x01" + b"\xff" * 7 if unknown else (len(body) | 1 << 56).to_bytes(8, "big")
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + size + body


def webm(doc_type: bytes = b"webm", unknown: bool = False) -> bytes:
    """A WebM whose tags say where it was taken."""
    tags = element(0x1254C367, element(0x7373, element(0x67C8, element(0x4487, PLACE))))
    return element(0x1A45DFA3, element(0x4282, doc_type)) + element(
        0x18538067, element(0x1549A966, bytes(20)), tags,
        element(0x1F43B675, b"pictures" * 30, unknown=unknown), unknown=unknown)
