"""A tiny Llama from a seed, and ways to spell its files: each takes arguments and returns change(model)."""

import json
import random
import struct
import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "bad-input"))
from model import write_weights  # noqa: E402

ABSENT = object()
LAYERS = 2

CONFIG = {
    "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": 48, "hidden_size": 16,
    "intermediate_size": 20, "num_hidden_layers": LAYERS, "num_attention_heads": 4, "num_key_value_heads": 2,
    "head_dim": 4, "hidden_act": "silu", "rms_norm_eps": 1e-05, "rope_theta": 10000.0, "max_position_embeddings": 64,
    "tie_word_embeddings": False, "attention_bias": False, "mlp_bias": False, "torch_dtype": "float32",
    "bos_token_id": 1, "eos_token_id": 2,
}


@dataclass
class Tensor:
    """Values row by row; `dtype` is how the file stores them."""

    shape: list[int]
    values: list[float]
    dtype: str = "F32"

    def data(self) -> bytes:
        count = len(self.values)
        if self.dtype == "BF16":  # rounded to the nearest
            bits = struct.unpack(f"<{count}I", struct.pack(f"<{count}f", *self.values))
            return struct.pack(f"<{count}H", *((b + 0x7FFF + (b >> 16 & 1)) >> 16 for b in bits))
        if self.dtype in ("I8", "F8_E4M3"):
            return struct.pack(f"<{count}b", *(int(v * 10) for v in self.values))
        return struct.pack(f"<{count}{ {'F64': 'd', 'F32': 'f', 'F16': 'e'}[self.dtype] }", *self.values)


@dataclass
class Model:
    """What the folder will hold; `file_of` says which tensor is in which file, None being nowhere."""

    config: dict
    tensors: dict[str, Tensor]
    config_text: str | None = None  # in place of `config`
    files: dict[str, str | bytes] = field(default_factory=dict)  # others, by name
    shards: dict[str, dict[str, Tensor]] | None = None  # in place of model.safetensors
    index: dict | None = None

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        if self.config is not None:
            text = json.dumps(self.config, indent=1) if self.config_text is None else self.config_text
            (folder / "config.json").write_text(text, encoding="utf-8")
        for name, tensors in (self.shards or {"model.safetensors": self.tensors}).items():
            if tensors is not None:
                write_tensors(folder / name, tensors)
        if self.index is not None:
            (folder / "model.safetensors.index.json").write_text(json.dumps(self.index))
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)


def write_tensors(file: Path, tensors: dict[str, Tensor]) -> None:
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        raw = tensor.data()
        header[name] = {"dtype": tensor.dtype, "shape": tensor.shape, "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    write_weights(file, header, data)


def shapes(config: dict) -> dict[str, list[int]]:
    hidden, ffn, vocab, dim = (config[name] for name in ("hidden_size", "intermediate_size", "vocab_size", "head_dim"))
    query, key = config["num_attention_heads"] * dim, config["num_key_value_heads"] * dim
    table = {"model.embed_tokens.weight": [vocab, hidden]}
    for layer in range(LAYERS):
        at = f"model.layers.{layer}."
        table |= {
            at + "input_layernorm.weight": [hidden],
            at + "self_attn.q_proj.weight": [query, hidden], at + "self_attn.k_proj.weight": [key, hidden],
            at + "self_attn.v_proj.weight": [key, hidden], at + "self_attn.o_proj.weight": [hidden, query],
            at + "post_attention_layernorm.weight": [hidden],
            at + "mlp.gate_proj.weight": [ffn, hidden], at + "mlp.up_proj.weight": [ffn, hidden],
            at + "mlp.down_proj.weight": [hidden, ffn]}
    return table | {"model.norm.weight": [hidden], "lm_head.weight": [vocab, hidden]}


def make(name: str) -> Model:
    """The model of a case: the name is the seed, so that no two give the same logits by chance."""
    draw = random.Random(name)
    tensors = {}
    for tensor, shape in shapes(CONFIG).items():
        count = shape[0] * (shape[1] if len(shape) == 2 else 1)
        scale = 1.2 / shape[1] ** 0.5 if len(shape) == 2 and "embed" not in tensor else 0.4
        offset = 1 if len(shape) == 1 else 0
        tensors[tensor] = Tensor(shape, [offset + scale * draw.gauss(0, 1) for _ in range(count)])
    return Model(dict(CONFIG), tensors)


# Changes.

def both(*changes):
    def change(model):
        for each in changes:
            each(model)
    return change


def config(**fields):
    """Puts fields into config.json; ABSENT takes one out."""
    def change(model):
        model.config = {key: value for key, value in (model.config | fields).items() if value is not ABSENT}
    return change


def rope(**fields):
    return config(rope_scaling=fields)


def text(edit):
    """Changes the text of config.json."""
    def change(model):
        model.config_text = edit(json.dumps(model.config))
    return change


def file(name: str, content: str | bytes = ""):
    def change(model):
        model.files[name] = content
    return change


def no_weights(model):
    model.shards = {"model.safetensors": None}


def no_config(model):
    model.config = None


def only(*files):
    """These files, empty, and no model."""
    return both(no_weights, no_config, *(file(name) for name in files))


def rename(edit):
    """Renames every tensor."""
    def change(model):
        model.tensors = {edit(name): tensor for name, tensor in model.tensors.items()}
    return change


def without(name: str):
    return lambda model: model.tensors.pop(name)


def store(choose):
    """Stores each tensor as the dtype that choose(name) gives."""
    def change(model):
        for name, tensor in model.tensors.items():
            tensor.dtype = choose(name)
    return change


def add(name: str, like: str, dtype: str = "F32", scale: float = 0.5):
    """Another tensor, with values that are not those of `like`."""
    def change(model):
        source = model.tensors[like]
        model.tensors[name] = Tensor(list(source.shape), [scale * value for value in source.values], dtype)
    return change


def shard(where, indexed=None):
    """Two shards: where(name) is 1, 2 or both (12), in which case the copy in the other one is old. `indexed`
    changes the weight_map."""
    def change(model):
        names = {1: "model-00001-of-00002.safetensors", 2: "model-00002-of-00002.safetensors"}
        model.shards = {file: {} for file in names.values()}
        weight_map = {}
        for name, tensor in model.tensors.items():
            place = where(name)
            for number in (place // 10, place % 10) if place > 10 else (place,):
                model.shards[names[number]][name] = tensor
            weight_map[name] = names[place % 10]
            if place > 10:  # the first digit is the shard with the old copy
                old = Tensor(tensor.shape, [-value for value in tensor.values], tensor.dtype)
                model.shards[names[place // 10]][name] = old
        if indexed:
            indexed(weight_map)
        model.index = {"metadata": {"total_size": 1}, "weight_map": weight_map}
    return change
