// Whatever is in a saved session: it is loaded, or a cria::Error and nothing has changed.
#include "FuzzSupport.h"
#include "fake/FakeModel.h"
#include "runtime/SessionFile.h"
#include <fstream>

using namespace cria;

static std::shared_ptr<const rt::Model> model() {
  static const cria_model compiled = [] {
    cria_model copy = fake::descriptor();
    copy.has_random_seed = 1;
    return copy;
  }();
  return std::make_shared<const rt::Model>(compiled, "");
}

static std::string goodFile() {
  rt::Session session(model());
  session.prefill(std::vector<int32_t>{1, 2, 3, 4, 5});
  std::string path = std::filesystem::temp_directory_path() / "fuzz-session-XXXXXX";
  close(mkstemp(path.data()));
  rt::saveSession(session, path);
  std::ifstream stream(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  std::filesystem::remove(path);
  return bytes;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static const std::string good = goodFile();
  static rt::Session session(model());
  FuzzedDataProvider data(bytes, size);
  fuzz::MemoryFile file(fuzz::changed(good, data));
  session.reset();
  session.prefill(std::vector<int32_t>{9, 8});
  fuzz::tolerate([&] { rt::loadSession(session, file.path()); });
  if (session.position() != 2 && session.position() != 5)
    std::abort();
  fuzz::tolerate([] { session.decode(7); });
  return 0;
}
