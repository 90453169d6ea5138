//===- CApiSession.cpp - The sessions of cria.h ---------------------------===//
#include "runtime/CApi.h"
#include "runtime/SessionFile.h"

using namespace cria::rt;
using namespace cria::rt::capi;

namespace {

std::span<const int32_t> someTokens(cria_session *session, const int32_t *tokens, int64_t count) {
  require(session, "session is NULL");
  auto ids = list(tokens, count, "tokens is NULL or count is negative");
  require(!ids.empty(), "count is 0: there is nothing to append");
  return ids;
}

void append(cria_session *session, const int32_t *tokens, int64_t count,
            const Session::Visitor &visit) {
  auto ids = someTokens(session, tokens, count);
  session->session.prefill(ids, visit);
}

Session::Visitor call(cria_visitor *visit, void *user) {
  require(visit, "visit is NULL");
  return [=](int64_t position, std::span<const float> values) {
    visit(user, position, values.data(), static_cast<int64_t>(values.size()));
  };
}

std::string filePath(const char *path) {
  require(path && *path, "path is NULL or empty");
  return path;
}

} // namespace

extern "C" {

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

const int32_t *cria_session_tokens(const cria_session *session, int64_t *count) {
  if (count)
    *count = session->session.position();
  return session->session.tokens().data();
}

cria_status cria_session_truncate(cria_session *session, int64_t position) {
  return guard([&] {
    require(session, "session is NULL");
    session->session.truncate(position);
  });
}

cria_status cria_session_save(const cria_session *session, const char *path) {
  return guard([&] {
    require(session, "session is NULL");
    saveSession(session->session, filePath(path));
  });
}

cria_status cria_session_load(cria_session *session, const char *path) {
  return guard([&] {
    require(session, "session is NULL");
    loadSession(session->session, filePath(path));
  });
}

cria_status cria_prefill(cria_session *session, const int32_t *tokens, int64_t count) {
  return guard([&] { append(session, tokens, count, {}); });
}

cria_status cria_decode(cria_session *session, int32_t token) {
  return guard([&] { append(session, &token, 1, {}); });
}

cria_status cria_prefill_each(cria_session *session, const int32_t *tokens, int64_t count,
                              cria_visitor *visit, void *user) {
  return guard([&] { append(session, tokens, count, call(visit, user)); });
}

cria_status cria_prefill_hidden(cria_session *session, const int32_t *tokens, int64_t count,
                                cria_visitor *visit, void *user) {
  return guard([&] {
    auto ids = someTokens(session, tokens, count);
    session->session.prefillStates(ids, call(visit, user));
  });
}

const float *cria_logits(const cria_session *session, int64_t *count) {
  auto logits = session->session.logits();
  if (count)
    *count = static_cast<int64_t>(logits.size());
  return logits.empty() ? nullptr : logits.data();
}

} // extern "C"
