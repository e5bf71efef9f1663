"""The text of a PDF as one who copies it gets it: glyphs read through the tables of its fonts."""

import re
import zlib
from collections.abc import Iterator, Mapping

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_LINE = re.compile(rb"\[((?:\((?:\\.|[^\\()])*\)|[-\d. ])*)\]TJ", re.DOTALL)
_PIECE = re.compile(rb"\(((?:\\.|[^\\()])*)\)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def readings(pdf: bytes) -> list[str]:
    """The lines of the document read with each font: each text stands in one of them."""
    unpacked = list(_streams(pdf))
    lines = [line for stream in unpacked for line in _lines(stream)]
    fonts = [_font(stream) for stream in unpacked if b"begincmap" in stream]
    return ["\n".join(_read(line, font) for line in lines) for font in fonts]


def _streams(pdf: bytes) -> Iterator[bytes]:
    for found in _STREAM.finditer(pdf):
        try:
            # A last byte that looks like the end of a line was left out: all before it is read.
            yield zlib.decompressobj().decompress(found[1])
        except zlib.error:
            continue


def _font(stream: bytes) -> Mapping[int, str]:
    """What each glyph means."""
    pairs = _PAIR.findall(b"".join(re.findall(rb"beginbfchar(.*?)endbfchar", stream, re.DOTALL)))
    return {
        int(glyph, 16): bytes.fromhex(sign.decode()).decode("utf-16-be") for glyph, sign in pairs
    }


def _lines(stream: bytes) -> Iterator[bytes]:
    for line in _LINE.findall(stream):
        yield b"".join(_ESCAPE.sub(_sign, piece) for piece in _PIECE.findall(line))


def _sign(found: re.Match[bytes]) -> bytes:
    said = found[1]
    return bytes([int(said, 8)]) if said.isdigit() else _SIGNS.get(said, said)


def _read(line: bytes, font: Mapping[int, str]) -> str:
    glyphs = (int.from_bytes(line[n : n + 2], "big") for n in range(0, len(line) - 1, 2))
    return "".join(font.get(glyph, "\ufffd") for glyph in glyphs)
