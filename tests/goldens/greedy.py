"""The oracle: transformers in float32, eager attention, no cache, greedy."""

from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForCausalLM


def load(folder: Path):
    """The model of a Hugging Face folder, its weights upcast to float32. None of them may be missing: transformers
    would draw it at random."""
    model, found = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True)
    assert not found["missing_keys"], f"{folder}: {found['missing_keys']} missing"
    return model.eval()


@torch.no_grad()
def logits_of(model, tokens: list[int]) -> np.ndarray:
    """float32 logits, one row a prompt token."""
    return model(input_ids=torch.tensor([tokens]), use_cache=False).logits[0].float().numpy()


def greedy(model, prompt: list[int], count: int) -> tuple[list[int], float]:
    """The next `count` tokens, end tokens being taken like any other, and the smallest lead any of
    them had over the second best logit."""
    tokens, least = list(prompt), float("inf")
    for _ in range(count):
        last = logits_of(model, tokens)[-1]
        second, first = np.sort(last)[-2:]
        least = min(least, float(first - second))
        tokens.append(int(last.argmax()))
    return tokens[len(prompt):], least


def kept(tokens: list[int], end_tokens: list[int]) -> int:
    """How many of `tokens` come before the first end token."""
    return next((i for i, token in enumerate(tokens) if token in end_tokens), len(tokens))
