"""Model types and class names"""

from case import Case
from tiny import ABSENT, both, config, store, without

MISTRAL = {"model_type": "mistral", "architectures": ["MistralForCausalLM"]}

CASES = [
    Case("class-older-spelling", "`LLaMAForCausalLM`", config(architectures=["LLaMAForCausalLM"]), source="llama.cpp#9485"),
    Case("class-absent", "no `architectures`", config(architectures=ABSENT)),
    Case("class-other", "another class name: `model_type` counts", config(architectures=["YiForCausalLM"]),
         warns=("YiForCausalLM\"] does not count",)),
    Case("class-classifier", "a classifier's class without a head of tokens",
         both(config(architectures=["LlamaForSequenceClassification"]), without("lm_head.weight")),
         refused=("lm_head.weight", "missing")),
    Case("class-base-tied", "`LlamaModel` with tied embeddings",
         both(config(architectures=["LlamaModel"], tie_word_embeddings=True), without("lm_head.weight"))),
    Case("type-absent", "no `model_type`, but a class name that Cria knows", config(model_type=ABSENT), peer=config()),
    Case("type-and-class-absent", "neither", config(model_type=ABSENT, architectures=ABSENT),
         refused=("model_type", "missing")),
    Case("remote-code", "`auto_map`: the code is not run",
         config(auto_map={"AutoModelForCausalLM": "modeling_x.XForCausalLM"}), warns=("auto_map",)),
    Case("mistral", "Mistral with `sliding_window: null`", config(**MISTRAL, sliding_window=None), source="axolotl#1213"),
    Case("mistral-defaults", "Mistral's own defaults, such as its window",
         config(**MISTRAL, max_position_embeddings=ABSENT), warns=("limited to the window, 4096 tokens",)),
    Case("mistral-bias", "`attention_bias` in a Mistral, which has none", config(**MISTRAL, attention_bias=True, sliding_window=None)),
    Case("mistral-half", "Mistral in float16", both(config(**MISTRAL, torch_dtype="float16", sliding_window=None), store(lambda name: "F16"))),
    Case("other-type", "other model types, even those of a similar shape", config(model_type="qwen2", architectures=["Qwen2ForCausalLM"]),
         refused=("model_type", "qwen2", "llama, mistral")),
    Case("multimodal", "a model of several parts with a `text_config`", config(model_type="mllama", text_config={"model_type": "llama"}),
         refused=("model_type", "mllama", "text_config")),
]
