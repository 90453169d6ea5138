"""The answers of transformers, as tests/goldens/peers.json keeps them."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from case import GOLDENS, Case
from tiny import make


@dataclass
class Answer:
    folder: int  # fingerprint of what transformers read
    best: list[int]  # the likeliest token after each of the prompt
    last: list[float]  # all logits after the last


def read() -> dict[str, Answer]:
    return {name: Answer(**fields) for name, fields in json.loads(GOLDENS.read_text()).items()}


def write_folder(case: Case, folder: Path) -> None:
    """What transformers reads: the case itself, or its peer."""
    model = make(case.name)
    (case.peer or case.change)(model)
    model.write(folder)


def fingerprint(case: Case) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "model"
        write_folder(case, folder)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return crc32(b"".join(path.name.encode() + path.read_bytes() for path in files))
