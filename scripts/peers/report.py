"""Tables of a comparison."""

from collections import defaultdict
from statistics import median

from . import weights
from .cells import Cell

QUIET = 0.05  # most of the machine that other processes may take during a sample


def is_quiet(sample: dict) -> bool:
    return max(sample["cria"]["foreign"], sample["llama.cpp"]["foreign"]) <= QUIET


def cache_bytes(context: float, element_bytes: int) -> float:
    return 2 * weights.LAYERS * weights.KV_HEADS * weights.HEAD_DIM * element_bytes * context


def peer_fraction(cell: Cell, sample: dict) -> float:
    """llama.cpp does the same work, but for its cache of f16 where Cria's is of f32."""
    own, peer = sample["cria"], sample["llama.cpp"]["tokens_per_second"] / cell.tokens
    if cell.entry == "prefill":
        return own["flops"] * peer / own["unit_peak"]
    extra = sum(cache_bytes(cell.context + i + 1, 4) - cache_bytes(cell.context + i + 1, 2) for i in range(cell.tokens))
    return (own["bytes"] - extra) * peer / own["read_bandwidth"]


def fraction(cell: Cell, sample: dict) -> float:
    own = sample["cria"]
    work, limit = ("bytes", "read_bandwidth") if cell.entry == "decode" else ("flops", "unit_peak")
    return own[work] / own["seconds"] / own[limit]


def row(cell: Cell, samples: list[dict]) -> str:
    quiet = [sample for sample in samples if is_quiet(sample)]
    used = quiet or samples
    speeds = {name: [sample[name]["tokens_per_second"] for sample in used] for name in ("cria", "llama.cpp")}
    ratios = [a / b for a, b in zip(speeds["cria"], speeds["llama.cpp"])]
    limit = "read" if cell.entry == "decode" else used[0]["cria"]["unit"]
    return (f"| {cell.what()} | {cell.threads} | {len(used)}{'' if quiet else ' (disturbed)'} "
            f"| {median(speeds['cria']):.1f} | {median(speeds['llama.cpp']):.1f} "
            f"| **{median(ratios):.2f}** [{min(ratios):.2f}-{max(ratios):.2f}] | {limit} "
            f"| {median(fraction(cell, sample) for sample in used):.2f} "
            f"| {median(peer_fraction(cell, sample) for sample in used):.2f} |")


def limits(samples: list[dict]) -> str:
    by_threads = defaultdict(list)
    for sample in samples:
        by_threads[sample["threads"]].append(sample["cria"])
    lines = []
    for threads, found in sorted(by_threads.items()):
        read = [one["read_bandwidth"] / 1e9 for one in found]
        peaks = [one["unit_peak"] / 1e9 for one in found]
        lines.append(f"{threads} thread{'s' if threads > 1 else ''}: read {median(read):.1f} GB/s "
                     f"[{min(read):.1f}-{max(read):.1f}], {found[0]['unit']} {median(peaks):.0f} Gop/s "
                     f"[{min(peaks):.0f}-{max(peaks):.0f}]")
    return "; ".join(lines)


def markdown(found: dict) -> str:
    """Tokens per second; ratios are Cria's speed over llama.cpp's."""
    groups = defaultdict(list)
    for sample in found["samples"]:
        cell = Cell(*(sample[name] for name in ("dtype", "entry", "context", "tokens", "threads")))
        groups[cell].append(sample)
    text = f"{found['cpu']}, {found['date']}; Cria {found['cria']}; llama.cpp of {found['llama.cpp']}\n"
    for dtype in dict.fromkeys(cell.dtype for cell in groups):
        own = [sample for sample in found["samples"] if sample["dtype"] == dtype]
        text += (f"\n{dtype}. Limits: {limits(own)}.\n\n"
                 "| cell | threads | n | Cria, tokens/s | llama.cpp | ratio | limit | Cria of it | llama.cpp of it |\n"
                 "|---|---|---|---|---|---|---|---|---|\n")
        text += "".join(row(cell, samples) + "\n" for cell, samples in groups.items() if cell.dtype == dtype)
    return text
