"""params.json of a Llama 3, as the fields of config.json."""

import json
from pathlib import Path

from .pth import Fault
from .tokens import ENDS

# Context and factor of rescaled frequencies: of Llama 3.1, and of the small models of Llama 3.2, whose files do not say
# the factor, by their numbers of layers.
CONTEXT, RESCALED_CONTEXT, FACTOR, SMALL_FACTOR, SMALL_LAYERS = 8192, 131072, 8.0, 32.0, (16, 28)


class Params:
    def __init__(self, file: Path):
        self.file = file
        try:
            self.fields = json.loads(file.read_text(encoding="utf-8"))
            assert isinstance(self.fields, dict)
        except (ValueError, AssertionError):
            raise Fault(f"{file}: is not a JSON object") from None
        self.width, self.layers, self.heads = (self.whole(name) for name in ("dim", "n_layers", "n_heads"))
        self.kv_heads = self.whole("n_kv_heads", self.heads)
        self.vocab = self.whole("vocab_size")
        if self.width % self.heads or self.heads % self.kv_heads:
            raise Fault(f"{file}: n_heads: {self.heads} does not divide dim, or is no multiple of n_kv_heads")
        self.head_dim = self.width // self.heads
        multiple = self.whole("multiple_of", 256)
        inner = int(self.number("ffn_dim_multiplier", 1.0) * int(8 * self.width / 3))
        self.inner = -(-inner // multiple) * multiple

    def number(self, name: str, absent: float | None = None) -> float:
        value = self.fields.get(name)
        value = absent if value is None else value
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1e9:
            raise Fault(f"{self.file}: {name}: {json.dumps(self.fields.get(name))} is not a positive number")
        return value

    def whole(self, name: str, absent: int | None = None) -> int:
        value = self.number(name, absent)
        if value != int(value):
            raise Fault(f"{self.file}: {name}: {value} is not an integer")
        return int(value)

    def config(self, dtype: str, first_special: int, tied: bool) -> dict:
        rescaled = self.fields.get("use_scaled_rope", False)
        config = {
            "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": self.width,
            "intermediate_size": self.inner, "num_hidden_layers": self.layers, "num_attention_heads": self.heads,
            "num_key_value_heads": self.kv_heads, "head_dim": self.head_dim, "vocab_size": self.vocab,
            "hidden_act": "silu", "rms_norm_eps": self.number("norm_eps", 1e-5),
            "rope_theta": self.number("rope_theta", 10000.0), "tie_word_embeddings": tied,
            "max_position_embeddings": RESCALED_CONTEXT if rescaled else CONTEXT, "torch_dtype": dtype,
            "bos_token_id": first_special, "eos_token_id": [first_special + i for i in ENDS]}
        if rescaled:
            usual = SMALL_FACTOR if self.layers in SMALL_LAYERS else FACTOR
            config["rope_scaling"] = {
                "rope_type": "llama3", "factor": self.number("rope_scaling_factor", usual), "low_freq_factor": 1.0,
                "high_freq_factor": self.number("rope_high_freq_factor", 4.0), "original_max_position_embeddings": CONTEXT}
        return config
