"""The oracle: transformers in float32, eager attention, no cache, greedy."""

from pathlib import Path

import numpy as np
import torch
from gguf import GGMLQuantizationType, quants
from transformers import AttentionInterface, AttentionMaskInterface, AutoModelForCausalLM
from transformers.masking_utils import eager_mask
from transformers.models.llama.modeling_llama import eager_attention_forward


def rounded_to_q8_0(rows: torch.Tensor) -> torch.Tensor:
    """What a cache of q8_0 gives back, by the `gguf` package: blocks are 32 neighbours of a head's row."""
    kind = GGMLQuantizationType.Q8_0
    return torch.from_numpy(quants.dequantize(quants.quantize(rows.contiguous().numpy(), kind), kind))


def attention_q8_0(module, query, key, value, *args, **kwargs):
    """Eager attention to keys, which have been rotated, and values that are rounded."""
    return eager_attention_forward(module, query, rounded_to_q8_0(key), rounded_to_q8_0(value), *args, **kwargs)


AttentionInterface.register("q8_0", attention_q8_0)
AttentionMaskInterface.register("q8_0", eager_mask)


def load(folder: Path, attention: str = "eager"):
    """The model of a Hugging Face folder, its weights upcast to float32. None of them may be missing: transformers
    would draw it at random. ATTENTION is "eager", or "q8_0" for keys and values in such blocks."""
    model, found = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation=attention, output_loading_info=True)
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


def ties(model, prompt: list[int], tokens: list[int], margin: float) -> dict[int, list[int]]:
    """For each index of `tokens` where other tokens have logits within `margin` of the chosen one's: those tokens."""
    rows = logits_of(model, prompt + tokens[:-1])[len(prompt) - 1:]
    near = {i: np.flatnonzero(row >= row[token] - margin) for i, (row, token) in enumerate(zip(rows, tokens))}
    return {i: [int(other) for other in found if other != tokens[i]] for i, found in near.items() if len(found) > 1}


def kept(tokens: list[int], end_tokens: list[int]) -> int:
    """How many of `tokens` come before the first end token."""
    return next((i for i, token in enumerate(tokens) if token in end_tokens), len(tokens))
