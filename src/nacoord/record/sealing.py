"""What is kept in git's folder is kept with a sum, so that what a crash left half written is noticed.

The key under which it is kept is part of the sum: a torn index can lead to another row that is whole
in itself.
"""

from __future__ import annotations

from zlib import crc32


def seal(data: bytes, key: bytes = b"") -> bytes:
    """Return the sum of data kept under a key (CRC-32, ISO 3309), in four bytes."""
    return crc32(data, crc32(key)).to_bytes(4, "big")


def sealed(data: bytes, key: bytes) -> bytes:
    """Return data with its sum before it."""
    return seal(data, key) + data


def opened(data: bytes, key: bytes) -> bytes | None:
    """Return data that was sealed; None when it is not what it was."""
    told = data[4:]
    return told if seal(told, key) == data[:4] else None
