"""Weights: names, storage, tied heads"""

from case import Case
from tiny import ABSENT, add, both, config, rename, store, without

NORM, HEAD, TABLE = "model.norm.weight", "lm_head.weight", "model.embed_tokens.weight"
QUERY = "model.layers.0.self_attn.q_proj.weight"


def unprefixed(name: str) -> str:
    return name.removeprefix("model.")


CASES = [
    Case("prefix-missing", "names without `model.`", rename(unprefixed), source="llama.cpp#9211"),
    Case("prefix-twice", "names with `model.` once more", rename(lambda name: "model." + name)),
    Case("prefix-head", "`model.lm_head.weight`", rename(lambda name: "model." + name if name == HEAD else name)),
    Case("prefix-some", "some names with the prefix, some without",
         rename(lambda name: unprefixed(name) if "layers.1" in name else name)),
    Case("prefix-ddp", "names with `module.`, `base_model.model.` or another prefix", rename(lambda name: "module." + name),
         refused=("module.model.embed_tokens.weight", "prefix")),
    Case("name-twice", "one weight under two of these names", add("norm.weight", NORM), refused=("model.norm.weight", "both")),
    Case("mixed-layers", "layers stored in bf16 and in f32, each read as it is",
         store(lambda name: "F32" if "layers.1" in name else "BF16"), source="mlx#546"),
    Case("mixed-halves", "layers stored in bf16 and in f16, each read as it is",
         store(lambda name: "F16" if "layers.1" in name else "BF16")),
    Case("mixed-projections", "projections stored in different types", store(lambda name: "F16" if "q_proj" in name else "BF16")),
    Case("mixed-table", "the table of tokens alone in f32", store(lambda name: "F32" if name == TABLE else "BF16"),
         source="LlamaFactory#7998"),
    Case("norms-f32", "norms in f32, matrices in bf16", store(lambda name: "F32" if "norm" in name else "BF16")),
    Case("doubles", "f64 weights, which are rounded to f32", store(lambda name: "F64"), warns=("rounded to F32",)),
    Case("one-double", "one f64 tensor", store(lambda name: "F64" if name == NORM else "F32"), warns=("rounded to F32",)),
    Case("float8", "f8 weights", store(lambda name: "F8_E4M3" if name == QUERY else "F32"), refused=(QUERY, "F8_E4M3")),
    Case("tied", "tied embeddings", both(config(tie_word_embeddings=True), without(HEAD))),
    Case("tied-own-head", "tied embeddings by the config, but a head of its own in the file: it is read",
         config(tie_word_embeddings=True), warns=("lm_head.weight is read",), source="peft#2777"),
    Case("tied-equal-head", "the same with a head that equals the table",
         both(config(tie_word_embeddings=True), lambda model: model.tensors.update({HEAD: model.tensors[TABLE]})),
         warns=("lm_head.weight is read",), source="vllm#6758"),
    Case("tied-head-only", "tied embeddings, stored as the head alone",
         both(config(tie_word_embeddings=True), without(TABLE)), source="transformers#34759"),
    Case("untied-no-head", "no head, and no tied embeddings by the config", without(HEAD), refused=(HEAD, "missing")),
    Case("tie-absent", "`tie_word_embeddings` absent: not tied", config(tie_word_embeddings=ABSENT)),
    Case("inverse-frequencies", "`rotary_emb.inv_freq` of older files",
         add("model.layers.0.self_attn.rotary_emb.inv_freq", NORM)),
    Case("other-tensors", "other tensors, such as those of a classifier", add("score.weight", NORM),
         warns=("score.weight",)),
    Case("bias-not-in-config", "biases that the config does not announce: they are not read",
         add("model.layers.0.self_attn.q_proj.bias", NORM), warns=("q_proj.bias",)),
    Case("bias-missing", "biases that the config announces and the file lacks", config(attention_bias=True),
         refused=("q_proj.bias", "missing")),
    Case("vocabulary-padded", "a table with more rows than `vocab_size`", config(vocab_size=40),
         refused=(TABLE, "[48, 16]", "[40, 16]")),
    Case("layers-more", "more layers in the file than in the config", config(num_hidden_layers=1), warns=("model.layers.1.",)),
    Case("quantization-remnant", "a `quantization_config` left over beside plain weights",
         config(quantization_config={"quant_method": "bitsandbytes", "load_in_4bit": True}),
         warns=("quantization_config (bitsandbytes) does not count",), peer=config(), source="transformers#34847"),
    Case("quantization-scales", "quantised weights",
         both(config(quantization_config={"quant_method": "compressed-tensors"}), store(lambda name: "I8" if "proj" in name else "F32"),
              add(QUERY + "_scale", NORM)), refused=("quant_method", "compressed-tensors", "rewritten")),
    Case("quantization-packed", "packed weights",
         both(config(quantization_config={"quant_method": "gptq", "bits": 4}), rename(lambda name: name.replace("proj.weight", "proj.qweight"))),
         refused=("quant_method", "gptq", "rewritten")),
    Case("quantization-unknown", "weights that are quantised in another way",
         both(config(quantization_config={"quant_method": "bitsandbytes"}), store(lambda name: "I8" if "proj" in name else "F32")),
         refused=("quant_method", "bitsandbytes", "not supported")),
]
