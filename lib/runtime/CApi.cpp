//===- CApi.cpp - cria.h over the C++ runtime -----------------------------===//
//
// Exceptions end here: `guard` turns each into a status and a message.
//
//===----------------------------------------------------------------------===//
#include "runtime/CompiledModel.h"
#include "runtime/Session.h"
#include "runtime/Status.h"
#include "runtime/Threads.h"
#include "runtime/Version.h"
#include <algorithm>
#include <cstring>
#include <new>

using namespace cria;
using namespace cria::rt;

struct cria_model_handle {
  std::shared_ptr<const Model> model;
};
struct cria_session {
  Session session;
};

namespace {

thread_local std::string lastMessage;

cria_status remember(cria_status status, const char *message) noexcept {
  try {
    lastMessage = message;
  } catch (...) { // out of memory: the status still tells
    lastMessage.clear();
  }
  return status;
}

template <class Body>
cria_status guard(Body &&body) noexcept {
  try {
    body();
    return CRIA_OK;
  } catch (const StatusError &error) {
    return remember(error.status, error.what());
  } catch (const Error &error) {
    return remember(CRIA_ERROR_INPUT, error.what());
  } catch (const std::bad_alloc &) {
    return remember(CRIA_ERROR_MEMORY, "out of memory");
  } catch (const std::exception &error) {
    return remember(CRIA_ERROR_INTERNAL, error.what());
  } catch (...) {
    return remember(CRIA_ERROR_INTERNAL, "unknown exception");
  }
}

void require(bool condition, const char *what) {
  if (!condition)
    failWith(CRIA_ERROR_ARGUMENT, "{}", what);
}

template <class T>
std::span<const T> list(const T *data, int64_t count, const char *what) {
  require(count >= 0 && (data || count == 0), what);
  return {data, static_cast<size_t>(count)};
}

/// The rule of functions that fill a caller's buffer.
template <class T, class Range>
void copyOut(const Range &from, T *to, int64_t capacity, int64_t *count) {
  *count = static_cast<int64_t>(from.size());
  std::copy_n(from.begin(), std::min(*count, capacity), to);
}

void append(cria_session *session, const int32_t *tokens, int64_t count,
            const Session::Visitor &visit) {
  require(session, "session is NULL");
  auto ids = list(tokens, count, "tokens is NULL or count is negative");
  require(!ids.empty(), "count is 0: there is nothing to append");
  session->session.prefill(ids, visit);
}

} // namespace

extern "C" {

const char *cria_version(void) { return version; }

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
    std::string weights = options && options->weights ? options->weights : "";
    *model = new cria_model_handle{std::make_shared<const Model>(CRIA_MODEL_SYMBOL, weights)};
  });
}

void cria_model_close(cria_model_handle *model) { delete model; }

const char *cria_model_name(const cria_model_handle *model) {
  return model->model->compiled().name;
}

int64_t cria_model_vocab(const cria_model_handle *model) { return model->model->compiled().vocab; }

int64_t cria_model_context(const cria_model_handle *model) {
  return model->model->compiled().max_seq;
}

int32_t cria_model_bos(const cria_model_handle *model) {
  return static_cast<int32_t>(model->model->compiled().bos);
}

int cria_model_is_eos(const cria_model_handle *model, int32_t token) {
  return model->model->isEos(token);
}

cria_status cria_session_create(const cria_model_handle *model, cria_session **session) {
  return guard([&] {
    require(session, "session is NULL");
    *session = nullptr;
    require(model, "model is NULL");
    *session = new cria_session{Session(model->model)};
  });
}

void cria_session_reset(cria_session *session) { session->session.reset(); }

void cria_session_close(cria_session *session) { delete session; }

int64_t cria_session_position(const cria_session *session) { return session->session.position(); }

cria_status cria_prefill(cria_session *session, const int32_t *tokens, int64_t count) {
  return guard([&] { append(session, tokens, count, {}); });
}

cria_status cria_decode(cria_session *session, int32_t token) {
  return guard([&] { append(session, &token, 1, {}); });
}

cria_status cria_prefill_each(cria_session *session, const int32_t *tokens, int64_t count,
                              cria_logits_visitor *visit, void *user) {
  return guard([&] {
    require(visit, "visit is NULL");
    append(session, tokens, count, [=](int64_t position, std::span<const float> logits) {
      visit(user, position, logits.data(), static_cast<int64_t>(logits.size()));
    });
  });
}

const float *cria_logits(const cria_session *session, int64_t *count) {
  auto logits = session->session.logits();
  if (count)
    *count = static_cast<int64_t>(logits.size());
  return logits.empty() ? nullptr : logits.data();
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
