"""Writes the goldens of models/stories: greedy continuations, and the logits of whole prompts."""

import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from greedy import greedy, kept, load, logits_of, ties
from tiny_models import end_tokens

NEW_TOKENS = 64
EACH = 2  # recall prompts of each kind

OPENINGS = [
    "",
    "Once upon a time,",
    "<|start_header_id|>user<|end_header_id|>\n\nTell me a story about Mia and a kite.<|eot_id|>"
    "<|start_header_id|>assistant<|end_header_id|>\n\n",
    "<|start_header_id|>user<|end_header_id|>\n\nWho are you?<|eot_id|>"
    "<|start_header_id|>assistant<|end_header_id|>\n\n",
]
WITH_LOGITS = [0, 1, 4, 17]  # the cases whose logits are kept too
ROUNDED_WITH_LOGITS = [0, 1, 4]
# Of logits, with keys and values in q8_0. An error of f32 that moves one past a midpoint changes it by a whole step;
# errors of one part in a million moved leads by 0.03, and once by 0.07.
TIE = 0.05


def prompts_of(model: Path, count: int) -> list[str]:
    """The openings, then recall prompts of every kind in turn."""
    lines = [json.loads(line) for line in (model / "recall_prompts.jsonl").read_text().splitlines()]
    kinds: dict[str, list[str]] = {}
    for line in lines:
        kinds.setdefault(line["kind"], []).append(line["prompt"])
    recall = [prompts[i] for i in range(EACH) for prompts in kinds.values()]
    return (OPENINGS + recall)[:count]


def write(folder: Path, name: str, end: list[int], cases: list[dict]) -> None:
    (folder / name).write_text('{"end_tokens": %s, "cases": [\n%s\n]}\n' % (end, ",\n".join(map(json.dumps, cases))))
    found = sum(len(case.get("ties", {})) for case in cases)
    print(f"{name}: {len(cases)} cases, least lead {min(case['least_lead'] for case in cases):.4f}, {found} ties")


def make_all(model_folder: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    tokenizer = Tokenizer.from_file(str(model_folder / "tokenizer.json"))
    prompts = prompts_of(model_folder, 20)
    for attention, suffix, with_logits in (("eager", "", WITH_LOGITS), ("q8_0", "_q8_0", ROUNDED_WITH_LOGITS)):
        model = load(model_folder, attention)
        end = end_tokens(model)
        cases = []
        for i, prompt in enumerate(prompts):
            ids = tokenizer.encode(prompt).ids
            tokens, lead = greedy(model, ids, NEW_TOKENS)
            case = {"text": prompt, "prompt": ids, "greedy": tokens, "kept": kept(tokens, end),
                    "least_lead": round(lead, 6)}
            if suffix:
                case["ties"] = ties(model, ids, tokens, TIE)
            if i in with_logits:
                case["logits"] = f"logits_{i}{suffix}.npy"
                np.save(folder / case["logits"], logits_of(model, ids))
            cases.append(case)
        write(folder, f"greedy{suffix}.json", end, cases)
