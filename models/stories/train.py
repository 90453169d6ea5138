"""Makes the stories model: text, tokenizer, training, and the Hugging Face folder.

    python train.py --steps 3000

Everything is generated here; nothing is downloaded. The seeds are fixed: two runs of one machine with
one number of threads agree.
"""

import argparse
import json
import re
import time
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM

from curriculum import STAGES
from muon import Muon
from story_text import answer_spans, plain
from tokenizer import BOS, EOS, EOT, SPECIALS, train_tokenizer, write_tokenizer

VOCAB = 1024
RECALL_WEIGHT = 8
INIT_STD = {"embed_tokens": 0.15, "q_proj": 0.1, "k_proj": 0.1, "o_proj": 0.015, "down_proj": 0.015}
INIT_MEAN = {"embed_tokens": 0.3}

CONFIG = {
    "architectures": ["LlamaForCausalLM"],
    "model_type": "llama",
    "vocab_size": VOCAB,
    "hidden_size": 128,
    "intermediate_size": 384,
    "num_hidden_layers": 4,
    "num_attention_heads": 8,
    "num_key_value_heads": 2,
    "head_dim": 32,
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


def tokenizer_texts(docs: list[str]) -> list[str]:
    """The documents without their special tokens, which are never merged."""
    special = re.compile("|".join(re.escape(s) for s in SPECIALS))
    return [piece for doc in docs for piece in special.split(plain(doc))]


class Rows:
    """Concatenates documents into rows; each row begins with a whole document, and its last one is cut."""

    def __init__(self, docs: list[str], tokenizer, length: int):
        bos, eos, eot = (tokenizer.token_to_id(token) for token in (BOS, EOS, EOT))
        self.length = length
        rows, marks, row, marked = [], [], [], []
        encodings = tokenizer.encode_batch([plain(doc) for doc in docs], add_special_tokens=False)
        for doc, encoded in zip(docs, encodings):
            end = [] if encoded.ids[-1] == eot else [eos]
            row += [bos, *encoded.ids, *end]
            spans = iter([*answer_spans(doc), (len(doc), len(doc))])
            first, last = next(spans)
            marked.append(False)
            for start, stop in encoded.offsets:
                while start >= last:
                    first, last = next(spans)
                marked.append(stop > first)
            marked += [False] * len(end)
            if len(row) > length:
                rows.append(torch.tensor(row[: length + 1], dtype=torch.int16))
                marks.append(torch.tensor(marked[: length + 1]))
                row, marked = [], []
        self.ids, self.marks = torch.stack(rows), torch.stack(marks)

    def batch(self, step: int, tokens: int) -> tuple[torch.Tensor, torch.Tensor]:
        """The ids and marks of one step, cycling through the rows in order."""
        size = tokens // self.length
        pick = [(step * size + i) % len(self.ids) for i in range(size)]
        return self.ids[pick].long(), self.marks[pick]


def losses_of(model, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Cross entropy of every token after the first, and whether it was predicted."""
    logits = model(input_ids=ids[:, :-1], use_cache=False).logits.flatten(0, 1)
    target = ids[:, 1:].flatten()
    return torch.nn.functional.cross_entropy(logits, target, reduction="none"), logits.argmax(-1) == target


def training_loss(model, ids: torch.Tensor, marks: torch.Tensor) -> torch.Tensor:
    """Tokens that can be recalled weigh more; most others are random choices of the generator."""
    weight = 1 + (RECALL_WEIGHT - 1) * marks[:, 1:].flatten().float()
    return (losses_of(model, ids)[0] * weight).sum() / weight.sum()


@torch.no_grad()
def held_figures(model, held: Rows) -> str:
    losses, right = losses_of(model, held.ids.long())
    return f"held-out loss {losses.mean():.4f} recall {right[held.marks[:, 1:].flatten()].float().mean():.1%}"


def rate(done: float, peak: float) -> float:
    """Learning rate at this share of the training: a short warm-up, then linear decay to zero."""
    return peak * min(done / 0.02, 1.0 - done)


def optimizers_of(model, args) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the blocks, Adam for the token table and the gammas."""
    blocks = list(model.model.layers.parameters())
    matrices = [weight for weight in blocks if weight.ndim == 2]
    others = [weight for weight in blocks if weight.ndim == 1]
    others += [model.model.embed_tokens.weight, model.model.norm.weight]
    return [Muon(matrices, lr=args.rate, weight_decay=0.01),
            torch.optim.AdamW(others, lr=args.adam_rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True)]


def train(model, tokenizer, rows_of_stages: list[tuple[Rows, Rows]], args) -> None:
    """Trains for `args.steps`, through the STAGES, each given as its rows and as rows it does not train on.

    At each printed line the folder is written anew, and so is the checkpoint, from which a later
    call goes on.
    """
    optimizers = optimizers_of(model, args)
    peaks = [optimizer.defaults["lr"] for optimizer in optimizers]
    step = 0
    if args.checkpoint.exists():
        saved = torch.load(args.checkpoint)
        model.load_state_dict(saved["model"])
        for optimizer, state in zip(optimizers, saved["optimizers"]):
            optimizer.load_state_dict(state)
        step = saved["step"]
    start, shown = time.monotonic(), []
    while (done := step / args.steps) < 1.0:
        rows, held = next(rows for stage, rows in zip(STAGES, rows_of_stages) if done < stage.until)
        loss = training_loss(model, *rows.batch(step, args.tokens))
        model.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer, peak in zip(optimizers, peaks):
            optimizer.param_groups[0]["lr"] = rate(done, peak)
            optimizer.step()
        shown.append(loss.item())
        step += 1
        if step % args.report == 0:
            print(f"step {step} {time.monotonic() - start:.0f}s loss {sum(shown) / len(shown):.4f} "
                  f"{held_figures(model, held)}", flush=True)
            shown = []
            torch.save({"model": model.state_dict(), "optimizers": [o.state_dict() for o in optimizers],
                        "step": step}, args.checkpoint)
            write_model(model, tokenizer, args.out)


def fresh_model() -> LlamaForCausalLM:
    """Random weights. The rows of the token table start far apart, since words of one class are pulled the
    same way at first and the model must still tell which of them it has to recall; and they all share one
    direction, since without it no query or key of the first block could depend on the position alone."""
    torch.manual_seed(0)
    model = LlamaForCausalLM(LlamaConfig(**CONFIG, attn_implementation="sdpa")).float()
    for name, weight in model.named_parameters():
        if weight.ndim > 1:
            kind = name.split(".")[-2]
            torch.nn.init.normal_(weight, mean=INIT_MEAN.get(kind, 0.0), std=INIT_STD.get(kind, 0.04))
    return model


def write_model(model, tokenizer, folder: Path) -> None:
    """Writes the Hugging Face folder, with weights in bf16 and the tied output matrix stored once."""
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
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--documents", type=int, default=30_000)
    parser.add_argument("--tokens", type=int, default=2048, help="tokens in a step")
    parser.add_argument("--rate", type=float, default=0.02, help="peak learning rate of Muon")
    parser.add_argument("--adam-rate", type=float, default=1e-3, help="peak learning rate of Adam")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--report", type=int, default=60, help="steps between two printed lines")
    parser.add_argument("--checkpoint", type=Path, default=Path("stories.checkpoint"),
                        help="file the training can go on from; taken away at the end")
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    texts = [stage.documents(seed, args.documents) for seed, stage in enumerate(STAGES)]
    held = [stage.documents(10, 100, held_out=True) for stage in STAGES]
    tokenizer = train_tokenizer(tokenizer_texts(texts[-1][:8000]), VOCAB)
    rows_of_stages = [(Rows(some, tokenizer, stage.length), Rows(other, tokenizer, stage.length))
                      for stage, some, other in zip(STAGES, texts, held)]
    model = fresh_model()
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters, rows: "
          f"{[tuple(rows.ids.shape) for rows, _ in rows_of_stages]}", flush=True)
    train(model, tokenizer, rows_of_stages, args)
    write_model(model, tokenizer, args.out)
    args.checkpoint.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
