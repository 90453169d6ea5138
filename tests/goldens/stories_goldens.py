"""Writes the goldens of models/stories: greedy continuations, and the logits of whole prompts."""

import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from greedy import greedy, kept, load, logits_of
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


def prompts_of(model: Path, count: int) -> list[str]:
    """The openings, then recall prompts of every kind in turn."""
    lines = [json.loads(line) for line in (model / "recall_prompts.jsonl").read_text().splitlines()]
    kinds: dict[str, list[str]] = {}
    for line in lines:
        kinds.setdefault(line["kind"], []).append(line["prompt"])
    recall = [prompts[i] for i in range(EACH) for prompts in kinds.values()]
    return (OPENINGS + recall)[:count]


def make_all(model_folder: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    tokenizer = Tokenizer.from_file(str(model_folder / "tokenizer.json"))
    model = load(model_folder)
    cases = []
    for i, prompt in enumerate(prompts_of(model_folder, 20)):
        ids = tokenizer.encode(prompt).ids
        tokens, lead = greedy(model, ids, NEW_TOKENS)
        case = {"text": prompt, "prompt": ids, "greedy": tokens, "kept": kept(tokens, end_tokens(model)),
                "least_lead": round(lead, 6)}
        if i in WITH_LOGITS:
            case["logits"] = f"logits_{i}.npy"
            np.save(folder / case["logits"], logits_of(model, ids))
        cases.append(case)
    (folder / "greedy.json").write_text(
        '{"end_tokens": %s, "cases": [\n%s\n]}\n' % (end_tokens(model), ",\n".join(json.dumps(c) for c in cases)))
    print(f"{len(cases)} cases, least lead {min(case['least_lead'] for case in cases):.4f}")
