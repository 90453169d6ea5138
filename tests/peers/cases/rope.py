"""Rotary embedding"""

from case import Case
from tiny import ABSENT, config, rope

LLAMA3 = {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 32}
YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 16}


def parameters(**fields):
    return config(rope_theta=ABSENT, rope_parameters=fields)


CASES = [
    Case("theta-beside", "`rope_theta` beside `rope_parameters` that lack it",
         config(rope_theta=200.0, rope_parameters={"rope_type": "default"})),
    Case("theta-inside", "`rope_theta` in `rope_parameters` and at the top: that inside counts",
         config(rope_theta=5.0, rope_parameters={"rope_type": "default", "rope_theta": 300.0})),
    Case("theta-inside-scaling", "`rope_theta` in `rope_scaling`", rope(rope_type="linear", factor=2.0, rope_theta=77.0)),
    Case("theta-null", "`rope_theta: null`", config(rope_theta=None), peer=config(rope_theta=10000.0)),
    Case("theta-text", "`rope_theta` in quotes", config(rope_theta="10000"), refused=("rope_theta", "\"10000\"")),
    Case("both-same", "`rope_scaling` and `rope_parameters` that say the same",
         config(rope_scaling={"type": "linear", "factor": 4},
                rope_parameters={"rope_type": "linear", "factor": 4.0, "rope_theta": 10000.0}), source="vllm#42624"),
    Case("both-differ", "`rope_scaling` and `rope_parameters` that differ: `rope_scaling` counts, whole",
         config(rope_theta=ABSENT, rope_scaling={"type": "linear", "factor": 4},
                rope_parameters={"rope_type": "default", "rope_theta": 50.0}),
         warns=("rope_parameters: does not count",), source="DeepSpeed#8341"),
    Case("scaling-empty", "an empty `rope_scaling`", config(rope_scaling={}, rope_parameters={"rope_theta": 60.0})),
    Case("type-spelling", "`type` for `rope_type`", rope(type="llama3", **LLAMA3), source="llama3#299"),
    Case("type-missing", "a `factor` without `rope_type`", rope(factor=8.0), warns=("rope_scaling.factor: does not count",)),
    Case("linear", "`linear`", rope(rope_type="linear", factor=3)),
    Case("linear-below-one", "a `factor` below 1", rope(rope_type="linear", factor=0.5), refused=("factor", "0.5")),
    Case("proportional", "`proportional` with the whole head rotated, which is `linear`", rope(rope_type="proportional", factor=2.0)),
    Case("llama3", "`llama3`", rope(rope_type="llama3", **LLAMA3)),
    Case("llama3-top-context", "`original_max_position_embeddings` at the top: it counts before that inside",
         config(original_max_position_embeddings=16, rope_scaling={"rope_type": "llama3"} | LLAMA3)),
    Case("llama3-incomplete", "`llama3` without its factors", rope(rope_type="llama3", factor=8.0),
         refused=("low_freq_factor", "missing")),
    Case("yarn", "`yarn`", rope(**YARN), tokens=40, source="transformers#25957"),
    Case("yarn-finetuned", "`yarn` with fields of other tools", rope(**YARN, finetuned=True, extrapolation_factor=1), tokens=30),
    Case("yarn-factor-null", "`yarn` with `factor: null`: the context over the original one",
         rope(**YARN | {"factor": None}), tokens=20),
    Case("yarn-factor-missing", "`yarn` without a `factor`", rope(rope_type="yarn", original_max_position_embeddings=16),
         refused=("factor", "missing")),
    Case("yarn-context", "`yarn` without `original_max_position_embeddings`: the context itself",
         rope(rope_type="yarn", factor=2.0), tokens=20),
    Case("yarn-attention", "`attention_factor`", rope(**YARN, attention_factor=1.5), tokens=20),
    Case("yarn-mscale", "`mscale` and `mscale_all_dim`", rope(**YARN, mscale=0.7, mscale_all_dim=1.2), tokens=20),
    Case("yarn-mscale-alone", "`mscale` alone, which does nothing", rope(**YARN, mscale=0.7), tokens=20),
    Case("yarn-betas", "`beta_fast` and `beta_slow`", rope(**YARN, beta_fast=4, beta_slow=0.5), tokens=30),
    Case("yarn-truncate", "`truncate: false`", rope(**YARN, beta_fast=2, beta_slow=0.1, truncate=False), tokens=30),
    Case("dynamic", "`dynamic`: without effect up to `max_position_embeddings`, and criac goes no further",
         rope(type="dynamic", factor=4.0), tokens=64, source="llama.cpp#8361"),
    Case("longrope", "`longrope` and other kinds", rope(rope_type="longrope", factor=4.0, short_factor=[1, 1], long_factor=[2, 2]),
         refused=("rope_scaling.rope_type", "longrope")),
    Case("partial-default", "`partial_rotary_factor` below 1 with the default frequencies: the whole head is rotated",
         config(partial_rotary_factor=0.5), warns=("partial_rotary_factor: 0.5 does not count",)),
    Case("partial-scaled", "`partial_rotary_factor` below 1 with scaling",
         config(partial_rotary_factor=0.5, rope_scaling={"type": "linear", "factor": 2.0}),
         refused=("partial_rotary_factor", "0.5")),
    Case("per-layer-type", "`rope_parameters` by layer type",
         parameters(full_attention={"rope_type": "linear", "factor": 4.0, "rope_theta": 100.0}),
         refused=("rope_parameters.full_attention",)),
]
