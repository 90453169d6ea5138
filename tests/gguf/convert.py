"""A Hugging Face folder as keys and tensors of a GGUF file, in the form that llama.cpp gives Llamas."""

import json
import math
import struct
from pathlib import Path

from gguf_file import Tensor

NAMES = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output"}
IN_LAYER = {"input_layernorm": "attn_norm", "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k",
            "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output", "post_attention_layernorm": "ffn_norm",
            "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}
NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = 1, 2, 3, 4, 5, 6


def read_safetensors(folder: Path) -> dict[str, tuple[str, list[int], bytes]]:
    tensors = {}
    for file in sorted(folder.glob("*.safetensors")):
        raw = file.read_bytes()
        (length,) = struct.unpack_from("<Q", raw)
        for name, entry in json.loads(raw[8:8 + length]).items():
            if name != "__metadata__":
                begin, end = entry["data_offsets"]
                tensors[name] = (entry["dtype"], entry["shape"], raw[8 + length + begin:8 + length + end])
    return tensors


def rename(name: str) -> str:
    module, kind = name.rsplit(".", 1)
    if module in NAMES:
        return f"{NAMES[module]}.{kind}"
    _, _, layer, inner = module.split(".", 3)
    return f"blk.{layer}.{IN_LAYER[inner]}.{kind}"


def interleave(data: bytes, rows: int, heads: int) -> bytes:
    """Rows i and i + E/2 of each head become neighbours."""
    size, each = len(data) // rows, rows // heads
    order = [head * each + half * (each // 2) + pair for head in range(heads) for pair in range(each // 2)
             for half in range(2)]
    return b"".join(data[row * size:(row + 1) * size] for row in order)


def widen(dtype: str, data: bytes) -> bytes:
    """bf16 or f16 to f32."""
    if dtype == "BF16":
        return b"".join(b"\0\0" + data[i:i + 2] for i in range(0, len(data), 2))
    if dtype == "F16":
        return struct.pack(f"<{len(data) // 2}f", *struct.unpack(f"<{len(data) // 2}e", data))
    return data


def convert_tensors(folder: Path, config: dict) -> list[Tensor]:
    """As llama.cpp does, norms and biases are f32."""
    out = []
    heads = config["num_attention_heads"]
    for name, (dtype, shape, data) in read_safetensors(folder).items():
        if "q_proj" in name:
            data = interleave(data, shape[0], heads)
        elif "k_proj" in name:
            data = interleave(data, shape[0], config.get("num_key_value_heads") or heads)
        if len(shape) == 1:
            dtype, data = "F32", widen(dtype, data)
        out.append(Tensor(rename(name), dtype, shape, data))
    return out


def rope_divisors(theta: float, head_dim: int, scaling: dict) -> list[float]:
    """Llama 3.1's rescaling, as transformers computes it."""
    low, high = scaling["low_freq_factor"], scaling["high_freq_factor"]
    context, factor = scaling["original_max_position_embeddings"], scaling["factor"]
    out = []
    for i in range(head_dim // 2):
        length = 2 * math.pi * theta ** (2 * i / head_dim)
        smooth = (context / length - low) / (high - low)
        out.append(1.0 if length < context / high else factor if length > context / low
                   else 1 / ((1 - smooth) / factor + smooth))
    return out


def architecture_of(config: dict) -> str:
    return "smollm3" if config["model_type"] == "smollm3" else "llama"


def convert_config(config: dict, keys: dict, tensors: list[Tensor]) -> None:
    own, heads = architecture_of(config), config["num_attention_heads"]
    head_dim = config.get("head_dim") or config["hidden_size"] // heads
    rope = config.get("rope_scaling") or config.get("rope_parameters") or {}
    theta = rope.get("rope_theta") or config.get("rope_theta", 10000.0)
    keys |= {f"{own}.vocab_size": ("u32", config["vocab_size"]),
             f"{own}.context_length": ("u32", config["max_position_embeddings"]),
             f"{own}.embedding_length": ("u32", config["hidden_size"]),
             f"{own}.block_count": ("u32", config["num_hidden_layers"]),
             f"{own}.feed_forward_length": ("u32", config["intermediate_size"]),
             f"{own}.attention.head_count": ("u32", heads),
             f"{own}.attention.head_count_kv": ("u32", config.get("num_key_value_heads") or heads),
             f"{own}.attention.key_length": ("u32", head_dim), f"{own}.attention.value_length": ("u32", head_dim),
             f"{own}.attention.layer_norm_rms_epsilon": ("f32", config.get("rms_norm_eps", 1e-6)),
             f"{own}.rope.dimension_count": ("u32", head_dim), f"{own}.rope.freq_base": ("f32", theta)}
    kind = rope.get("rope_type") or rope.get("type")
    if kind == "linear":
        keys |= {f"{own}.rope.scaling.type": ("string", "linear"), f"{own}.rope.scaling.factor": ("f32", rope["factor"])}
    elif kind == "llama3":
        divisors = rope_divisors(theta, head_dim, rope)
        tensors.append(Tensor("rope_freqs.weight", "F32", [len(divisors)], struct.pack(f"<{len(divisors)}f", *divisors)))


def convert_tokens(tokenizer: dict, size: int) -> tuple[list[str], list[int]]:
    texts, types = [f"[PAD{i}]" for i in range(size)], [UNUSED] * size
    for text, number in tokenizer["model"]["vocab"].items():
        texts[number], types[number] = text, NORMAL
    for token in tokenizer["added_tokens"]:
        number = token["id"]
        texts[number], types[number] = token["content"], CONTROL if token["special"] else USER_DEFINED
    return texts, types


def convert_tokenizer(tokenizer: dict, size: int, pre: str, bos: int | None) -> dict:
    """A byte-level tokenizer.json."""
    texts, types = convert_tokens(tokenizer, size)
    merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in tokenizer["model"]["merges"]]
    keys = {"tokenizer.ggml.model": ("string", "gpt2"), "tokenizer.ggml.pre": ("string", pre),
            "tokenizer.ggml.tokens": ("string[]", texts), "tokenizer.ggml.token_type": ("i32[]", types),
            "tokenizer.ggml.merges": ("string[]", merges), "tokenizer.ggml.add_bos_token": ("bool", bos is not None)}
    return keys | ({} if bos is None else {"tokenizer.ggml.bos_token_id": ("u32", bos)})


def convert_sentencepiece(tokenizer: dict, size: int) -> dict:
    """A tokenizer.json of the kind of Llama 2; a piece's score is the rank of the merge that makes it."""
    texts, types = convert_tokens(tokenizer, size)
    ranks = {}
    for rank, merge in enumerate(tokenizer["model"]["merges"]):
        ranks.setdefault("".join(merge.split(" ") if isinstance(merge, str) else merge), rank)
    for number, text in enumerate(texts):
        if len(text) == 6 and text.startswith("<0x") and types[number] == NORMAL:
            types[number] = BYTE
        elif text == tokenizer["model"].get("unk_token"):
            types[number] = UNKNOWN
    scores = [-float(ranks.get(text, len(ranks) + number)) for number, text in enumerate(texts)]
    return {"tokenizer.ggml.model": ("string", "llama"), "tokenizer.ggml.tokens": ("string[]", texts),
            "tokenizer.ggml.token_type": ("i32[]", types), "tokenizer.ggml.scores": ("f32[]", scores),
            "tokenizer.ggml.add_bos_token": ("bool", True), "tokenizer.ggml.bos_token_id": ("u32", texts.index("<s>")),
            "tokenizer.ggml.unknown_token_id": ("u32", types.index(UNKNOWN))}


def convert(folder: Path, pre: str = "llama-bpe") -> tuple[dict, list[Tensor]]:
    """The tokenizer, where there is one, is byte-level."""
    config = json.loads((folder / "config.json").read_text())
    tensors = convert_tensors(folder, config)
    keys = {"general.architecture": ("string", architecture_of(config)), "general.name": ("string", folder.name)}
    convert_config(config, keys, tensors)
    if (folder / "tokenizer.json").exists():
        tokenizer = json.loads((folder / "tokenizer.json").read_text())
        keys |= convert_tokenizer(tokenizer, config["vocab_size"], pre, config.get("bos_token_id"))
        ends = config["eos_token_id"]
        keys["tokenizer.ggml.eos_token_id"] = ("u32", ends[0] if isinstance(ends, list) else ends)
        settings = folder / "tokenizer_config.json"
        template = json.loads(settings.read_text()).get("chat_template") if settings.exists() else None
        if template:
            keys["tokenizer.chat_template"] = ("string", template)
    return keys, tensors
