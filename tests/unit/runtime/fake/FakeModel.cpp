#include "FakeModel.h"
#include "FakeTokenizer.h"
#include "runtime/chat/ChatFile.h"
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>

namespace fake {
namespace {

constexpr int64_t layers = 2, kvHeads = 1, headDim = 2;

float logit(int64_t candidate, int64_t target, int64_t sum) {
  return -std::fabs(static_cast<float>(candidate - target)) +
         0.001f * static_cast<float>(sum * (candidate + 1) % 101);
}

int64_t row(int64_t layer, int64_t position) { return (layer * context + position) * headDim; }

/// Writes the rows of one token to both layers, and its hidden state.
void forward(int32_t token, int64_t position, float *keys, float *values, float *hidden) {
  if (position >= context)
    std::abort();
  float sum = 0;
  for (int64_t layer = 0; layer < layers; ++layer) {
    keys[row(layer, position)] = static_cast<float>(token);
    values[row(layer, position)] = static_cast<float>(position + 1);
    for (int64_t p = 0; p <= position; ++p) {
      sum += layer == 0 ? keys[row(layer, p)] : 0;
      if (values[row(layer, p)] != static_cast<float>(p + 1))
        sum = std::numeric_limits<float>::quiet_NaN();
    }
  }
  std::fill_n(hidden, hiddenWidth, 0.0f);
  hidden[0] = static_cast<float>((token + 1) % vocab);
  hidden[1] = sum;
}

/// The logits of one hidden state, and the likeliest token.
void project(const void *const *weights, const float *hidden, float *logits, int32_t *likeliest) {
  float scale = *static_cast<const float *>(weights[0]);
  for (int64_t i = 0; i < vocab; ++i)
    logits[i] = std::isnan(hidden[1]) ? hidden[1]
                                      : scale * logit(i, static_cast<int64_t>(hidden[0]),
                                                      static_cast<int64_t>(hidden[1]));
  bool finite = std::all_of(logits, logits + vocab, [](float x) { return std::isfinite(x); });
  *likeliest =
      finite ? static_cast<int32_t>(std::max_element(logits, logits + vocab) - logits) : -1;
}

/// A kernel of one tile: `body` is run by the thread that claims it.
template <class Body>
void kernel(void *worker, int64_t number, const Body &body) {
  while (cria_team_next(worker) == 0)
    body();
  cria_team_barrier(worker, number);
}

void head(void *worker, const void *const *weights, const float *hidden, float *logits,
          int32_t *likeliest, void *, void *) {
  kernel(worker, 2, [&] { project(weights, hidden, logits, likeliest); });
}

/// The final norm of this model halves.
void state(void *worker, const void *const *, const float *hidden, float *result, void *, void *) {
  kernel(worker, 3, [&] {
    for (int64_t i = 0; i < hiddenWidth; ++i)
      result[i] = hidden[i] / 2;
  });
}

void prefill(void *worker, const void *const *, const int32_t *tokens, int64_t count,
             int64_t position, void *keys, void *values, float *hidden, void *, void *) {
  if (count < 1 || count > chunk)
    std::abort();
  kernel(worker, 0, [&] {
    for (int64_t i = 0; i < count; ++i)
      forward(tokens[i], position + i, static_cast<float *>(keys), static_cast<float *>(values),
              hidden + i * hiddenWidth);
  });
}

void decode(void *worker, const void *const *weights, const int32_t *token, int64_t position,
            void *keys, void *values, float *logits, int32_t *likeliest, void *workspace, void *) {
  auto *hidden = static_cast<float *>(workspace);
  kernel(worker, 1, [&] {
    forward(*token, position, static_cast<float *>(keys), static_cast<float *>(values), hidden);
    project(weights, hidden, logits, likeliest);
  });
}

const cria_code code = {.cpu = "generic",
                        .cpu_features = "",
                        .device = "cpu",
                        .image = nullptr,
                        .block_threads = 0,
                        .early_launch = 0,
                        .workspace_bytes = 64,
                        .scratch_bytes = 0,
                        .kernel_count = 0,
                        .kernels = nullptr,
                        .prefill = prefill,
                        .decode = decode,
                        .head = head,
                        .state = state};
const cria_param params[] = {{"scale", CRIA_F32, 1, {1, 1}, 1, 0, 0, 0}};
const int32_t eos[] = {257};
const cria_generation generation = [] {
  cria_generation made{};
  made.top_p = made.typical_p = made.repetition_penalty = 1;
  return made;
}();
const std::vector<std::byte> tokenizerFile = tokenizer();
const std::string chatFile = cria::rt::chat::ChatFile{
    "fake",
    "{{ bos_token }}{% for m in messages %}{% if m.role == 'system' and not m.content %}"
    "{{ raise_exception('an empty system message') }}{% endif %}"
    "{{ '<|start_header_id|>' + m.role + '<|end_header_id|>\n\n' + m.content | trim }}"
    "{{ '<|eot_id|>' }}{% endfor %}{{ date_string }}{{ mood }}"
    "{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}",
    "",
    {{"bos_token",
      "<|begin_of_text|>"}}}.write();
const cria_blob blobs[] = {
    {"tokenizer.cria", tokenizerFile.data(), static_cast<int64_t>(tokenizerFile.size())},
    {cria::rt::chat::ChatFile::blobName, chatFile.data(), static_cast<int64_t>(chatFile.size())}};

} // namespace

extern "C" const cria_model cria_compiled_model;
const cria_model cria_compiled_model = {
    .abi_version = CRIA_ABI_VERSION,
    .name = "fake",
    .source = "",
    .vocab = vocab,
    .hidden = hiddenWidth,
    .layers = layers,
    .kv_heads = kvHeads,
    .head_dim = headDim,
    .max_seq = context,
    .kv_dtype = CRIA_F32,
    .chunk = chunk,
    .weight_slots = 1,
    .param_count = 1,
    .params = params,
    .graph_hash = 42,
    .has_random_seed = 0,
    .random_seed = 0,
    .bos = 256,
    .eos_count = 1,
    .eos = eos,
    .generation = &generation,
    .variant_count = 1,
    .variants = &code,
    .blob_count = 2,
    .blobs = blobs,
};

cria_model descriptor() { return cria_compiled_model; }

std::vector<float> expectedLogits(const std::vector<int32_t> &tokens) {
  int64_t sum = 0;
  for (int32_t token : tokens)
    sum += token;
  std::vector<float> logits;
  for (int64_t i = 0; i < vocab; ++i)
    logits.push_back(logit(i, (tokens.back() + 1) % vocab, sum));
  return logits;
}

std::string safetensors(const std::string &header, const std::string &data) {
  uint64_t length = header.size();
  std::string file(sizeof length, '\0');
  std::memcpy(file.data(), &length, sizeof length);
  return file + header + data;
}

void writeFile(const std::filesystem::path &file, const std::string &bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

void writeWeights(const std::filesystem::path &file, float scale) {
  std::string data(sizeof scale, '\0');
  std::memcpy(data.data(), &scale, sizeof scale);
  writeFile(file,
            safetensors(R"({"scale":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", data));
}

} // namespace fake
