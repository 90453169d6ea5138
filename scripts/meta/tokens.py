"""tokenizer.model of Llama 3, lines of a token in base64 and its rank, as a tokenizer.json."""

import base64
import binascii
from pathlib import Path

from .pth import Fault

SPECIAL = 256
SPLIT = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)"
         r"|\s+")
# Those of Llama 3.1 and later; Llama 3 has reserved ones in place of some.
NAMED = {0: "begin_of_text", 1: "end_of_text", 4: "finetune_right_pad_id", 5: "step_id", 6: "start_header_id",
         7: "end_header_id", 8: "eom_id", 9: "eot_id", 10: "python_tag"}
ENDS = (1, 8, 9)


def read(file: Path) -> list[bytes]:
    """The tokens, by rank."""
    tokens = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        try:
            token, rank = line.split()
            tokens.append(base64.b64decode(token, validate=True))
            assert int(rank) == len(tokens) - 1
        except (ValueError, binascii.Error, AssertionError):
            raise Fault(f"{file}: line {number} is not a token in base64 and its rank; the tokenizers of Llama 1 and 2 are "
                        "SentencePiece: get the model's Hugging Face files") from None
    if len(set(tokens)) != len(tokens) or not {bytes([byte]) for byte in range(256)} <= set(tokens):
        raise Fault(f"{file}: a token is there twice, or a byte is missing")
    return tokens


def special_names() -> list[str]:
    names, reserved = [], 0
    for i in range(SPECIAL):
        name = NAMED.get(i)
        if not name:
            name, reserved = f"reserved_special_token_{reserved}", reserved + 1
        names.append(f"<|{name}|>")
    return names


def letters() -> list[str]:
    """The letter that tokenizer.json has for each byte, as GPT-2 chose them."""
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in visible]
    return [chr(byte) if byte in visible else chr(256 + others.index(byte)) for byte in range(256)]


def merges(tokens: list[bytes]) -> list[tuple[bytes, bytes]]:
    """The pairs that are merged, the first to be merged first: all that make a token."""
    ranks = {token: rank for rank, token in enumerate(tokens)}
    found = []
    for token in tokens:
        pairs = [(token[:i], token[i:]) for i in range(1, len(token))]
        pairs = [(left, right) for left, right in pairs if left in ranks and right in ranks]
        found += sorted(pairs, key=lambda pair: (ranks[pair[0]], ranks[pair[1]]))
    return found


def document(tokens: list[bytes]) -> dict:
    letter = letters()

    def text(token: bytes) -> str:
        return "".join(letter[byte] for byte in token)

    added = [{"id": len(tokens) + i, "content": name, "single_word": False, "lstrip": False, "rstrip": False,
              "normalized": False, "special": True} for i, name in enumerate(special_names())]
    begin = added[0]["content"]
    first = {"SpecialToken": {"id": begin, "type_id": 0}}
    sequences = [{"Sequence": {"id": letter, "type_id": i}} for i, letter in enumerate("AB")]
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
    split = {"type": "Split", "pattern": {"Regex": SPLIT}, "behavior": "Isolated", "invert": False}
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [split, level]},
        "post_processor": {"type": "TemplateProcessing", "single": [first, sequences[0]],
                           "pair": [first, sequences[0], first, sequences[1]],
                           "special_tokens": {begin: {"id": begin, "ids": [len(tokens)], "tokens": [begin]}}},
        "decoder": level,
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": True,
                  "vocab": {text(token): rank for rank, token in enumerate(tokens)},
                  "merges": [[text(left), text(right)] for left, right in merges(tokens)]}}
