"""Files of weights"""

from case import Case
from tiny import both, config, file, no_weights, shard

NORM, HEAD = "model.norm.weight", "lm_head.weight"


def halves(name: str) -> int:
    return 1 if "layers.0" in name else 2


def superseded(name: str) -> int:
    """An old copy of the norm is in the first shard."""
    return 12 if name == NORM else halves(name)


def superseded_last(name: str) -> int:
    return 21 if name == NORM else halves(name)


def single_and_index(model):
    """model.safetensors counts; the shards of the index hold other values."""
    shard(superseded)(model)
    old = model.shards
    model.shards = {"model.safetensors": model.tensors} | {name: {} for name in old}


def move(name: str):
    """The index says the other shard."""
    def change(weight_map):
        weight_map[name] = next(file for file in weight_map.values() if file != weight_map[name])
    return change


def own_name(model):
    model.shards = {"weights.safetensors": model.tensors}


CASES = [
    Case("sharded", "shards with an index", shard(halves)),
    Case("superseded-first", "an old copy of a tensor in an earlier shard: the index says which counts", shard(superseded)),
    Case("superseded-last", "an old copy in a later shard, which transformers takes: the index says which counts",
         shard(superseded_last), warns=("model.norm.weight is in several shards",), peer=shard(halves)),
    Case("index-elsewhere", "an index that names the wrong shard", shard(halves, move(NORM))),
    Case("index-incomplete", "an index without one of the tensors", shard(halves, lambda weight_map: weight_map.pop(NORM))),
    Case("index-surplus", "an index with tensors that no shard has",
         shard(halves, lambda weight_map: weight_map.update(gone="model-00001-of-00002.safetensors"))),
    Case("index-without-metadata", "an index without `metadata`",
         both(shard(halves), lambda model: model.index.pop("metadata")), peer=shard(halves)),
    Case("single-and-index", "model.safetensors and an index: the single file counts", single_and_index),
    Case("shard-missing", "a shard that is not there",
         both(shard(halves), lambda model: model.shards.update({"model-00002-of-00002.safetensors": None})),
         refused=("index.json", "model-00002-of-00002.safetensors", "missing")),
    Case("tensor-lost", "a tensor that the index names and its shard lacks",
         both(shard(halves), lambda model: model.shards["model-00002-of-00002.safetensors"].pop(HEAD)),
         refused=(HEAD, "model-00002-of-00002.safetensors")),
    Case("shards-without-index", "shards without their index", both(shard(halves), lambda model: setattr(model, "index", None)),
         refused=("model-00001-of-00002.safetensors", "index")),
    Case("own-name", "a file that `transformers_weights` names", both(own_name, config(transformers_weights="weights.safetensors"))),
    Case("variant", "a variant alone, such as model.fp16.safetensors", both(no_weights, file("model.fp16.safetensors", b"x")),
         refused=("model.fp16.safetensors", "rename")),
]
