"""Tables of a comparison."""

from collections import defaultdict
from statistics import median

from . import weights
from .cells import Cell

CACHES = {"f32": 4, "f16": 2, "bf16": 2, "q8_0": 34 / 32}  # bytes of an element
QUIET = 0.05  # most of the machine that other processes may take during a sample


def engines(sample: dict, ours: bool) -> list[str]:
    """Names of what was measured: of Cria, or of others."""
    return [name for name, found in sample.items() if isinstance(found, dict) and name.startswith("cria") == ours]


def is_quiet(sample: dict) -> bool:
    return max(sample[name]["foreign"] for ours in (True, False) for name in engines(sample, ours)) <= QUIET


def cache_bytes(context: float, element_bytes: float) -> float:
    return 2 * weights.LAYERS * weights.KV_HEADS * weights.HEAD_DIM * element_bytes * context


def peer_fraction(cell: Cell, sample: dict, cache: float) -> float:
    """llama.cpp does the same work, but for its cache of f16 where elements of Cria's have `cache` bytes."""
    own, peer = sample["cria"], sample["llama.cpp"]["tokens_per_second"] / cell.tokens
    if cell.entry == "prefill":
        return own["flops"] * peer / own["unit_peak"]
    extra = sum(cache_bytes(cell.context + i + 1, cache - CACHES["f16"]) for i in range(cell.tokens))
    return (own["bytes"] - extra) * peer / own["read_bandwidth"]


def fraction(name: str, cell: Cell, sample: dict) -> float:
    own = sample[name]
    work, limit = ("bytes", "read_bandwidth") if cell.entry == "decode" else ("flops", "unit_peak")
    return own[work] / own["seconds"] / own[limit]


def ratio(name: str, sample: dict) -> float:
    """Speed of Cria over that of the fastest of the others."""
    return sample[name]["tokens_per_second"] / max(sample[peer]["tokens_per_second"] for peer in engines(sample, False))


def row(cell: Cell, samples: list[dict], cache: float) -> str:
    quiet = [sample for sample in samples if is_quiet(sample)]
    used = quiet or samples
    ours, peers = engines(used[0], True), engines(used[0], False)
    fields = [cell.what(), cell.threads, f"{len(used)}{'' if quiet else ' (disturbed)'}"]
    fields += [f"{median(sample[name]['tokens_per_second'] for sample in used):.1f}" for name in ours + peers]
    for name in ours:
        ratios = [ratio(name, sample) for sample in used]
        fields.append(f"**{median(ratios):.2f}** [{min(ratios):.2f}-{max(ratios):.2f}]")
    fields.append("read" if cell.entry == "decode" else used[0]["cria"]["unit"])
    fields += [f"{median(fraction(name, cell, sample) for sample in used):.2f}" for name in ours]
    fields.append(f"{median(peer_fraction(cell, sample, cache) for sample in used):.2f}")
    return table_row(fields)


def heading(sample: dict) -> str:
    ours, peers = engines(sample, True), engines(sample, False)
    fields = ["cell", "threads", "n", *ours, *peers, *(f"{name}, ratio" for name in ours), "limit",
              *(f"{name} of it" for name in ours), "llama.cpp of it"]
    return table_row(fields) + "|---" * len(fields) + "|\n"


def table_row(fields: list) -> str:
    return "".join(f"| {field} " for field in fields) + "|\n"


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
    """Tokens per second; ratios are Cria's speed over that of the fastest of the others."""
    groups, cache = defaultdict(list), CACHES[found["kv_dtype"]]
    for sample in found["samples"]:
        cell = Cell(*(sample[name] for name in ("dtype", "entry", "context", "tokens", "threads")))
        groups[cell].append(sample)
    text = f"{found['cpu']}, {found['date']}; Cria {found['cria']}; llama.cpp of {found['llama.cpp']}\n"
    for dtype in dict.fromkeys(cell.dtype for cell in groups):
        own = [sample for sample in found["samples"] if sample["dtype"] == dtype]
        text += f"\n{dtype}, tokens/s. Limits: {limits(own)}.\n\n" + heading(own[0])
        text += "".join(row(cell, samples, cache) for cell, samples in groups.items() if cell.dtype == dtype)
    return text
