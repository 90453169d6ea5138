"""`criac --verify` finds every fault that criac_faulty can make, and nothing where there is none.

    check_faults.py --criac CRIAC --faulty CRIAC_FAULTY

The model is made here, small and such that every part of it matters: small embeddings (eps), rotated by angles of which
each third is rescaled, biases, a cache long enough to be split between cores, sizes that are no multiple of a vector.
"""

import argparse
import json
import random
import struct
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

LAYERS, VOCAB, HIDDEN, INNER, HEADS, KV_HEADS, HEAD_DIM = 2, 61, 36, 50, 4, 2, 64
CONFIG = {
    "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu", "torch_dtype": "float32",
    "vocab_size": VOCAB, "hidden_size": HIDDEN, "intermediate_size": INNER, "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS, "num_key_value_heads": KV_HEADS, "head_dim": HEAD_DIM, "rms_norm_eps": 1e-5,
    "max_position_embeddings": 300, "attention_bias": True, "mlp_bias": True, "tie_word_embeddings": False,
    "rope_theta": 10000.0, "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0,
                                            "high_freq_factor": 4.0, "original_max_position_embeddings": 64},
}
# Two parts of the cache for each of two kv heads, with first-level caches up to 64 kB; chunks that end within a block of tokens.
FLAGS = ["--cores=4", "--prefill-chunk=13"]


def tensors() -> dict[str, tuple[list[int], float, float]]:
    """Shape, mean and deviation of each."""
    table = {"model.embed_tokens.weight": ([VOCAB, HIDDEN], 0, 0.01), "lm_head.weight": ([VOCAB, HIDDEN], 0, 0.2),
             "model.norm.weight": ([HIDDEN], 1, 0.3)}
    query, key = HEADS * HEAD_DIM, KV_HEADS * HEAD_DIM
    linears = {"self_attn.q_proj": (query, HIDDEN), "self_attn.k_proj": (key, HIDDEN),
               "self_attn.v_proj": (key, HIDDEN), "self_attn.o_proj": (HIDDEN, query), "mlp.gate_proj": (INNER, HIDDEN),
               "mlp.up_proj": (INNER, HIDDEN), "mlp.down_proj": (HIDDEN, INNER)}
    for layer in range(LAYERS):
        at = f"model.layers.{layer}."
        for name in ("input_layernorm", "post_attention_layernorm"):
            table[f"{at}{name}.weight"] = ([HIDDEN], 1, 0.3)
        for name, (rows, columns) in linears.items():
            table[f"{at}{name}.weight"] = ([rows, columns], 0, 1.3 * columns ** -0.5)
            table[f"{at}{name}.bias"] = ([rows], 0, 0.1)
    return table


def write_model(folder: Path) -> None:
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(CONFIG))
    rng = random.Random(7)
    header, data = {}, bytearray()
    for name, (shape, mean, deviation) in tensors().items():
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        begin = len(data)
        data += struct.pack(f"<{count}f", *(rng.gauss(mean, deviation) for _ in range(count)))
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [begin, len(data)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--criac", required=True)
    parser.add_argument("--faulty", required=True)
    parser.add_argument("--only", default="", help="faults whose name contains this")
    args = parser.parse_args()
    listed = subprocess.run([args.faulty, "list"], check=True, capture_output=True, text=True).stdout.splitlines()
    faults = [tuple(line.split("\t")) for line in listed]
    assert len(faults) >= 20, faults
    faults = [fault for fault in faults if args.only in fault[0]]

    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        folder = Path(name)
        model = folder / "model"
        write_model(model)

        def run(number: int, program: list[str], *flags: str) -> subprocess.CompletedProcess:
            """criac, which leaves an output if all is well, and else none."""
            output = folder / f"program{number}"
            done = subprocess.run([*program, str(model), "-o", str(output), "--verify", *FLAGS, *flags],
                                  capture_output=True, text=True)
            assert done.returncode in (0, 1) and output.exists() == (done.returncode == 0), done
            return done

        def check(number: int, fault: str, flag: str) -> bool:
            done = run(number, [args.faulty, fault], *([flag] if flag else []))
            lines = [line for line in done.stderr.splitlines() if not line.startswith("criac: verify: ")]  # progress
            caught = done.returncode == 1 and len(lines) == 1 and ": --verify: " in lines[0]
            assert caught or "verified: " in done.stderr and done.returncode == 0, f"{fault}: {done}"
            print(f"{'caught' if caught else 'MISSED'}  {fault}: {lines[-1].split('--verify: ')[-1]}", flush=True)
            return caught

        right = [([args.faulty, "none"],), *(([args.criac], flag) for flag in (
            "--verify=full", "--embed-weights", "--emit=shared", "--emit=obj", "--emit=asm", "--emit=llvm",
            "--kv-dtype=f16", "--kv-dtype=bf16", "--random-weights=1"))]
        for done in pool.map(lambda item: run(-item[0], *item[1]), enumerate(right)):
            assert done.returncode == 0 and "verified: " in done.stderr, done
        caught = sum(pool.map(lambda item: check(item[0] + 1, *item[1]), enumerate(faults)))
    print(f"{caught} of {len(faults)} faults caught")
    sys.exit(caught < len(faults))


main()
