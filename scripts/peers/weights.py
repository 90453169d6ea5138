"""Random weights of the Llama-3.2-1B shape as a Hugging Face folder and as a GGUF file, with the same values."""

import json
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

HIDDEN, FFN, LAYERS, HEADS, KV_HEADS, HEAD_DIM, VOCAB = 2048, 8192, 16, 32, 8, 64, 128256
ROPE = {"rope_type": "llama3", "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
        "original_max_position_embeddings": 8192}
THETA, EPS, CONTEXT = 500000.0, 1e-5, 131072
FLOATS = {"bf16": "bfloat16", "f32": "float32"}  # as config.json has them


@dataclass
class Model:
    folder: Path  # as Hugging Face stores it
    gguf: Path


def config(dtype: str) -> dict:
    return {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu", "hidden_size": HIDDEN,
            "intermediate_size": FFN, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS,
            "num_key_value_heads": KV_HEADS, "head_dim": HEAD_DIM, "vocab_size": VOCAB, "rms_norm_eps": EPS,
            "rope_theta": THETA, "rope_scaling": ROPE, "max_position_embeddings": CONTEXT, "tie_word_embeddings": True,
            "bos_token_id": 128000, "eos_token_id": 128001,
            "torch_dtype": FLOATS[dtype]}


def tensors() -> list[tuple[str, str, tuple[int, ...]]]:
    """Name at Hugging Face, name in GGUF, shape."""
    found = [("model.embed_tokens.weight", "token_embd.weight", (VOCAB, HIDDEN)),
             ("model.norm.weight", "output_norm.weight", (HIDDEN,))]
    for i in range(LAYERS):
        for name, own, shape in [("input_layernorm", "attn_norm", (HIDDEN,)),
                                 ("self_attn.q_proj", "attn_q", (HEADS * HEAD_DIM, HIDDEN)),
                                 ("self_attn.k_proj", "attn_k", (KV_HEADS * HEAD_DIM, HIDDEN)),
                                 ("self_attn.v_proj", "attn_v", (KV_HEADS * HEAD_DIM, HIDDEN)),
                                 ("self_attn.o_proj", "attn_output", (HIDDEN, HEADS * HEAD_DIM)),
                                 ("post_attention_layernorm", "ffn_norm", (HIDDEN,)),
                                 ("mlp.gate_proj", "ffn_gate", (FFN, HIDDEN)),
                                 ("mlp.up_proj", "ffn_up", (FFN, HIDDEN)),
                                 ("mlp.down_proj", "ffn_down", (HIDDEN, FFN))]:
            found.append((f"model.layers.{i}.{name}.weight", f"blk.{i}.{own}.weight", shape))
    return found


def write(folder: Path, dtype: str) -> Model:
    """Once; numpy and gguf come into a virtual environment of the folder."""
    model = Model(folder / f"llama-1b-{dtype}", folder / f"llama-1b-{dtype}.gguf")
    if not (model.folder / "config.json").exists():
        python = folder / "venv/bin/python"
        if not python.exists():
            venv.create(folder / "venv", with_pip=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", "numpy", "gguf"], check=True)
        model.folder.mkdir(exist_ok=True)
        subprocess.run([python, "-m", "peers.write_weights", model.folder, model.gguf, dtype], check=True,
                       cwd=Path(__file__).parent.parent)
        (model.folder / "config.json").write_text(json.dumps(config(dtype), indent=1))  # last: it says all is there
    return model
