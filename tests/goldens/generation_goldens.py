"""Writes generation/: what transformers makes of settings in generation_config.json.

`draws.json`: which tokens its logits processors leave to draw from, and how likely each is.
`generate.json`: the tokens that `generate` returns for a folder with these settings.
`hidden.npy`: last_hidden_state of the first prompt of tiny/f32 with more than one token.
"""

import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig, LlamaConfig, LlamaForCausalLM

VOCAB = 48
EOS = [2, 5]

# Sampling settings, on top of do_sample.
DRAWS = [
    {},
    {"temperature": 0.3, "top_k": 0},
    {"temperature": 1.7, "top_k": 0},
    {"top_k": 1},
    {"top_k": 7},
    {"top_k": 1000},
    {"top_k": 0, "top_p": 0.9},
    {"top_k": 0, "top_p": 0.35, "temperature": 0.6},
    {"top_k": 5, "top_p": 0.8},
    {"top_k": 0, "top_p": 0.0},
    {"top_k": 0, "min_p": 0.1},
    {"top_k": 12, "min_p": 0.3, "temperature": 2.0},
    {"top_k": 0, "typical_p": 0.5},
    {"top_k": 0, "typical_p": 0.9, "temperature": 0.7},
    {"top_k": 20, "top_p": 0.95, "typical_p": 0.2},
    {"top_k": 0, "epsilon_cutoff": 0.02},
    {"top_k": 0, "epsilon_cutoff": 0.9},
    {"top_k": 0, "eta_cutoff": 0.05},
    {"top_k": 0, "eta_cutoff": 0.3, "temperature": 1.5},
    {"top_k": 30, "top_p": 0.97, "min_p": 0.02, "typical_p": 0.95, "epsilon_cutoff": 0.003, "eta_cutoff": 0.004},
    {"repetition_penalty": 1.3},
    {"repetition_penalty": 0.7, "top_p": 0.9},
    {"no_repeat_ngram_size": 1},
    {"no_repeat_ngram_size": 2, "top_k": 0},
    {"no_repeat_ngram_size": 3, "top_k": 0},
    {"suppress_tokens": [0, 3, 40, 999]},
    {"begin_suppress_tokens": [1, 4]},
    {"bad_words_ids": [[7], [2], [9, 10], [8, 9, 11]]},
    {"min_length": 12},
    {"min_new_tokens": 4},
    {"repetition_penalty": 1.2, "top_p": 0.9, "temperature": 0.8, "min_new_tokens": 2, "suppress_tokens": [6]},
]
# (prompt, answer so far)
SEQUENCES = [([1, 9], []), ([1, 9, 4, 9], [10, 8, 9]), ([3, 8, 9, 4, 8, 9, 4], [8, 9, 4, 8, 9])]

# Settings of whole runs of `generate`, by model. The prompt is a number of a golden case or a text.
RUNS = {
    "tiny/f32": [
        (1, {"max_new_tokens": 24, "repetition_penalty": 1.4}),
        (1, {"max_length": 20, "no_repeat_ngram_size": 2}),
        (2, {"max_length": 45, "suppress_tokens": [49, 13], "begin_suppress_tokens": [26, 8]}),
        (0, {"max_new_tokens": 16, "bad_words_ids": [[21, 1], [38], [77, 16]]}),
        (0, {"max_new_tokens": 20, "eos_token_id": [38, 33], "min_new_tokens": 5}),
        (1, {"max_new_tokens": 20, "eos_token_id": [41, 13], "min_length": 12}),
        (1, {"max_new_tokens": 12, "do_sample": True, "top_k": 1, "temperature": 0.8}),
        (1, {"max_new_tokens": 12, "temperature": 0.5, "top_p": 0.2, "top_k": 3}),
    ],
    "stories": [
        ("Once upon a time,", {"max_new_tokens": 40, "stop_strings": ["."]}),
        ("Once upon a time, there was a", {"max_new_tokens": 40, "stop_strings": ["xyz", "er "]}),
        ("<|start_header_id|>user<|end_header_id|>\n\nWho are you?<|eot_id|>"
         "<|start_header_id|>assistant<|end_header_id|>\n\n",
         {"max_new_tokens": 60, "eos_token_id": 1, "stop_strings": "<|eot_id|>"}),
        ("<|start_header_id|>user<|end_header_id|>\n\nWho are you?<|eot_id|>"
         "<|start_header_id|>assistant<|end_header_id|>\n\n",
         {"max_new_tokens": 60, "eos_token_id": 1, "stop_strings": [".<|eot"]}),
    ],
}


def draws() -> list[dict]:
    config = LlamaConfig(vocab_size=VOCAB, hidden_size=8, intermediate_size=8, num_hidden_layers=1,
                         num_attention_heads=1, eos_token_id=EOS)
    model = LlamaForCausalLM(config)
    random = np.random.default_rng(11)
    cases = []
    for i, settings in enumerate(DRAWS):
        settings = {"do_sample": True, "temperature": 1.0, "top_k": 50} | settings
        prompt, answer = SEQUENCES[i % len(SEQUENCES)]
        # Sixteenths: some are equal, as after rounding.
        logits = np.round(random.normal(0, 2, VOCAB) * 16).astype(np.float32) / 16
        generation = model._prepare_generation_config(GenerationConfig(**settings, eos_token_id=EOS))[0]
        model._prepare_special_tokens(generation, True)
        processors = model._get_logits_processor(generation, input_ids_seq_length=len(prompt), device="cpu")
        scores = processors(torch.tensor([prompt + answer]), torch.tensor(logits)[None])[0]
        likely = torch.softmax(scores.double(), 0).tolist()
        cases.append({"settings": settings, "prompt": prompt, "answer": answer, "logits": logits.tolist(),
                      "probabilities": {token: round(p, 9) for token, p in enumerate(likely) if p > 0}})
    return cases


def generate(folder: Path, prompt: list[int], settings: dict) -> list[int]:
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        (Path(copy) / "generation_config.json").write_text(json.dumps(settings))
        model = AutoModelForCausalLM.from_pretrained(copy, dtype=torch.float32, attn_implementation="eager")
        extra = {"tokenizer": AutoTokenizer.from_pretrained(copy)} if "stop_strings" in settings else {}
        ids = torch.tensor([prompt])
        out = model.generate(ids, attention_mask=torch.ones_like(ids), **extra)[0].tolist()
        return out[len(prompt):]


def runs(folders: dict[str, Path], goldens: Path) -> list[dict]:
    cases = []
    for name, entries in RUNS.items():
        for prompt, settings in entries:
            if isinstance(prompt, int):
                ids = json.loads((goldens / name / "golden.json").read_text())["cases"][prompt]["prompt"]
            else:
                ids = AutoTokenizer.from_pretrained(folders[name])(prompt)["input_ids"]
            cases.append({"model": name, "settings": settings, "prompt": ids,
                          "tokens": generate(folders[name], ids, settings)})
    return cases


def make_all(models: Path, goldens: Path) -> None:
    folder = goldens / "generation"
    folder.mkdir(exist_ok=True)
    folders = {"tiny/f32": goldens / "tiny/f32", "stories": models / "stories"}
    for name, cases in {"draws": draws(), "generate": runs(folders, goldens)}.items():
        (folder / f"{name}.json").write_text("[\n%s\n]\n" % ",\n".join(json.dumps(case) for case in cases))
        print(f"generation/{name}: {len(cases)} cases")
    model = AutoModelForCausalLM.from_pretrained(folders["tiny/f32"], dtype=torch.float32,
                                                 attn_implementation="eager")
    prompt = json.loads((folders["tiny/f32"] / "golden.json").read_text())["cases"][1]["prompt"]
    with torch.no_grad():
        hidden = model.model(torch.tensor([prompt])).last_hidden_state[0]
    np.save(folder / "hidden.npy", hidden.numpy())
