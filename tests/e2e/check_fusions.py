"""Subsets of fusions compile and agree with the f64 reference: many of them for one tiny model, and a random one for
each of many random models (shapes that no checkpoint has, chunks from one token on) and random specs (blocks that no
checkpoint has). The unit test `reference` interprets the IR of all 256 subsets in f64."""

import argparse
import itertools
import json
import random
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from seed import draw_seed


def random_config(rng: random.Random) -> dict:
    """A config.json: head_dim 8 … 256, 1 … 8 query heads for a kv head, odd widths and vocabularies. Rows of a norm
    are long enough that no draw makes them so small that rounding is all there is; unit tests have shorter ones."""
    kv_heads, head_dim = rng.randint(1, 3), rng.choice([8, 10, 16, 18, 32, 64, 96, 128, 256])
    theta = rng.choice([1e4, 5e5])
    scaling = rng.choice([None, {"rope_type": "linear", "factor": 2.0},
                          {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                           "original_max_position_embeddings": 32}])
    return {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu",
        "vocab_size": rng.randint(3, 400), "hidden_size": rng.randint(8, 150),
        "intermediate_size": rng.randint(1, 300), "num_hidden_layers": rng.randint(1, 3),
        "num_attention_heads": kv_heads * rng.randint(1, 8), "num_key_value_heads": kv_heads, "head_dim": head_dim,
        "rms_norm_eps": rng.choice([1e-5, 1e-6]), "rope_theta": theta, "rope_scaling": scaling,
        "max_position_embeddings": 256, "attention_bias": rng.random() < 0.3, "mlp_bias": rng.random() < 0.3,
        "tie_word_embeddings": rng.random() < 0.5, "torch_dtype": rng.choice(["float32", "bfloat16", "float16"]),
    }


def random_spec(rng: random.Random) -> str:
    """A .spec: any norm before any gate, with and without a residual around them."""
    kv_heads, head_dim = rng.randint(1, 3), rng.choice([2, 6, 16, 34])
    vocab = rng.randint(3, 100)
    attention = f"attention heads={kv_heads * rng.randint(1, 3)} kv_heads={kv_heads} head_dim={head_dim} theta=10000"

    def norm() -> str:
        return rng.choice(["rms_norm eps=1e-05", "layer_norm eps=1e-05"])

    def branch(block: str) -> str:
        body = f"{norm()}\n{block}{rng.choice(['', ' bias=true'])}"
        return f"residual {{\n{body}\n}}" if rng.random() < 0.8 else body

    def gated() -> str:
        return branch(f"{rng.choice(['swiglu', 'geglu', 'reglu'])} ffn={rng.randint(1, 200)}")

    return (f"cria_spec version=1\nmodel random context=256 dtype={rng.choice(['f32', 'bf16'])} {{\n"
            f"embed vocab={vocab} hidden={rng.randint(16, 100)}\n{gated()}\n"
            f"repeat times={rng.randint(1, 3)} {{\n{branch(attention)}\n{gated()}\n}}\n"
            f"{norm()}\nunembed vocab={vocab}{rng.choice(['', ' tied=true'])}\n}}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", required=True)
    parser.add_argument("--model", required=True, help="a tiny model, for many subsets")
    parser.add_argument("--subsets", type=int, default=20,
                        help="how many for the tiny model: none, each fusion alone, each left out, all, and others drawn")
    parser.add_argument("--models", type=int, default=14, help="how many random models")
    parser.add_argument("--specs", type=int, default=8, help="how many random specs")
    parser.add_argument("--seed", type=int, help="repeats a run; default CRIA_SEED, else a new one")
    args = parser.parse_args()

    listed = subprocess.run([args.criac, "--list-fusions"], check=True, capture_output=True, text=True)
    names = [line.split()[0] for line in listed.stdout.splitlines()]
    assert len(names) >= 8, names

    numbers = itertools.count()

    def check(model: str | Path, *flags: str) -> str | None:
        """What went wrong."""
        program = Path(folder) / f"program{next(numbers)}"
        command = [args.criac, str(model), "-o", str(program), "--verify", *flags]
        run = subprocess.run(command, capture_output=True, text=True)
        program.unlink(missing_ok=True)
        return f"{' '.join(command)}: {run.stderr}" if run.returncode or "verified" not in run.stderr else None

    def subset(chosen: tuple[str, ...]) -> str:
        return "--fuse=" + (",".join(chosen) or "none")

    rng = random.Random(draw_seed(args.seed))
    subsets = [chosen for size in range(len(names) + 1) for chosen in itertools.combinations(names, size)]
    ends = [chosen for chosen in subsets if len(chosen) <= 1 or len(chosen) >= len(names) - 1]
    others = [chosen for chosen in subsets if chosen not in ends]
    subsets = ends + rng.sample(others, min(len(others), max(0, args.subsets - len(ends))))
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(check, args.model, subset(chosen), "--max-seq=24", "--prefill-chunk=5")
                for chosen in subsets]
        for number in range(args.models):
            model = Path(folder) / str(number)
            model.mkdir()
            config = random_config(rng)
            (model / "config.json").write_text(json.dumps(config))
            chosen = tuple(name for name in names if rng.random() < 0.6)
            runs.append(pool.submit(
                check, model, subset(chosen), "--random-weights=3",
                f"--max-seq={rng.choice([48, 250])}", f"--cores={rng.choice([1, 2, 16])}",
                f"--prefill-chunk={rng.choice([1, 2, 3, 8, 13, 32])}", f"--kv-dtype={rng.choice(['f32', 'bf16', 'f16'])}"))
        for number in range(args.specs):
            spec = Path(folder) / f"{number}.spec"
            spec.write_text(random_spec(rng))
            chosen = tuple(name for name in names if rng.random() < 0.6)
            runs.append(pool.submit(check, spec, subset(chosen), "--random-weights=3", "--max-seq=48",
                                    f"--prefill-chunk={rng.choice([1, 2, 5, 16])}"))
        wrong = [problem for run in runs if (problem := run.result())]
    for problem in wrong:
        print(problem)
    assert not wrong
    print(f"{len(runs)} compilations agree with the reference")


main()
