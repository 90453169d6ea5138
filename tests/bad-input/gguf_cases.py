"""Bad GGUF files: one row each, with what the one line of the message must say."""

import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "../gguf"))

from case import Case
from convert import convert
from gguf_file import Tensor, encode, write_split

FILE = "model.gguf"
TYPE, NORM, QUERY = "general.architecture", "output_norm.weight", "blk.0.attn_q.weight"
TOKENS = "tokenizer.ggml.tokens"


def gguf(change=lambda keys, tensors: None, damage=lambda raw: raw, **how):
    """The good model as a file, with keys and tensors changed, and then its bytes."""
    def make(folder):
        keys, tensors = convert(folder)
        change(keys, tensors)
        (folder / FILE).write_bytes(damage(encode(keys, tensors, **how)))
    return make


def keys(**changed):
    """Keys with _ for each dot; None removes one."""
    return gguf(lambda keys, tensors: put(keys, changed))


def put(keys: dict, changed: dict) -> None:
    for name, value in changed.items():
        key = name.replace("__", ".")
        keys.pop(key, None)
        if value is not None:
            keys[key] = value


def find(tensors: list[Tensor], name: str) -> Tensor:
    return next(tensor for tensor in tensors if tensor.name == name)


def tensor(name: str, **fields):
    return gguf(lambda keys, tensors: find(tensors, name).__dict__.update(fields))


def element(keys: dict, key: str, at: int, value) -> None:
    kind, items = keys[key]
    keys[key] = (kind, [*items[:at], value, *items[at + 1:]])


def split(change):
    def make(folder):
        keys, tensors = convert(folder)
        change(folder, write_split(folder, "part", keys, tensors, 2))
    return make


def patch(at: int, raw: bytes):
    return gguf(damage=lambda file: file[:at] + raw + file[at + len(raw):])


ROWS = [
    # The header.
    ("empty", ["no GGUF file"], gguf(damage=lambda raw: b"")),
    ("text", ["no GGUF file"], gguf(damage=lambda raw: b"These are no weights but words.\n")),
    ("html", ["HTML page"], gguf(damage=lambda raw: b"<!doctype html><html>")),
    ("magic-alone", ["version", "cut short"], gguf(damage=lambda raw: raw[:4])),
    ("version-1", ["version: 1 is not supported (2, 3)"], gguf(version=1)),
    ("version-4", ["version: 4 is not supported (2, 3)"], gguf(version=4)),
    ("big-endian", ["version", "big-endian"], patch(4, struct.pack(">I", 3))),
    ("tensors-huge", ["number of tensors: 18446744073709551615"], patch(8, b"\xff" * 8)),
    ("keys-huge", ["number of keys: 18446744073709551615"], patch(16, b"\xff" * 8)),
    ("cut-in-keys", ["cut short"], gguf(damage=lambda raw: raw[:100])),
    ("cut-in-tokens", ["tokenizer.ggml.tokens", "cut short"],
     gguf(damage=lambda raw: raw[:raw.index(b"tokenizer.ggml.tokens") + 60])),
    ("cut-in-data", ["tensor", "cut short"], gguf(damage=lambda raw: raw[:-100])),
    # Keys.
    ("key-length", ["key 0", "18446744073709551615 bytes"], patch(24, b"\xff" * 8)),
    ("key-empty", ["has no name"], gguf(lambda keys, tensors: keys.update({"": ("u32", 1)}))),
    ("key-twice", [TYPE, "twice"],
     gguf(lambda keys, tensors: keys.update({"general.architecturf": ("string", "llama")}),
          lambda raw: raw.replace(b"general.architecturf", b"general.architecture"))),
    ("value-type", ["99 is not a type of values"],
     gguf(damage=lambda raw: raw.replace(b"general.architecture\x08", b"general.architecture\x63"))),
    ("value-nested", ["a.list", "lists of lists"],
     gguf(lambda keys, tensors: keys.update({"a.list": ("u32[]", [1])}),
          lambda raw: raw.replace(b"a.list\x09\0\0\0\x04", b"a.list\x09\0\0\0\x09"))),
    ("value-bool", ["a.flag", "2 is neither"], gguf(lambda keys, tensors: keys.update({"a.flag": ("bool", 2)}))),
    ("value-bytes", ["general.name", "not UTF-8"], keys(general__name=("string", b"\xff\xfe"))),
    ("list-huge", ["a.list", "18446744073709551615"],
     gguf(lambda keys, tensors: keys.update({"a.list": ("u32[]", [1])}),
          lambda raw: raw.replace(b"a.list\x09\0\0\0\x04\0\0\0\x01" + bytes(7), b"a.list\x09\0\0\0\x04\0\0\0" + b"\xff" * 8))),
    ("alignment-zero", ["general.alignment: 0"], keys(general__alignment=("u32", 0))),
    ("alignment-odd", ["general.alignment: 24"], keys(general__alignment=("u32", 24))),
    ("alignment-text", ["general.alignment"], keys(general__alignment=("string", "32"))),
    ("alignment-huge", ["general.alignment: 2147483648"], keys(general__alignment=("u32", 1 << 31))),
    # The model that they describe.
    ("architecture", ["general.architecture", '"qwen2"', "llama"], keys(general__architecture=("string", "qwen2"))),
    ("architecture-missing", ["general.architecture: missing"], keys(general__architecture=None)),
    ("architecture-number", ["general.architecture", "7"], keys(general__architecture=("u32", 7))),
    ("own-keys", ["smollm3.embedding_length: missing"], keys(general__architecture=("string", "smollm3"))),
    ("experts", ["llama.expert_count", "8"], keys(llama__expert_count=("u32", 8))),
    ("hidden-missing", ["llama.embedding_length: missing"], keys(llama__embedding_length=None)),
    ("hidden-zero", ["llama.embedding_length: 0"], keys(llama__embedding_length=("u32", 0))),
    ("hidden-text", ["llama.embedding_length", '"32"'], keys(llama__embedding_length=("string", "32"))),
    ("hidden-other", ["tensor", "shape", "its keys"], keys(llama__embedding_length=("u32", 64))),
    ("layers-huge", ["llama.block_count: 4294967295"], keys(llama__block_count=("u32", (1 << 32) - 1))),
    ("layers-more", ["tensor blk.1.", "missing"], keys(llama__block_count=("u32", 8))),
    ("ffn-list", ["llama.feed_forward_length", "a list of 2"], keys(llama__feed_forward_length=("u32[]", [64, 64]))),
    ("heads", ["llama.attention.head_count", "multiple"],
     keys(llama__attention__head_count=("u32", 3), llama__attention__head_count_kv=("u32", 2))),
    ("values", ["llama.attention.value_length"], keys(llama__attention__value_length=("u32", 4))),
    ("head-odd", ["llama.attention.key_length", "odd"],
     keys(llama__attention__key_length=("u32", 7), llama__attention__value_length=None)),
    ("eps-nan", ["layer_norm_rms_epsilon", "NaN"],
     keys(llama__attention__layer_norm_rms_epsilon=("f32", float("nan")))),
    ("theta-zero", ["llama.rope.freq_base", "0"], keys(llama__rope__freq_base=("f32", 0.0))),
    ("rotated-part", ["llama.rope.dimension_count"], keys(llama__rope__dimension_count=("u32", 2))),
    ("scaling-kind", ["llama.rope.scaling.type", '"longrope"'], keys(llama__rope__scaling__type=("string", "longrope"))),
    ("scaling-factor", ["llama.rope.scaling.factor", "0"],
     keys(llama__rope__scaling__type=("string", "linear"), llama__rope__scaling__factor=("f32", 0.0))),
    ("eos-negative", ["tokenizer.ggml.eos_token_id", "-5"], keys(tokenizer__ggml__eos_token_id=("i32", -5))),
    # Tensors.
    ("tensor-missing", ["tensor output_norm.weight is missing"],
     gguf(lambda keys, tensors: tensors.remove(find(tensors, NORM)))),
    ("tensor-twice", [NORM, "twice"], gguf(lambda keys, tensors: tensors.append(find(tensors, NORM)))),
    ("tensor-type", [NORM, "type: 250"], tensor(NORM, type=250)),
    ("tensor-integers", [NORM, "I32", "not supported"], tensor(NORM, type=26)),
    ("tensor-blocks", [QUERY, "not whole blocks of Q6_K"], tensor(QUERY, type=14)),
    ("tensor-shape", [QUERY, "shape", "[16, 64]"], tensor(QUERY, shape=[16, 64])),
    ("tensor-shape-huge", [QUERY, "too many elements"], tensor(QUERY, shape=[1 << 40, 1 << 40])),
    ("tensor-dims", [QUERY, "9 dimensions"], tensor(QUERY, shape=[1] * 9)),
    ("tensor-no-dims", [QUERY, "0 dimensions"], tensor(QUERY, shape=[])),
    ("tensor-outside", [NORM, "pass the end of the data"], tensor(NORM, offset=1 << 40)),
    ("tensor-wraps", [NORM, "pass the end of the data"], tensor(NORM, offset=(1 << 64) - 32)),
    ("tensor-misaligned", [NORM, "offset", "not a multiple of 32"], tensor(NORM, offset=4)),
    ("tensors-overlap", ["overlap"], tensor(NORM, offset=0)),
    ("divisors-kind", ["rope_freqs.weight", "Llama 3.1"],
     gguf(lambda keys, tensors: tensors.append(
         Tensor("rope_freqs.weight", "F32", [4], struct.pack("<4f", 3, 1, 2, 1))))),
    ("divisors-shape", ["rope_freqs.weight", "shape"],
     gguf(lambda keys, tensors: tensors.append(Tensor("rope_freqs.weight", "F32", [2], bytes(8))))),
    ("divisors-zero", ["rope_freqs.weight", "element 0: 0"],
     gguf(lambda keys, tensors: tensors.append(Tensor("rope_freqs.weight", "F32", [4], bytes(16))))),
    # The tokenizer.
    ("tokenizer-model", ["tokenizer.ggml.model", '"bert"', "--no-tokenizer"],
     keys(tokenizer__ggml__model=("string", "bert"))),
    ("tokenizer-pre", ["tokenizer.ggml.pre", '"unheard-of"', "llama-bpe"],
     keys(tokenizer__ggml__pre=("string", "unheard-of"))),
    ("tokenizer-pre-missing", ["tokenizer.ggml.pre: missing"], keys(tokenizer__ggml__pre=None)),
    ("tokenizer-tokens", ["tokenizer.ggml.tokens", "no tokens"], keys(tokenizer__ggml__tokens=None,
                                                                      tokenizer__ggml__token_type=None)),
    ("tokenizer-numbers", ["tokenizer.ggml.token_type", "for 3 tokens"], keys(tokenizer__ggml__tokens=("u32[]", [1, 2, 3]))),
    ("tokenizer-types", ["tokenizer.ggml.token_type", "a list of 3"],
     keys(tokenizer__ggml__token_type=("i32[]", [1, 1, 1]))),
    ("tokenizer-twice", ["tokenizer.ggml.tokens", "is token"],
     gguf(lambda keys, tensors: element(keys, TOKENS, 5, keys[TOKENS][1][6]))),
    ("tokenizer-merge", ["merges[0]", "qq"],
     gguf(lambda keys, tensors: element(keys, "tokenizer.ggml.merges", 0, "qq e"))),
    ("tokenizer-scores", ["tokenizer.ggml.scores: missing"], keys(tokenizer__ggml__model=("string", "llama"))),
    ("tokenizer-bos", ["tokenizer.ggml.bos_token_id", "99999"], keys(tokenizer__ggml__bos_token_id=("u32", 99999),
                                                                    tokenizer__ggml__add_bos_token=("bool", 1))),
    ("template", ["tokenizer.chat_template"], keys(tokenizer__chat_template=("string", "{% for %}"))),
]

GGUF = [Case("gguf-" + name, says, change, model="{folder}/" + FILE) for name, says, change in ROWS] + [
    Case("gguf-part-missing", ["split.count", "part-00002-of-00002.gguf", "missing"],
         split(lambda folder, first: (folder / "part-00002-of-00002.gguf").unlink()),
         model="{folder}/part-00001-of-00002.gguf"),
    Case("gguf-part-second", ["split.no", "part 2 of 2", "part-00001-of-00002.gguf"], split(lambda folder, first: None),
         model="{folder}/part-00002-of-00002.gguf"),
    Case("gguf-part-name", ["split.count", "must end in -00001-of-00002.gguf"],
         split(lambda folder, first: first.rename(folder / FILE)), model="{folder}/" + FILE),
    Case("gguf-onto-itself", ["model.gguf"], gguf(), model="{folder}/" + FILE, output="{folder}/" + FILE),
]
