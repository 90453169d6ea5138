// Whatever config.json says: sizes that cannot overflow, or a cria::Error.
#include "FuzzSupport.h"
#include "import/Config.h"

static const std::string good = R"({
"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu",
"vocab_size": 80, "hidden_size": 24, "intermediate_size": 36, "num_hidden_layers": 2,
"num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16, "rms_norm_eps": 1e-05,
"max_position_embeddings": 256, "rope_theta": 100.0, "torch_dtype": "bfloat16",
"attention_bias": false, "mlp_bias": true, "tie_word_embeddings": false,
"bos_token_id": 1, "eos_token_id": [2, 5, 9],
"rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0,
"high_freq_factor": 4.0, "original_max_position_embeddings": 32}})";

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  FuzzedDataProvider data(bytes, size);
  fuzz::MemoryFile file(fuzz::changed(good, data));
  fuzz::tolerate([&] {
    auto config = cria::import::readConfig(file.path());
    int64_t matrix = config.heads * config.headDim * config.hidden, all;
    if (config.heads % config.kvHeads || config.headDim % 2 ||
        __builtin_mul_overflow(matrix, 16 * config.layers, &all))
      std::abort();
    for (int32_t id : config.eos)
      if (id < 0 || id >= config.vocab)
        std::abort();
  });
  return 0;
}
