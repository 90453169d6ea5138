//===- fuzz_capi.cpp - Any sequence of calls that cria.h allows -*- C++ -*-===//
//
// Statuses for what is NULL, negative or too much; a model that is closed before its sessions.
// Compiled code is the fake model of tests/unit/runtime.
//
//===----------------------------------------------------------------------===//
#include "FuzzSupport.h"
#include "cria/runtime/cria.h"
#include "fake/FakeModel.h"
#include <limits>
#include <vector>

namespace {

struct Folder {
  std::string path = std::filesystem::temp_directory_path() / "cria-fuzz-XXXXXX";
  Folder() {
    if (!mkdtemp(path.data()))
      std::abort();
    fake::writeWeights(std::filesystem::path(path) / "model.safetensors");
  }
  ~Folder() { std::filesystem::remove_all(path); }
};

void require(bool holds) {
  if (!holds)
    std::abort();
}

class Calls {
public:
  explicit Calls(FuzzedDataProvider &data) : data(data) {}
  ~Calls() {
    for (cria_model_handle *model : models)
      cria_model_close(model);
    for (cria_session *session : sessions)
      cria_session_close(session);
  }

  void run() {
    for (int calls = 0; calls < 60 && data.remaining_bytes(); ++calls) {
      switch (data.ConsumeIntegralInRange(0, 9)) {
      case 0:
        open();
        break;
      case 1:
        create();
        break;
      case 2:
        append();
        break;
      case 3:
        close(models, cria_model_close);
        break;
      case 4:
        close(sessions, cria_session_close);
        break;
      case 5:
        ask();
        break;
      case 6:
        encode();
        break;
      case 7:
        decode();
        break;
      case 8:
        reset();
        break;
      default:
        check(cria_set_threads(data.ConsumeIntegralInRange(-1, 2)));
      }
    }
  }

private:
  /// One of those that are open; sometimes, if `orNull`, and if none is, NULL.
  template <class T>
  T *some(const std::vector<T *> &open, bool orNull = true) {
    if (open.empty() || (orNull && data.ConsumeIntegralInRange(0, 7) == 0))
      return nullptr;
    return open[data.ConsumeIntegralInRange<size_t>(0, open.size() - 1)];
  }
  template <class T>
  void close(std::vector<T *> &open, void (*closeOne)(T *)) {
    T *one = some(open);
    closeOne(one);
    std::erase(open, one);
  }
  /// A failure has a message of one line.
  void check(cria_status status) {
    require(status >= CRIA_OK && status < CRIA_ERROR_INTERNAL);
    std::string message = cria_error_message();
    require(message.find('\n') == message.npos && (status == CRIA_OK || !message.empty()));
  }
  int64_t count(size_t size) {
    constexpr int64_t odd[] = {-1, 0, std::numeric_limits<int64_t>::min()};
    return data.ConsumeIntegralInRange(0, 9) ? static_cast<int64_t>(size)
                                             : data.PickValueInArray(odd);
  }

  void open() {
    static const Folder weights;
    const char *paths[] = {weights.path.c_str(), weights.path.c_str(), nullptr, "/nowhere", ""};
    cria_model_options options = {sizeof options, nullptr};
    options.weights = data.PickValueInArray(paths);
    if (models.size() == 4 || data.ConsumeIntegralInRange(0, 9) == 0)
      return check(cria_model_open(&options, nullptr));
    cria_model_handle *model = nullptr;
    cria_status status = cria_model_open(&options, &model);
    check(status);
    require((status == CRIA_OK) == (model != nullptr));
    if (model)
      models.push_back(model);
  }

  void create() {
    cria_model_handle *model = some(models);
    if (sessions.size() == 4)
      return check(cria_session_create(model, nullptr));
    cria_session *session = nullptr;
    cria_status status = cria_session_create(model, &session);
    check(status);
    require((status == CRIA_OK) == (session != nullptr));
    if (session)
      sessions.push_back(session);
  }

  void append() {
    cria_session *session = some(sessions);
    std::vector<int32_t> tokens(data.ConsumeIntegralInRange<size_t>(0, 70));
    for (int32_t &token : tokens)
      token = data.ConsumeIntegralInRange<int32_t>(0, fake::vocab - 1);
    if (!tokens.empty() && data.ConsumeIntegralInRange(0, 3) == 0)
      tokens[data.ConsumeIntegralInRange<size_t>(0, tokens.size() - 1)] =
          data.ConsumeIntegral<int32_t>();
    int64_t before = session ? cria_session_position(session) : 0, size = count(tokens.size());
    const int32_t *ids = data.ConsumeIntegralInRange(0, 9) ? tokens.data() : nullptr;
    cria_status status;
    switch (data.ConsumeIntegralInRange(0, 2)) {
    case 0:
      status = cria_prefill(session, ids, size);
      break;
    case 1:
      size = 1;
      status = cria_decode(session, tokens.empty() ? -1 : tokens[0]);
      break;
    default:
      seen = 0;
      status = cria_prefill_each(session, ids, size,
                                 data.ConsumeIntegralInRange(0, 9) ? &Calls::visit : nullptr, this);
      require(status != CRIA_OK || seen == size);
    }
    check(status);
    if (session) // a call that fails has changed nothing
      require(cria_session_position(session) == before + (status == CRIA_OK ? size : 0));
  }
  static void visit(void *user, int64_t, const float *logits, int64_t vocab) {
    require(vocab == fake::vocab && logits[vocab - 1] == logits[vocab - 1]);
    ++static_cast<Calls *>(user)->seen;
  }

  void ask() {
    if (cria_model_handle *model = some(models, false)) {
      require(cria_model_vocab(model) == fake::vocab && cria_model_context(model) == fake::context);
      require(cria_model_name(model) != nullptr);
      cria_model_is_eos(model, data.ConsumeIntegral<int32_t>());
      const char *bytes = nullptr;
      int64_t size = 0;
      check(cria_tokenizer_bytes(model, data.ConsumeIntegral<int32_t>(), data.ConsumeBool(),
                                 data.ConsumeBool() ? &bytes : nullptr, &size));
    }
    if (cria_session *session = some(sessions, false)) {
      int64_t size = 0;
      const float *logits = cria_logits(session, data.ConsumeBool() ? &size : nullptr);
      require((logits != nullptr) == (cria_session_position(session) > 0));
    }
  }

  void encode() {
    std::string text = data.ConsumeRandomLengthString(64);
    std::vector<int32_t> ids(data.ConsumeIntegralInRange<size_t>(0, 80));
    int64_t found = 0;
    check(cria_tokenizer_encode(some(models), text.data(), count(text.size()),
                                data.ConsumeIntegral<int>(), ids.data(), count(ids.size()),
                                data.ConsumeIntegralInRange(0, 9) ? &found : nullptr));
  }

  void decode() {
    std::vector<int32_t> ids(data.ConsumeIntegralInRange<size_t>(0, 20));
    for (int32_t &id : ids)
      id = data.ConsumeIntegral<int32_t>();
    std::string text(data.ConsumeIntegralInRange<size_t>(0, 80), '\0');
    int64_t found = 0;
    check(cria_tokenizer_decode(some(models), ids.data(), count(ids.size()), data.ConsumeBool(),
                                text.data(), count(text.size()), &found));
  }

  void reset() {
    if (cria_session *session = some(sessions, false)) {
      cria_session_reset(session);
      require(cria_session_position(session) == 0 && !cria_logits(session, nullptr));
    }
  }

  FuzzedDataProvider &data;
  std::vector<cria_model_handle *> models;
  std::vector<cria_session *> sessions;
  int64_t seen = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  FuzzedDataProvider data(bytes, size);
  Calls(data).run();
  return 0;
}
