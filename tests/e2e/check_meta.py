"""Folders as Meta distributes Llama 3: criac says what to do, scripts/convert-meta does it, and the model has the weights
and the tokens that torch and tiktoken say."""

import argparse
import hashlib
import io
import json
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "../gguf"))

from check_tokenizers import Library
from convert import read_safetensors
from running import run

PARTS = {"model.embed_tokens": "tok_embeddings", "model.norm": "norm", "lm_head": "output", "model.layers": "layers",
         "input_layernorm": "attention_norm", "self_attn.q_proj": "attention.wq", "self_attn.k_proj": "attention.wk",
         "self_attn.v_proj": "attention.wv", "self_attn.o_proj": "attention.wo", "post_attention_layernorm": "ffn_norm",
         "mlp.gate_proj": "feed_forward.w1", "mlp.down_proj": "feed_forward.w2", "mlp.up_proj": "feed_forward.w3"}


def meta_name(name: str) -> str:
    for here, there in PARTS.items():
        name = name.replace(here, there)
    return name


def repickled(checkpoint: bytes, old: bytes, new: bytes) -> bytes:
    """The same zip file with another pickle."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(checkpoint)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(old, new) if name.endswith("data.pkl") else content)
    return out.getvalue()


def check_bad(convert: Path, meta: Path, folder: Path) -> None:
    """What is damaged, how, and the line."""
    params, shard = json.loads((meta / "params.json").read_text()), (meta / "consolidated.01.pth").read_bytes()
    tokens = (meta / "tokenizer.model").read_bytes()
    for i, (file, content, why) in enumerate([
            ("params.json", b"[]", "is not a JSON object"),
            ("params.json", json.dumps(params | {"dim": -1}).encode(), "dim: -1 is not a positive number"),
            ("params.json", json.dumps(params | {"dim": 24}).encode(), "is not [546, 24] of params.json"),
            ("params.json", json.dumps(params | {"vocab_size": 300}).encode(), "vocab_size: 300 is less than the 290 tokens"),
            ("tokenizer.model", b"\x0a\x0e\x0a\x05", "line 1 is not a token in base64 and its rank"),
            ("tokenizer.model", tokens[10:], "line 1 is not"),
            ("tokenizer.model", b"\n".join(tokens.splitlines()[:200]), "a byte is missing"),
            ("consolidated.01.pth", shard[:len(shard) // 2], "is no checkpoint that torch.save wrote"),
            ("consolidated.01.pth", repickled(shard, b"_rebuild_tensor_v2", b"_rebuild_tensor_v9"), "_rebuild_tensor_v9 is no part of"),
            ("consolidated.01.pth", repickled(shard, b"torch._utils\n_rebuild_tensor_v2", b"os\nsystem"), "os.system is no part of a checkpoint"),
            ("consolidated.01.pth", None, "in 1 files, is not [546, 16]")]):
        bad = shutil.copytree(meta, folder / f"bad-{i}")
        (bad / file).unlink()
        if content is not None:
            (bad / file).write_bytes(content)
        done = run(convert, bad, folder / f"none-{i}", code=1)
        assert why in done.stderr and done.stderr.count("\n") == 1, (why, done.stderr)
        assert not (folder / f"none-{i}").exists()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--meta", type=Path, required=True)
    parser.add_argument("--convert", type=Path, required=True)
    args = parser.parse_args()
    golden = json.loads((args.meta / "golden.json").read_text())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        done = run(args.criac, args.meta, "-o", folder / "none", code=1)
        assert "scripts/convert-meta" in done.stderr and done.stderr.count("\n") == 1, done.stderr
        model = folder / "model"
        run(args.convert, args.meta, model)
        assert sorted(file.name for file in model.iterdir()) == ["config.json", "model.safetensors", "tokenizer.json"]
        found = {meta_name(name): hashlib.sha256(data).hexdigest() for name, (_, _, data) in read_safetensors(model).items()}
        assert found == golden["tensors"], found
        assert "exists" in run(args.convert, args.meta, model, code=1).stderr
        done = run(args.criac, model, "--emit=shared", "--verify", "-o", folder / "model.so")
        assert "verified" in done.stderr and "warning" not in done.stderr, done.stderr
        library = Library(folder / "model.so")
        for case in golden["texts"]:
            ids = library.encode(case["text"].encode())
            assert ids == [golden["begin"], *case["ids"]], (case, ids)
            assert library.decode(ids[1:]).decode() == case["text"], case
        check_bad(args.convert, args.meta, folder)


main()
