"""Folders and paths that are not a model"""

from case import Case
from tiny import both, file, no_config, no_weights, only

LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:0123456789abcdef\nsize 2471645608\n"

CASES = [
    Case("lfs-weights", "a git-lfs pointer for the weights", both(no_weights, file("model.safetensors", LFS)),
         refused=("model.safetensors", "git-lfs pointer", "git lfs pull"), source="transformers#27923"),
    Case("lfs-config", "a git-lfs pointer for config.json", file("config.json", LFS),
         refused=("config.json", "git-lfs pointer")),
    Case("lfs-tokenizer", "a git-lfs pointer for tokenizer.json", file("tokenizer.json", LFS),
         refused=("tokenizer.json", "git-lfs pointer")),
    Case("html", "a page of HTML that was saved as the weights", both(no_weights, file("model.safetensors", "<!DOCTYPE html><html>")),
         refused=("model.safetensors", "HTML")),
    Case("pickle-renamed", "a PyTorch file with the name of a safetensors file",
         both(no_weights, file("model.safetensors", b"PK\x03\x04" + b"\0\0\x08\x08" * 8)), refused=("model.safetensors", "PyTorch")),
    Case("adapter", "an adapter (LoRA)", only("adapter_config.json", "adapter_model.safetensors"),
         refused=("adapter_config.json", "merge"), source="FastChat#502"),
    Case("adapter-beside", "an adapter beside a model, which transformers applies", file("adapter_config.json", "{}"),
         refused=("adapter_config.json", "merge")),
    Case("meta-files", "Meta's original files", only("consolidated.00.pth", "params.json", "tokenizer.model"),
         refused=("consolidated.00.pth", "Meta's original format", "convert"), source="llama#394"),
    Case("mistral-files", "Mistral's original files", only("consolidated.safetensors", "params.json"),
         refused=("consolidated.safetensors", "Mistral's original format")),
    Case("bin-only", "PyTorch weights alone", both(no_weights, file("pytorch_model.bin", b"PK")),
         refused=("pytorch_model.bin", "convert it to safetensors")),
    Case("gguf-only", "a folder with GGUF files", only("model-Q4_K_M.gguf"), refused=("model-Q4_K_M.gguf", "GGUF")),
    Case("onnx-only", "a folder with ONNX files", only("model.onnx"), refused=("model.onnx", "ONNX")),
    Case("cache-root", "the root of a model in the cache of the hub", only("refs/main", "snapshots/0a1b/config.json"),
         refused=("cache", "snapshots/0a1b")),
    Case("several-models", "a folder of models", only("small/config.json", "large/config.json"), refused=("large, small",)),
    Case("tokenizer-only", "a folder with a tokenizer alone", only("tokenizer.json"), refused=("no config.json",)),
    Case("empty", "an empty folder", both(no_weights, no_config), refused=("empty",)),
    Case("no-config", "weights without config.json", no_config, refused=("no config.json",)),
    Case("path-safetensors", "a `.safetensors` file", path="model.safetensors", refused=("give its folder",)),
    Case("path-config", "config.json itself", path="config.json", refused=("give its folder",)),
    Case("hub-name", "a name of the Hugging Face Hub", path="meta-llama/Llama-3.2-1B", refused=("hf download meta-llama/Llama-3.2-1B",)),
]
