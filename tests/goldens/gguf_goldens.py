"""Digests of the tensors of models/stories as the `gguf` package quantises them: `python gguf_goldens.py`.

`gguf/quantized.json` has the SHA-256 of each matrix in each storage, under its name in GGUF files.
"""

import hashlib
import json
import struct
import sys
from pathlib import Path

import numpy
from gguf import GGMLQuantizationType
from gguf.quants import quantize

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "../gguf"))

from convert import convert, widen

STORAGES = {"q8_0": GGMLQuantizationType.Q8_0, "q4_0": GGMLQuantizationType.Q4_0, "f16": GGMLQuantizationType.F16}

if __name__ == "__main__":
    digests = {name: {} for name in STORAGES}
    for tensor in convert(HERE / "../../models/stories")[1]:
        if len(tensor.shape) == 2:
            wide = widen(tensor.type, tensor.data)
            values = numpy.frombuffer(wide, numpy.float32).reshape(tensor.shape)
            for name, storage in STORAGES.items():
                digests[name][tensor.name] = hashlib.sha256(quantize(values, storage).tobytes()).hexdigest()
    (HERE / "gguf").mkdir(exist_ok=True)
    (HERE / "gguf/quantized.json").write_text(json.dumps(digests, indent=1) + "\n")
