"""Writes the tokenizers of this folder, and what each of them makes of the inputs of tokenizer_texts.py."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tokenizers import AddedToken, Tokenizer

from tokenizer_kinds import all_kinds
from tokenizer_texts import EMOJI, SCRIPTS, all_inputs, kind_inputs, runs

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "../../models/stories"))
from chat_text import make_chat  # noqa: E402
from story_text import make_story, plain  # noqa: E402
from tokenizer import llama3_layout, train_tokenizer  # noqa: E402

LLAMA3 = ["<|begin_of_text|>", "<|end_of_text|>", "<|reserved_special_token_0|>", "<|start_header_id|>",
          "<|end_header_id|>", "<|reserved_special_token_1|>", "<|eot_id|>", "<|python_tag|>"]
WIDE = ["<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>", "<｜User｜>", "<｜Assistant｜>", "<｜eot｜>"]
ROLES = "behit"  # begin, end, header, header's end (i), end of turn: the letters of tokenizer_texts.SPECIAL


@dataclass
class Flavour:
    """How one tokenizer's file differs from the others."""

    size: int
    specials: list[str]
    roles: list[str]  # the special tokens that play the ROLES
    ignore_merges: bool
    merges_as_strings: bool  # "a b", as older files have them, and not ["a", "b"]
    orphans: int = 0  # tokens that no merge makes any more
    plain_added: tuple[str, ...] = ()  # added tokens that are not special
    leads_with_bos: bool = True


FLAVOURS = {
    "large": Flavour(3000, LLAMA3, [LLAMA3[i] for i in (0, 1, 3, 4, 6)], ignore_merges=True,
                     merges_as_strings=True, orphans=150),
    "pairs": Flavour(1500, WIDE, WIDE, ignore_merges=False, merges_as_strings=False, orphans=60,
                     plain_added=("<think>", "</think>")),
    "bytes": Flavour(256 + len(LLAMA3), LLAMA3, [LLAMA3[i] for i in (0, 1, 3, 4, 6)], ignore_merges=False,
                     merges_as_strings=True, leads_with_bos=False),
}


def training_texts() -> list[str]:
    rng = Random(3)
    return [plain(rng.choice([make_story, make_chat])(rng)) for _ in range(1500)] + (SCRIPTS + EMOJI + runs()) * 12


def orphan(model: dict, count: int) -> None:
    """Takes away the merges that make `count` whole words, which stay in the vocabulary; Llama 3 has such."""
    parts = {part for pair in model["merges"] for part in pair}
    ends = [pair for pair in model["merges"] if "".join(pair) not in parts and len("".join(pair)) > 3]
    gone = {tuple(pair) for pair in ends[:: max(1, len(ends) // count)][:count]}
    model["merges"] = [pair for pair in model["merges"] if tuple(pair) not in gone]


def make_tokenizer(flavour: Flavour) -> dict:
    """The tokenizer.json of this flavour."""
    learnt = train_tokenizer(training_texts(), flavour.size, flavour.ignore_merges, flavour.specials)
    learnt.add_tokens([AddedToken(text, normalized=False) for text in flavour.plain_added])
    spec = json.loads(learnt.to_str())
    if not flavour.leads_with_bos:
        spec["post_processor"] = spec["post_processor"]["processors"][0]
    model = spec["model"]
    if flavour.orphans:
        orphan(model, flavour.orphans)
    if flavour.merges_as_strings:
        model["merges"] = [" ".join(pair) for pair in model["merges"]]
    if not flavour.ignore_merges:
        del model["ignore_merges"]  # absent means false
    return spec


def from_text(tokenizer: Tokenizer, data: bytes) -> dict:
    """The vector of one input; "text" where the input is UTF-8, else "bytes_hex"."""
    text = data.decode("utf-8", errors="replace")
    ids = tokenizer.encode(text).ids
    key = {"text": text} if text.encode() == data else {"bytes_hex": data.hex()}
    return key | {"ids": ids, "decoded_hex": tokenizer.decode(ids).encode().hex()}


def from_ids(tokenizer: Tokenizer, count: int) -> list[dict]:
    """Ids drawn by lot, most of which are no text at all."""
    rng = Random(7)
    draws = [[rng.randrange(tokenizer.get_vocab_size()) for _ in range(rng.randint(1, 12))] for _ in range(count)]
    return [{"ids": ids, "decoded_hex": tokenizer.decode(ids).encode().hex()} for ids in draws]


def write_vectors(tokenizer: Tokenizer, roles: list[str], path: Path) -> None:
    vectors = [from_text(tokenizer, data) for data in all_inputs(dict(zip(ROLES, roles)))]
    vectors += from_ids(tokenizer, 60)
    path.write_text("".join(json.dumps(v, ensure_ascii=True) + "\n" for v in vectors))
    print(f"{path.name:16} {len(vectors)} vectors, {path.stat().st_size / 1000:.0f} kB")


def write_kinds(folder: Path) -> None:
    """One tokenizer.json and its vectors for each of tokenizer_kinds.py."""
    folder.mkdir(exist_ok=True)
    total = 0
    for name, spec in all_kinds().items():
        text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{name}.tokenizer.json").write_text(text + "\n", encoding="utf-8")
        tokenizer = Tokenizer.from_str(text)
        vectors = [from_text(tokenizer, text.encode()) for text in kind_inputs()] + from_ids(tokenizer, 30)
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(v, ensure_ascii=True) + "\n" for v in vectors))
        total += len(vectors)
    print(f"{len(all_kinds())} kinds, {total} vectors")


def make_all(stories: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    tokenizer = Tokenizer.from_file(str(stories / "tokenizer.json"))
    roles = [tokenizer.id_to_token(i) for i in sorted(tokenizer.get_added_tokens_decoder())]
    write_vectors(tokenizer, roles, folder / "stories.jsonl")
    for name, flavour in FLAVOURS.items():
        path = folder / f"{name}.tokenizer.json"
        path.write_text(json.dumps(make_tokenizer(flavour), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        write_vectors(Tokenizer.from_file(str(path)), flavour.roles, folder / f"{name}.jsonl")
    write_kinds(folder / "kinds")
