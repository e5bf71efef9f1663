"""The pictures in the documentation are those that `make screenshots` takes, all of them shown."""

import re
import struct

from scripts.running import ROOT
from scripts.screenshots import FOLDER, LARGEST, PICTURES, WIDTH

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SHOWN = re.compile(r"docs/pictures/([\w-]+)\.png|\.\./pictures/([\w-]+)\.png")


def test_every_picture_that_the_script_takes_is_there_and_is_shown() -> None:
    taken = {picture.name for picture in PICTURES}
    kept = {file.stem for file in FOLDER.iterdir()}
    shown = {
        name
        for page in PAGES
        for found in SHOWN.findall(page.read_text("utf-8"))
        for name in found
        if name
    }

    assert len(taken) == len(PICTURES)
    assert kept == taken
    assert shown == taken


def test_every_picture_is_a_png_of_a_page_and_not_too_heavy() -> None:
    for file in sorted(FOLDER.iterdir()):
        content = file.read_bytes()
        assert content.startswith(b"\x89PNG\r\n")
        assert struct.unpack(">I", content[16:20]) == (WIDTH,)
        assert len(content) <= LARGEST
