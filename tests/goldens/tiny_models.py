"""Writes the tiny models of tiny_table.py: random weights, greedy tokens and logits by transformers."""

import json
import math
import shutil
from pathlib import Path
from zlib import crc32

import numpy as np
import torch
from safetensors.torch import save_file

from greedy import greedy, kept, load, logits_of
from tiny_table import ABSENT, BASE, TINY, Tiny

NEW_TOKENS = 16
LEAST_LEAD = 0.005  # a model whose greedy choices are closer than this gets another seed


def config_of(tiny: Tiny) -> dict:
    config = BASE | {"torch_dtype": tiny.dtype} | tiny.config
    return {key: value for key, value in config.items() if value is not ABSENT}


def shapes(config: dict) -> dict[str, tuple[int, ...]]:
    """Every tensor of the model, by its name in the file."""
    hidden, ffn = config["hidden_size"], config["intermediate_size"]
    query = config["num_attention_heads"]
    key = config.get("num_key_value_heads", query)
    dim = config.get("head_dim", hidden // query)
    table = {"model.embed_tokens.weight": (config["vocab_size"], hidden)}
    for layer in range(config["num_hidden_layers"]):
        at = f"model.layers.{layer}."
        linears = {
            "self_attn.q_proj": (query * dim, hidden), "self_attn.k_proj": (key * dim, hidden),
            "self_attn.v_proj": (key * dim, hidden), "self_attn.o_proj": (hidden, query * dim),
            "mlp.gate_proj": (ffn, hidden), "mlp.up_proj": (ffn, hidden), "mlp.down_proj": (hidden, ffn)}
        table[at + "input_layernorm.weight"] = (hidden,)
        for name, shape in linears.items():
            table[at + name + ".weight"] = shape
            if config.get("attention_bias" if name.startswith("self_attn") else "mlp_bias"):
                table[at + name + ".bias"] = shape[:1]
        table[at + "post_attention_layernorm.weight"] = (hidden,)
    return table | {"model.norm.weight": (hidden,), "lm_head.weight": (config["vocab_size"], hidden)}


def weights_of(tiny: Tiny, config: dict, seed: int) -> dict[str, torch.Tensor]:
    """Random weights, large enough that a wrong step shows in the logits."""
    tensors = {}
    for name, shape in shapes(config).items():
        noise = np.random.default_rng([seed, crc32(f"{tiny.name}/{name}".encode())]).standard_normal(shape)
        if name.endswith("norm.weight"):
            value, dtype = 1 + 0.3 * noise, tiny.norm_dtype or tiny.dtype
        else:
            std = 0.3 if name.endswith("bias") else 1.3 / math.sqrt(shape[1])
            value, dtype = noise * (tiny.embed_std if "embed" in name else std), tiny.dtype
        tensors[name] = torch.from_numpy(value).to(getattr(torch, dtype))
    if config.get("tie_word_embeddings", config["model_type"] == "smollm3"):
        del tensors["lm_head.weight"]
        if tiny.write_head:
            tensors["lm_head.weight"] = tensors["model.embed_tokens.weight"].clone()
    return tensors


def write_weights(tiny: Tiny, tensors: dict[str, torch.Tensor], folder: Path) -> None:
    """One file, or shards dealt out in turn with their index."""
    if tiny.shards == 1:
        save_file(tensors, folder / "model.safetensors", metadata=tiny.metadata)
        return
    files = [f"model-{i + 1:05}-of-{tiny.shards:05}.safetensors" for i in range(tiny.shards)]
    where = {name: files[i % tiny.shards] for i, name in enumerate(tensors)}
    for file in files:
        save_file({n: t for n, t in tensors.items() if where[n] == file}, folder / file, metadata=tiny.metadata)
    total = sum(t.numel() * t.element_size() for t in tensors.values())
    index = {"metadata": {"total_size": total}, "weight_map": dict(sorted(where.items()))}
    write_json(folder / "model.safetensors.index.json", index)


def write_json(path: Path, value) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def expected_frequencies(config: dict) -> np.ndarray:
    """The rotary frequencies this configuration asks for, worked out here and not by transformers."""
    rope = config.get("rope_parameters") or config.get("rope_scaling") or {}
    theta = rope.get("rope_theta", config.get("rope_theta", 10000.0))
    dim = config.get("head_dim", config["hidden_size"] // config["num_attention_heads"])
    plain = theta ** (-np.arange(0, dim, 2) / dim)
    kind = rope.get("rope_type", rope.get("type", "default"))
    if kind == "linear":
        return plain / rope["factor"]
    if kind == "llama3":
        low, high = rope["low_freq_factor"], rope["high_freq_factor"]
        turns = rope["original_max_position_embeddings"] * plain / (2 * math.pi)
        smooth = np.clip((turns - low) / (high - low), 0, 1)
        return plain * (smooth + (1 - smooth) / rope["factor"])
    return plain


def end_tokens(model) -> list[int]:
    """The tokens transformers stops at: generation_config.json, else config.json, else none."""
    eos = model.generation_config.eos_token_id
    return [] if eos is None else [eos] if isinstance(eos, int) else eos


def prompts_of(tiny: Tiny, config: dict) -> list[list[int]]:
    rng = np.random.default_rng(crc32(tiny.name.encode()))
    return [rng.integers(0, config["vocab_size"], n).tolist() for n in tiny.lengths]


def make_tiny(tiny: Tiny, folder: Path) -> float:
    """Writes the folder; returns the smallest lead of its greedy choices."""
    config = config_of(tiny)
    prompts = prompts_of(tiny, config)
    for seed in range(100):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        write_json(folder / "config.json", config)
        if tiny.generation:
            write_json(folder / "generation_config.json", tiny.generation)
        write_weights(tiny, weights_of(tiny, config, seed), folder)
        model = load(folder)
        np.testing.assert_allclose(
            model.model.rotary_emb.inv_freq.numpy(), expected_frequencies(config), rtol=2e-6)
        runs = [greedy(model, prompt, NEW_TOKENS) for prompt in prompts]
        least = min(lead for _, lead in runs)
        if least >= LEAST_LEAD:
            break
    cases = []
    for i, (prompt, (tokens, lead)) in enumerate(zip(prompts, runs)):
        np.save(folder / f"logits_{i}.npy", logits_of(model, prompt))
        cases.append({"prompt": prompt, "greedy": tokens, "kept": kept(tokens, end_tokens(model)),
                      "least_lead": round(lead, 6), "logits": f"logits_{i}.npy"})
    (folder / "golden.json").write_text(
        '{"end_tokens": %s, "cases": [\n%s\n]}\n' % (end_tokens(model), ",\n".join(json.dumps(c) for c in cases)))
    return least


def make_all(root: Path) -> None:
    for tiny in TINY:
        least = make_tiny(tiny, root / tiny.name)
        size = sum(f.stat().st_size for f in (root / tiny.name).iterdir())
        print(f"{tiny.name:24} {size / 1000:6.1f} kB, least lead {least:.4f}", flush=True)
