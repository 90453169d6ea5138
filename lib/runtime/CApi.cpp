//===- CApi.cpp - cria.h over the C++ runtime -----------------------------===//
//
// Models and text; sessions and samplers are in files of their own.
//
//===----------------------------------------------------------------------===//
#include "runtime/CApi.h"
#include "runtime/CompiledModel.h"
#include "runtime/LogProb.h"
#include "runtime/Threads.h"
#include "runtime/Version.h"
#include <algorithm>
#include <cstring>
#include <limits>

using namespace cria;
using namespace cria::rt;
using namespace cria::rt::capi;

namespace {

thread_local std::string lastMessage;

/// A shared library is linked for cria_model_open; with it comes the rest of cria.h.
[[gnu::used]] auto *const sessions = &cria_session_create;
[[gnu::used]] auto *const samplers = &cria_sampler_create;

/// The rule of functions that fill a caller's buffer.
template <class T, class Range>
void copyOut(const Range &from, T *to, int64_t capacity, int64_t *count) {
  *count = static_cast<int64_t>(from.size());
  std::copy_n(from.begin(), std::min(*count, capacity), to);
}

/// Of a struct with a size, or of one of Cria 0.1, whose first word was the pointer.
const char *weightsOf(const cria_model_options *options) {
  if (!options)
    return nullptr;
  if (options->size >= 65536) { // where pages may begin
    const char *weights;
    std::memcpy(static_cast<void *>(&weights), options, sizeof weights);
    return weights;
  }
  if (options->size == 0) // sources of 0.1, which set `weights` by name
    return options->weights;
  checkSize(options->size, sizeof *options);
  return options->size < sizeof *options ? nullptr : options->weights;
}

} // namespace

cria_status capi::remember(cria_status status, const char *message) noexcept {
  try {
    lastMessage = message;
  } catch (...) { // out of memory: the status still tells
    lastMessage.clear();
  }
  return status;
}

void capi::checkSize(size_t size, size_t known) {
  if (size < sizeof size || size > 4096)
    failWith(CRIA_ERROR_ARGUMENT, "options->size is {}: set it to sizeof the struct, {}", size,
             known);
}

extern "C" {

const char *cria_version(void) { return version; }

int cria_api_version(void) { return CRIA_API_VERSION; }

const char *cria_error_message(void) { return lastMessage.c_str(); }

cria_status cria_set_threads(int threads) {
  return guard([&] {
    require(threads >= 1, "threads is less than 1");
    setThreads(threads);
  });
}

cria_status cria_model_open(const cria_model_options *options, cria_model_handle **model) {
  return guard([&] {
    require(model, "model is NULL");
    *model = nullptr;
    const char *weights = weightsOf(options);
    *model = new cria_model_handle{
        std::make_shared<const Model>(CRIA_MODEL_SYMBOL, weights ? weights : "")};
  });
}

void cria_model_close(cria_model_handle *model) { delete model; }

const char *cria_model_name(const cria_model_handle *model) {
  return model->model->compiled().name;
}

int64_t cria_model_vocab(const cria_model_handle *model) { return model->model->compiled().vocab; }

int64_t cria_model_hidden(const cria_model_handle *model) {
  return model->model->compiled().hidden;
}

int64_t cria_model_context(const cria_model_handle *model) {
  return model->model->compiled().max_seq;
}

int32_t cria_model_bos(const cria_model_handle *model) {
  return static_cast<int32_t>(model->model->compiled().bos);
}

int cria_model_is_eos(const cria_model_handle *model, int32_t token) {
  return model->model->isEos(token);
}

double cria_logprob(const float *logits, int64_t vocab, int32_t token) {
  if (!logits || token < 0 || token >= vocab)
    return std::numeric_limits<double>::quiet_NaN();
  return logits[token] - logSumExp({logits, static_cast<size_t>(vocab)});
}

cria_status cria_tokenizer_encode(const cria_model_handle *model, const char *text, int64_t size,
                                  int flags, int32_t *tokens, int64_t capacity, int64_t *count) {
  return guard([&] {
    require(model && count, "model or count is NULL");
    auto bytes = list(text, size, "text is NULL or size is negative");
    list(tokens, capacity, "tokens is NULL or capacity is negative");
    auto ids = model->model->tokenizer().encode({bytes.data(), bytes.size()},
                                                (flags & CRIA_ADD_SPECIAL) != 0,
                                                (flags & CRIA_PARSE_SPECIAL) != 0);
    copyOut(ids, tokens, capacity, count);
  });
}

cria_status cria_tokenizer_decode(const cria_model_handle *model, const int32_t *tokens,
                                  int64_t count, int skip_special, char *text, int64_t capacity,
                                  int64_t *size) {
  return guard([&] {
    require(model && size, "model or size is NULL");
    auto ids = list(tokens, count, "tokens is NULL or count is negative");
    list(text, capacity, "text is NULL or capacity is negative");
    copyOut(model->model->tokenizer().decode(ids, skip_special != 0), text, capacity, size);
  });
}

cria_status cria_tokenizer_bytes(const cria_model_handle *model, int32_t token, int skip_special,
                                 const char **bytes, int64_t *size) {
  return guard([&] {
    require(model && bytes && size, "model, bytes or size is NULL");
    auto text = model->model->tokenizer().bytes(token, skip_special != 0);
    *bytes = text.data();
    *size = static_cast<int64_t>(text.size());
  });
}

} // extern "C"
