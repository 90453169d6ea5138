"""Tensors of the files that torch.save writes, without torch: a zip file with a pickle and the raw bytes of each tensor.
The pickle may name nothing but what tensors are made of, so that no code of a file is run."""

import pickle
import zipfile
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

# What torch calls them: the name in safetensors files, and bytes.
STORAGES = {"FloatStorage": ("F32", 4), "HalfStorage": ("F16", 2), "BFloat16Storage": ("BF16", 2)}


class Fault(Exception):
    """A line for users."""


@dataclass
class Tensor:
    file: Path
    member: str
    dtype: str
    shape: list[int]
    offset: int  # in bytes
    size: int

    def read(self) -> bytes:
        try:
            with zipfile.ZipFile(self.file) as archive, archive.open(self.member) as data:
                data.seek(self.offset)
                raw = data.read(self.size)
        except (zipfile.BadZipFile, KeyError) as error:
            raise Fault(f"{self.file}: {self.member}: cannot be read ({error})") from None
        if len(raw) != self.size:
            raise Fault(f"{self.file}: {self.member}: {len(raw)} bytes are not {self.size}: the file is cut short or damaged")
        return raw


class Reader(pickle.Unpickler):
    def __init__(self, data, file: Path, root: str):
        super().__init__(data)
        self.file, self.root = file, root

    def find_class(self, module: str, name: str):
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return self.tensor
        if module == "torch" and name in STORAGES:
            return name
        raise Fault(f"{self.file}: {module}.{name} is no part of a checkpoint of weights in F32, F16 or BF16")

    def persistent_load(self, what):
        kind, key = what[1], what[2]
        return kind, f"{self.root}/data/{key}"

    def tensor(self, storage, offset, shape, strides, *_) -> Tensor:
        kind, member = storage
        dtype, width = STORAGES[kind]
        count = 1
        for size, stride in zip(reversed(shape), reversed(strides)):
            if size > 1 and stride != count:
                raise Fault(f"{self.file}: {member}: a tensor with strides {list(strides)} is not contiguous")
            count *= size
        return Tensor(self.file, member, dtype, list(shape), offset * width, count * width)


def read(file: Path) -> dict[str, Tensor]:
    try:
        with zipfile.ZipFile(file) as archive:
            (pickled,) = [name for name in archive.namelist() if name.endswith("/data.pkl")]
            with archive.open(pickled) as data:
                tensors = Reader(data, file, pickled.removesuffix("/data.pkl")).load()
    except (zipfile.BadZipFile, ValueError, KeyError, EOFError, IndexError, TypeError, AttributeError,
            pickle.UnpicklingError) as error:
        raise Fault(f"{file}: is no checkpoint that torch.save wrote ({error})") from None
    if not isinstance(tensors, dict) or not all(isinstance(tensor, Tensor) for tensor in tensors.values()):
        raise Fault(f"{file}: is not a table of tensors")
    return dict(tensors)
