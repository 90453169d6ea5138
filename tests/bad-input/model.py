"""A good model folder to damage, and ways to damage one: each takes arguments and returns change(folder)."""

import json
import shutil
import struct
from pathlib import Path

TINY = Path(__file__).parent / "../goldens/tiny"
WEIGHTS = "model.safetensors"


def byte_alphabet() -> dict[str, int]:
    """Byte-level BPE's character of each byte."""
    shifted = iter(range(0x100, 0x200))
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    return {chr(byte if byte in printable else next(shifted)): byte for byte in range(256)}


def make_tokenizer() -> dict:
    """A tokenizer.json of 262 ids: bytes, three merges and three special tokens."""
    vocab = byte_alphabet() | {"th": 256, "the": 257, "he": 258}
    specials = ["<|begin_of_text|>", "<|end_of_text|>", "<|eot_id|>"]
    bytes_step = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
    split = {"type": "Split", "pattern": {"Regex": r"\p{L}+|\p{N}{1,3}|\s+(?!\S)|\s+"}, "behavior": "Isolated",
             "invert": False}
    template = {"type": "TemplateProcessing", "pair": [],
                "single": [{"SpecialToken": {"id": specials[0], "type_id": 0}},
                           {"Sequence": {"id": "A", "type_id": 0}}],
                "special_tokens": {specials[0]: {"id": specials[0], "ids": [259], "tokens": [specials[0]]}}}
    return {
        "version": "1.0", "normalizer": None,
        "added_tokens": [{"id": 259 + i, "content": text, "special": True, "normalized": False, "lstrip": False,
                          "rstrip": False, "single_word": False} for i, text in enumerate(specials)],
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [split, bytes_step]},
        "post_processor": {"type": "Sequence", "processors": [bytes_step, template]},
        "decoder": bytes_step,
        "model": {"type": "BPE", "vocab": vocab, "merges": ["t h", "th e", "h e"]},
    }


def make_model(folder: Path) -> None:
    shutil.copytree(TINY / "vocab-320", folder, ignore=shutil.ignore_patterns("*.npy", "golden.json"))
    (folder / "tokenizer.json").write_text(json.dumps(make_tokenizer()))


def remove(name: str):
    return lambda folder: (folder / name).unlink()


def write(name: str, content: str | bytes):
    data = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / name).write_bytes(data)


def truncate(name: str, size: int):
    """Keeps the first `size` bytes; cuts off -size if it is negative."""
    def change(folder):
        file = folder / name
        file.write_bytes(file.read_bytes()[:size])
    return change


def make_folder(name: str):
    def change(folder):
        (folder / name).unlink(missing_ok=True)
        (folder / name).mkdir()
    return change


def edit(name: str, change_document):
    def change(folder):
        document = json.loads((folder / name).read_text())
        change_document(document)
        (folder / name).write_text(json.dumps(document))
    return change


def config(**fields):
    return edit("config.json", lambda document: document.update(fields))


def tokenizer(*path_and_value):
    """Puts the last argument at the path of the others."""
    *path, last, value = path_and_value

    def put(document):
        for step in path:
            document = document[step]
        document[last] = value
    return edit("tokenizer.json", put)


def read_weights(file: Path) -> tuple[dict, bytes]:
    raw = file.read_bytes()
    (length,) = struct.unpack_from("<Q", raw)
    return json.loads(raw[8:8 + length]), raw[8 + length:]


def write_weights(file: Path, header: dict, data: bytes) -> None:
    text = json.dumps(header).encode()
    file.write_bytes(struct.pack("<Q", len(text)) + text + data)


def weights(change_header):
    """Changes the header of the weights."""
    def change(folder):
        header, data = read_weights(folder / WEIGHTS)
        change_header(header)
        write_weights(folder / WEIGHTS, header, data)
    return change


def tensor(name: str, **fields):
    return weights(lambda header: header[name].update(fields))


def raw_weights(length: int, header: bytes):
    return write(WEIGHTS, struct.pack("<Q", length) + header)


def element(name: str, index: int, pattern: bytes):
    """Puts the bytes of one element into a tensor."""
    def change(folder):
        header, data = read_weights(folder / WEIGHTS)
        at = header[name]["data_offsets"][0] + index * len(pattern)
        write_weights(folder / WEIGHTS, header, data[:at] + pattern + data[at + len(pattern):])
    return change


def index(weight_map):
    """An index in the place of the weights, which become shard.safetensors."""
    def change(folder):
        (folder / WEIGHTS).rename(folder / "shard.safetensors")
        (folder / (WEIGHTS + ".index.json")).write_text(json.dumps({"weight_map": weight_map}))
    return change
