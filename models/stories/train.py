"""Makes the stories model: text, tokenizer, training, and the Hugging Face folder.

    python train.py --out . --minutes 32

Everything is generated here; nothing is downloaded. The seeds are fixed, but the number of steps
follows the clock, so two runs agree in kind and not bit for bit.
"""

import argparse
import json
import math
import re
import time
from pathlib import Path
from random import Random

import torch
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM

from chat_text import make_document
from story_text import plain
from tokenizer import BOS, EOS, EOT, SPECIALS, train_tokenizer, write_tokenizer

VOCAB = 1024
SHORT, LONG = 256, 512  # tokens in a training row: first short ones, then long ones

CONFIG = {
    "architectures": ["LlamaForCausalLM"],
    "model_type": "llama",
    "vocab_size": VOCAB,
    "hidden_size": 128,
    "intermediate_size": 384,
    "num_hidden_layers": 6,
    "num_attention_heads": 8,
    "num_key_value_heads": 2,
    "head_dim": 16,
    "hidden_act": "silu",
    "rms_norm_eps": 1e-05,
    "rope_theta": 500000.0,
    "rope_scaling": {
        "rope_type": "llama3",
        "factor": 8.0,
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": 256,
    },
    "max_position_embeddings": 2048,
    "attention_bias": False,
    "mlp_bias": False,
    "tie_word_embeddings": True,
    "torch_dtype": "bfloat16",
    "use_cache": True,
}


def documents(seed: int, count: int) -> list[str]:
    rng = Random(seed)
    return [plain(make_document(rng)) for _ in range(count)]


def tokenizer_texts(docs: list[str]) -> list[str]:
    """The documents without their special tokens, which are never merged."""
    special = re.compile("|".join(re.escape(s) for s in SPECIALS))
    return [piece for doc in docs for piece in special.split(doc)]


def rows_of(docs: list[str], tokenizer, length: int) -> torch.Tensor:
    """Documents laid end to end into rows; each row begins with a whole document, the last is cut."""
    bos, eos = tokenizer.token_to_id(BOS), tokenizer.token_to_id(EOS)
    eot = tokenizer.token_to_id(EOT)
    rows, row = [], []
    for encoded in tokenizer.encode_batch_fast(docs, add_special_tokens=False):
        ids = [bos, *encoded.ids]
        row += ids if ids[-1] == eot else [*ids, eos]
        if len(row) > length:
            rows.append(row[: length + 1])
            row = []
    return torch.tensor(rows)


def loss_of(model, rows: torch.Tensor) -> torch.Tensor:
    logits = model(input_ids=rows[:, :-1], use_cache=False).logits
    return torch.nn.functional.cross_entropy(logits.flatten(0, 1), rows[:, 1:].flatten())


def rate(done: float, peak: float) -> float:
    """Learning rate at this share of the training: a short rise, a plateau, a straight fall to zero."""
    return peak * min(done / 0.02, 1.0, max(1.0 - done, 0.0) / 0.5)


def groups(model, decay: float) -> list[dict]:
    """Matrices decay, gammas do not."""
    matrices = [p for p in model.parameters() if p.ndim > 1]
    gammas = [p for p in model.parameters() if p.ndim == 1]
    return [{"params": matrices, "weight_decay": decay}, {"params": gammas, "weight_decay": 0.0}]


def train(model, short: torch.Tensor, long: torch.Tensor, held: torch.Tensor, args) -> int:
    """Trains for `args.minutes`, the last 30% of them on long rows; returns the number of steps."""
    optimizer = torch.optim.AdamW(groups(model, 0.1), lr=args.rate, betas=(0.9, 0.98), fused=True)
    start, step, shown = time.monotonic(), 0, 0.0
    while (done := (time.monotonic() - start) / (60 * args.minutes)) < 1.0:
        for group in optimizer.param_groups:
            group["lr"] = rate(done, args.rate)
        rows = short if done < 0.7 else long
        size = args.tokens // (rows.shape[1] - 1)
        loss = loss_of(model, rows[[(step * size + i) % len(rows) for i in range(size)]])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        shown += loss.item()
        step += 1
        if step % args.report == 0:
            print(f"step {step} {done:.0%} loss {shown / args.report:.4f} held {held_loss(model, held):.4f}"
                  f" {time.monotonic() - start:.0f}s", flush=True)
            shown = 0.0
            if args.keep:
                torch.save(model.state_dict(), args.keep)
    return step


@torch.no_grad()
def held_loss(model, held: torch.Tensor) -> float:
    return loss_of(model, held).item()


def fresh_model() -> LlamaForCausalLM:
    torch.manual_seed(0)
    model = LlamaForCausalLM(LlamaConfig(**CONFIG, attn_implementation="sdpa")).float()
    small = 0.02 / math.sqrt(2 * CONFIG["num_hidden_layers"])
    for name, weight in model.named_parameters():
        if name.endswith(("o_proj.weight", "down_proj.weight")):
            torch.nn.init.normal_(weight, std=small * 2)
        elif weight.ndim > 1:
            torch.nn.init.normal_(weight, std=0.04)
    return model


def write_model(model, tokenizer, folder: Path) -> None:
    """The Hugging Face folder, weights rounded to bf16; the tied output matrix is not written twice."""
    bos, eos, eot = (tokenizer.token_to_id(token) for token in (BOS, EOS, EOT))
    config = CONFIG | {"bos_token_id": bos, "eos_token_id": [eos, eot]}
    generation = {"bos_token_id": bos, "eos_token_id": [eos, eot], "do_sample": False}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    (folder / "generation_config.json").write_text(json.dumps(generation, indent=2) + "\n")
    tensors = {name: weight.to(torch.bfloat16).contiguous()
               for name, weight in model.state_dict().items() if name != "lm_head.weight"}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    write_tokenizer(tokenizer, folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    parser.add_argument("--minutes", type=float, default=32)
    parser.add_argument("--documents", type=int, default=90_000)
    parser.add_argument("--tokens", type=int, default=4096, help="tokens in a step")
    parser.add_argument("--rate", type=float, default=3e-3, help="peak learning rate")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--report", type=int, default=50, help="steps between two printed lines")
    parser.add_argument("--keep", type=Path, help="file for a copy of the weights at each printed line")
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    docs = documents(seed=0, count=args.documents)
    tokenizer = train_tokenizer(tokenizer_texts(docs[:8000]), VOCAB)
    write_tokenizer(tokenizer, args.out)
    short, long = rows_of(docs, tokenizer, SHORT), rows_of(docs[::-1], tokenizer, LONG)
    held = rows_of(documents(seed=1, count=60), tokenizer, SHORT)
    model = fresh_model()
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters, {len(short)} short rows, "
          f"{len(long)} long rows", flush=True)
    steps = train(model, short, long, held, args)
    print(f"{steps} steps, held-out loss {held_loss(model, held):.4f}")
    write_model(model, tokenizer, args.out)


if __name__ == "__main__":
    main()
