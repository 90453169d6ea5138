"""The tiny models: one row a model, each there for what its comment says.

`config` is config.json as it is written, on top of BASE (a value of ABSENT takes the key out). The other
fields say how the weights are written and which prompts are run.
"""

from dataclasses import dataclass, field

ABSENT = object()

BASE = {
    "architectures": ["LlamaForCausalLM"],
    "model_type": "llama",
    "vocab_size": 80,
    "hidden_size": 24,
    "intermediate_size": 36,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 8,
    "hidden_act": "silu",
    "max_position_embeddings": 256,
    "rms_norm_eps": 1e-05,
    "rope_theta": 10000.0,
    "attention_bias": False,
    "mlp_bias": False,
    "tie_word_embeddings": False,
    "bos_token_id": 1,
    "eos_token_id": 2,
}


@dataclass
class Tiny:
    """One tiny model."""

    name: str
    config: dict
    dtype: str = "bfloat16"  # of the matrices in the file
    norm_dtype: str | None = None  # of the gammas, where it differs
    embed_std: float = 0.5
    lengths: tuple[int, ...] = (1, 7, 33)
    shards: int = 1
    metadata: dict | None = field(default_factory=lambda: {"format": "pt"})
    generation: dict | None = None  # generation_config.json
    write_head: bool = False  # tied, and the output matrix is in the file all the same


def llama3(kind: str = "rope_type", **changes) -> dict:
    """Llama 3 scaling; these lengths reach all of its three branches within a short prompt."""
    scaling = {kind: "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
               "original_max_position_embeddings": 32}
    return scaling | changes


def heads(query: int, key: int, dim: int, hidden: int) -> dict:
    return {"num_attention_heads": query, "num_key_value_heads": key, "head_dim": dim, "hidden_size": hidden}


SMOLLM3 = {"architectures": ["SmolLM3ForCausalLM"], "model_type": "smollm3", "num_hidden_layers": 5,
           "head_dim": ABSENT, "hidden_size": 32, "use_sliding_window": False, "pad_token_id": 0}

TINY = [
    # How query heads share key/value heads.
    Tiny("mha", heads(4, 4, 8, 32), dtype="float32"),
    Tiny("mha-kv-absent", heads(4, 4, 8, 32) | {"num_key_value_heads": ABSENT}),
    Tiny("gqa-2", {}),
    Tiny("gqa-4", heads(8, 2, 6, 48) | {"intermediate_size": 40}),
    Tiny("gqa-3", heads(6, 2, 8, 48) | {"num_hidden_layers": 1}),
    Tiny("gqa-3-of-9", heads(9, 3, 6, 36)),
    Tiny("mqa", heads(8, 1, 4, 32)),
    # Sizes: nothing is a multiple of a vector, heads wider or narrower than hidden / heads, head_dim derived.
    Tiny("odd", heads(3, 1, 12, 36) | {"intermediate_size": 52, "vocab_size": 77}, dtype="float32"),
    Tiny("odder", heads(5, 5, 2, 10) | {"intermediate_size": 7, "vocab_size": 65, "num_hidden_layers": 3},
         dtype="float32"),
    Tiny("head-dim-wide", heads(4, 2, 16, 20)),
    Tiny("head-dim-narrow", heads(2, 2, 8, 40)),
    Tiny("head-dim-derived", heads(4, 2, 8, 40) | {"head_dim": ABSENT}),
    Tiny("vocab-320", heads(4, 2, 8, 32) | {"vocab_size": 320, "num_hidden_layers": 1}),
    Tiny("one-layer", {"num_hidden_layers": 1}, dtype="float32"),
    Tiny("five-layers", heads(4, 2, 6, 24) | {"num_hidden_layers": 5, "intermediate_size": 40}),
    # Rotary embedding.
    Tiny("theta", {"rope_theta": 500000.0, "head_dim": 16}, lengths=(1, 7, 70)),
    Tiny("theta-in-parameters",
         {"rope_theta": ABSENT, "rope_parameters": {"rope_type": "default", "rope_theta": 777.0}},
         lengths=(1, 7, 70)),
    Tiny("scaling-null", {"rope_scaling": None}),
    Tiny("linear", {"rope_scaling": {"rope_type": "linear", "factor": 4.0}}),
    Tiny("linear-type", {"rope_scaling": {"type": "linear", "factor": 2.5}}),
    Tiny("linear-in-parameters",
         {"rope_theta": ABSENT,
          "rope_parameters": {"rope_type": "linear", "factor": 2.0, "rope_theta": 5000.0}}),
    Tiny("llama3", {"head_dim": 16, "rope_theta": 100.0, "rope_scaling": llama3()},
         lengths=(1, 7, 33, 70)),
    Tiny("llama3-type", {"head_dim": 16, "rope_theta": 100.0, "rope_scaling": llama3("type", factor=4.0)},
         dtype="float16", lengths=(1, 7, 70)),
    Tiny("llama3-in-parameters",
         {"head_dim": 16, "rope_theta": ABSENT, "num_hidden_layers": 1,
          "rope_parameters": llama3(rope_theta=200.0, factor=32.0, low_freq_factor=2.0)},
         lengths=(1, 7, 70), dtype="float32"),
    Tiny("llama3-real-theta",
         {"head_dim": 16, "rope_theta": 500000.0, "max_position_embeddings": 2048,
          "rope_scaling": llama3(original_max_position_embeddings=256)},
         lengths=(1, 7, 120)),
    # Layers without rotary embedding, and a head that is tied unless the file says otherwise.
    Tiny("smollm3", SMOLLM3 | {"tie_word_embeddings": ABSENT}, lengths=(1, 7, 70)),
    Tiny("smollm3-list", SMOLLM3 | {"no_rope_layers": [1, 0, 1, 0, 1]}, dtype="float32"),
    # Epsilon: small embeddings, so that it counts.
    Tiny("eps-1e-3", {"rms_norm_eps": 1e-3}, embed_std=0.05),
    Tiny("eps-1e-6", {"rms_norm_eps": 1e-6}, embed_std=0.002, dtype="float32"),
    # Biases and tied matrices.
    Tiny("attention-bias", {"attention_bias": True}),
    Tiny("mlp-bias", {"mlp_bias": True}),
    Tiny("all-bias-tied", {"attention_bias": True, "mlp_bias": True, "tie_word_embeddings": True},
         dtype="float32"),
    Tiny("tied", {"tie_word_embeddings": True}),
    Tiny("tied-head-in-file", {"tie_word_embeddings": True}, dtype="float16", write_head=True),
    # Every key that has a default is absent.
    Tiny("defaults", {key: ABSENT for key in (
        "rms_norm_eps", "rope_theta", "attention_bias", "mlp_bias", "tie_word_embeddings", "hidden_act",
        "num_key_value_heads", "head_dim", "torch_dtype", "eos_token_id", "bos_token_id")},
        embed_std=0.002, dtype="float32"),
    # End tokens.
    Tiny("eos-list", {"eos_token_id": [2, 5, 9], "num_hidden_layers": 1}),
    Tiny("eos-null", {"eos_token_id": None, "num_hidden_layers": 1}),
    Tiny("eos-in-generation", {"num_hidden_layers": 1}, generation={"bos_token_id": 1, "eos_token_id": [3, 4]}),
    # How the weights lie in their files.
    Tiny("f16", {}, dtype="float16"),
    Tiny("f32", {}, dtype="float32"),
    Tiny("dtype-key", {"torch_dtype": ABSENT, "dtype": "bfloat16"}),
    Tiny("bf16-f32-norms", {}, norm_dtype="float32"),
    Tiny("sharded", {}, shards=3),
    Tiny("sharded-tied", {"tie_word_embeddings": True}, shards=2, dtype="float32"),
    Tiny("metadata", {"num_hidden_layers": 1},
         metadata={"format": "pt", "note": "any \"text\", \u00e9\u4e2d\U0001f999", "shape": "[1, 2]"}),
    Tiny("metadata-absent", {"num_hidden_layers": 1}, metadata=None),
]
