//===- SessionFile.cpp - A session in a file ------------------------------===//
//
// Header, tokens (i32), logits (f32, vocab or none), keys and values (the rows of each layer and
// head), and a hash of all of them. In the byte order of the machine.
//
//===----------------------------------------------------------------------===//
#include "runtime/SessionFile.h"
#include "runtime/FileWriter.h"
#include "runtime/Hash.h"
#include "runtime/Status.h"
#include <algorithm>
#include <tuple>

namespace cria::rt {
namespace {

constexpr int64_t magic = 0x3173736573616972; // "riasess1"

struct Header {
  int64_t magic = rt::magic, format = 1;
  // What a session must share with the one that was saved.
  int64_t vocab, layers, kvHeads, headDim, kvDtype, graph, weights;
  // What follows.
  int64_t tokens, logits;
};

Header headerOf(const Session &session) {
  const cria_model &model = session.model().compiled();
  return {.vocab = model.vocab,
          .layers = model.layers,
          .kvHeads = model.kv_heads,
          .headDim = model.head_dim,
          .kvDtype = model.kv_dtype,
          .graph = model.graph_hash,
          .weights = static_cast<int64_t>(session.model().weights().fingerprint()),
          .tokens = session.position(),
          .logits = static_cast<int64_t>(session.logits().size())};
}

using Block = std::span<const std::byte>;

/// A file as its blocks, each of which must be there in full.
class Reader {
public:
  Reader(const std::string &path) : path_(path), file_(Mapping::file(path)), rest_(file_.bytes()) {}

  Block block(size_t bytes) {
    if (bytes > rest_.size())
      fail("{}: the file is cut short", path_);
    Block block = rest_.first(bytes);
    rest_ = rest_.subspan(bytes);
    hash_.add(block);
    return block;
  }
  template <class T>
  std::span<const T> list(int64_t count) {
    Block bytes = block(static_cast<size_t>(count) * sizeof(T));
    return {reinterpret_cast<const T *>(bytes.data()), static_cast<size_t>(count)};
  }
  void finish() {
    uint64_t expected = hash_.value(), found = 0;
    std::memcpy(&found, block(sizeof found).data(), sizeof found);
    if (found != expected)
      fail("{}: the file is damaged: its checksum is wrong", path_);
    if (!rest_.empty())
      fail("{}: {} bytes too many", path_, rest_.size());
  }

private:
  const std::string &path_;
  Mapping file_;
  Block rest_;
  Hash hash_;
};

void checkHeader(const Header &found, const Session &session, const std::string &path) {
  Header own = headerOf(session);
  if (found.magic != magic)
    fail("{}: not a saved session", path);
  if (found.format != own.format)
    fail("{}: format {} of saved sessions is not the {} of this program", path, found.format,
         own.format);
  const std::tuple<const char *, int64_t, int64_t> sizes[] = {
      {"vocabulary", found.vocab, own.vocab},
      {"layers", found.layers, own.layers},
      {"kv heads", found.kvHeads, own.kvHeads},
      {"head dim", found.headDim, own.headDim},
      {"storage of the cache", found.kvDtype, own.kvDtype}};
  for (auto [what, other, here] : sizes)
    if (other != here)
      fail("{}: saved with another model: {}: {} is not {}", path, what, other, here);
  if (found.graph != own.graph)
    fail("{}: saved with another model: its structure or its constants differ", path);
  if (found.weights != own.weights)
    fail("{}: saved with another model: its weights differ", path);
  if (found.tokens < 0 || (found.logits != 0 && found.logits != own.vocab))
    fail("{}: the file is damaged: its counts are wrong", path);
  if (found.tokens > session.context())
    failWith(CRIA_ERROR_CONTEXT_FULL, "{}: {} tokens do not fit in the context of {}", path,
             found.tokens, session.context());
}

} // namespace

void saveSession(const Session &session, const std::string &path) {
  if (session.model().weights().readsFrom(path))
    fail("{}: would be overwritten, but it holds the model's weights", path);
  FileWriter file(path);
  Hash hash;
  auto write = [&](Block block) {
    hash.add(block);
    file.write(block.data(), block.size());
  };
  Header header = headerOf(session);
  write(std::as_bytes(std::span(&header, 1)));
  write(std::as_bytes(session.tokens()));
  write(std::as_bytes(session.logits()));
  CacheRows rows = session.cacheRows(session.position());
  for (size_t i = 0; i < rows.count(); ++i)
    write(rows.get(i));
  uint64_t sum = hash.value();
  file.write(&sum, sizeof sum);
  file.commit();
}

void loadSession(Session &session, const std::string &path) {
  Reader file(path);
  const Header &header = file.list<Header>(1)[0];
  checkHeader(header, session, path);
  auto tokens = file.list<int32_t>(header.tokens);
  auto logits = file.list<float>(header.logits);
  std::vector<Block> saved;
  CacheRows rows = session.cacheRows(header.tokens);
  for (size_t i = 0; i < rows.count(); ++i)
    saved.push_back(file.block(rows.bytes()));
  file.finish();
  for (int32_t token : tokens)
    if (token < 0 || token >= header.vocab)
      fail("{}: the file is damaged: token {} is not in the vocabulary", path, token);
  for (size_t i = 0; i < rows.count(); ++i)
    rows.set(i, saved[i]);
  session.restore(tokens, logits);
}

} // namespace cria::rt
