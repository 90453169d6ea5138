"""Counts how many held-out recall prompts the model answers right, greedily, from its bf16 weights.

    python evaluate.py                 score the prompts in recall_prompts.jsonl
    python evaluate.py --write         make that file anew first

Each line of the file is {"kind", "prompt", "answer"}. The prompt is plain text (special tokens spelled
out; the tokenizer adds <|begin_of_text|>). The model is right when the text of its greedy continuation
begins with `answer` and no letter follows.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from random import Random

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from chat_text import recall_chat
from story_text import make_story, recall_points

HERE = Path(__file__).parent
NEW_TOKENS = 12
KINDS = ["place", "moved", "owner", "colour", "thing", "pet",
         "chat_place", "chat_owner", "chat_colour", "chat_thing", "chat_pet"]


def make_prompts(seed: int, each: int) -> list[dict]:
    """`each` prompts of every kind, one story or conversation per prompt, built from held-out facts only."""
    rng = Random(seed)
    prompts = []
    for kind in KINDS:
        make = recall_chat if kind.startswith("chat_") else make_story
        count = 0
        while count < each:
            fitting = [point for point in recall_points(make(rng, held_out=True)) if point[0] == kind]
            if fitting:
                _, prompt, answer = rng.choice(fitting)
                prompts.append({"kind": kind, "prompt": prompt, "answer": answer})
                count += 1
    return prompts


def is_right(continuation: str, answer: str) -> bool:
    return continuation.startswith(answer) and not continuation[len(answer):][:1].isalpha()


@torch.no_grad()
def continuations(model, tokenizer, prompts: list[str], batch: int = 30) -> list[str]:
    """Greedy continuations; prompts of similar length are batched, padded on the left."""
    ids = [tokenizer(prompt).input_ids for prompt in prompts]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    texts = [""] * len(ids)
    for first in range(0, len(order), batch):
        group = order[first:first + batch]
        width = max(len(ids[i]) for i in group)
        padded = torch.tensor([[0] * (width - len(ids[i])) + ids[i] for i in group])
        mask = torch.tensor([[0] * (width - len(ids[i])) + [1] * len(ids[i]) for i in group])
        out = model.generate(input_ids=padded, attention_mask=mask, max_new_tokens=NEW_TOKENS,
                             do_sample=False, pad_token_id=0)
        for i, row in zip(group, out):
            texts[i] = tokenizer.decode(row[width:], skip_special_tokens=True)
    return texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=HERE)
    parser.add_argument("--prompts", type=Path, default=HERE / "recall_prompts.jsonl")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="print the wrong answers")
    args = parser.parse_args()

    if args.write:
        lines = [json.dumps(prompt) for prompt in make_prompts(seed=2, each=30)]
        args.prompts.write_text("\n".join(lines) + "\n")
    prompts = [json.loads(line) for line in args.prompts.read_text().splitlines()]
    tokenizer = AutoTokenizer.from_pretrained(args.model)
    model = AutoModelForCausalLM.from_pretrained(args.model, dtype=torch.float32).eval()

    asked, right = Counter(), Counter()
    for prompt, text in zip(prompts, continuations(model, tokenizer, [p["prompt"] for p in prompts])):
        asked[prompt["kind"]] += 1
        right[prompt["kind"]] += is_right(text, prompt["answer"])
        if args.wrong and not is_right(text, prompt["answer"]):
            print(f"{prompt['prompt']!r}\n  want {prompt['answer']!r} got {text!r}")
    for kind in asked:
        print(f"{kind:12} {right[kind]:3} of {asked[kind]}")
    print(f"{'all':12} {right.total():3} of {asked.total()} ({right.total() / asked.total():.1%})")


if __name__ == "__main__":
    main()
