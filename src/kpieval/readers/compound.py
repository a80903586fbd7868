"""Compound files, the container of .xls, .doc, .et, .wps and of encrypted .xlsx: names and streams.

Only what is asked for is followed, and no chain of sectors further than the file is long.
"""

from __future__ import annotations

import struct

from attrs import frozen

_HEADER = 512
_ENTRY = 128
_LAST = 0xFFFFFFFA
"""The greatest number of a sector; those above mark ends and free ones."""

_MOST_ENTRIES = 10_000
_STREAM, _ROOT = 2, 5


@frozen
class Entry:
    """One stream: its first sector and its size."""

    start: int
    size: int


class Compound:
    """A compound file by its bytes. What is damaged reads as absent or short; nothing raises."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        shift, small = struct.unpack_from("<HH", data, 30) if len(data) >= _HEADER else (9, 6)
        self.sector = 1 << (shift if shift in (9, 12) else 9)
        self.small = 1 << (small if small in (6,) else 6)
        self.table = self._table()
        self.root = Entry(_LAST + 1, 0)
        self.entries: dict[str, Entry] = {}
        self._directory()

    def stream(self, name: str) -> bytes:
        """The bytes of a stream, "" when there is none of that name."""
        entry = self.entries.get(name)
        if entry is None:
            return b""
        if entry.size >= self._u32(56):
            return self._chain(entry.start)[: entry.size]
        return self._small_stream(entry)

    @property
    def circles(self) -> bool:
        """Whether a chain of sectors leads back into itself; a library may follow it for ever."""
        large = [each.start for each in self.entries.values() if each.size >= self._u32(56)]
        starts = (self._u32(48), self._u32(60), self.root.start, *large)
        return any(_circles(self.table, start) for start in starts)

    def _u32(self, at: int) -> int:
        return int.from_bytes(self.data[at : at + 4], "little")

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self.sector
        return self.data[start : start + self.sector]

    def _table(self) -> list[int]:
        """The sector that follows each sector."""
        parts = [self._u32(76 + 4 * at) for at in range(109)]
        more, seen = self._u32(68), 0
        most = len(self.data) // self.sector + 1
        while more < _LAST and seen <= most:
            numbers = _numbers(self._at(more))
            if not numbers:
                break
            parts += numbers[:-1]
            more, seen = numbers[-1], seen + 1
        table: list[int] = []
        for sector in parts[: most + 1]:
            if sector < _LAST:
                table += _numbers(self._at(sector))
        return table

    def _chain(self, start: int) -> bytes:
        pieces: list[bytes] = []
        at = start
        while at < len(self.table) and len(pieces) <= len(self.data) // self.sector:
            pieces.append(self._at(at))
            at = self.table[at]
        return b"".join(pieces)

    def _directory(self) -> None:
        listed = self._chain(self._u32(48))
        for at in range(0, min(len(listed), _MOST_ENTRIES * _ENTRY), _ENTRY):
            entry = listed[at : at + _ENTRY]
            if len(entry) < _ENTRY:
                break
            length = int.from_bytes(entry[64:66], "little")
            name = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", errors="replace")
            found = Entry(*struct.unpack_from("<II", entry, 116))
            if entry[66] == _ROOT:
                self.root = found
            elif entry[66] == _STREAM:
                self.entries.setdefault(name, found)

    def _small_stream(self, entry: Entry) -> bytes:
        """A stream too short for sectors of its own: it lies in pieces of the root's."""
        whole = self._chain(self.root.start)
        table = _numbers(self._chain(self._u32(60)))
        pieces: list[bytes] = []
        at = entry.start
        while at < len(table) and len(pieces) <= len(whole) // self.small:
            pieces.append(whole[at * self.small : (at + 1) * self.small])
            at = table[at]
        return b"".join(pieces)[: entry.size]


def _circles(table: list[int], start: int) -> bool:
    seen, at = set[int](), start
    while at < len(table):
        if at in seen:
            return True
        seen.add(at)
        at = table[at]
    return False


def _numbers(data: bytes) -> list[int]:
    count = len(data) // 4
    return list(struct.unpack(f"<{count}I", data[: count * 4]))
