"""The same decode by PyTorch: transformers' Llama with a static cache and random weights, compiled."""

import importlib.util
import time
from collections.abc import Callable

# Of llama3.2-1b; other models are not measured.
SHAPE = {"vocab_size": 128256, "hidden_size": 2048, "intermediate_size": 8192, "num_hidden_layers": 16,
         "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 64, "max_position_embeddings": 4096,
         "rope_theta": 500000.0, "tie_word_embeddings": True}


def load(model: str, prompt: int, tokens: int) -> Callable[[], dict] | None:
    """A function that takes one sample; none, with a line that says why, where there is nothing to compare with."""
    if model != "llama3.2-1b":
        print("torch.compile: only llama3.2-1b is compared")
        return None
    if not all(importlib.util.find_spec(name) for name in ("torch", "transformers")):
        print("torch.compile: torch and transformers are not installed")
        return None
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM, StaticCache

    config = LlamaConfig(**SHAPE)
    torch.manual_seed(1)
    with torch.device("cuda"):
        network = LlamaForCausalLM(config).to(torch.bfloat16).eval()
    step = torch.compile(network.forward, mode="reduce-overhead", fullgraph=True)

    @torch.inference_mode()
    def sample() -> dict:
        cache = StaticCache(config=config, max_batch_size=1, max_cache_len=prompt + tokens, device="cuda",
                            dtype=torch.bfloat16)
        ids = torch.arange(3, 3 + prompt, device="cuda")[None]
        position = torch.arange(prompt, device="cuda")
        logits = network(input_ids=ids, past_key_values=cache, cache_position=position).logits
        for i in range(tokens):
            if i == tokens // 4:  # the first steps are compiled
                torch.cuda.synchronize()
                begin = time.perf_counter()
            ids = logits[:, -1:].argmax(-1)
            at = torch.tensor([prompt + i], device="cuda")
            logits = step(input_ids=ids, past_key_values=cache, cache_position=at).logits.clone()
        torch.cuda.synchronize()
        return {"decode ms": 1e3 * (time.perf_counter() - begin) / (tokens - tokens // 4)}

    return sample
