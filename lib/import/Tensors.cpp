//===- Tensors.cpp - A checkpoint against what the config asks for --------===//
#include "import/Tensors.h"
#include "cria/spec/params.hpp"
#include "runtime/Fail.h"
#include "runtime/Storage.h"
#include <algorithm>
#include <functional>
#include <set>

namespace cria::import {

using rt::fail;
using rt::printable;

namespace {

std::string tensorName(const Wanted &wanted, const spec::Param &param, std::int64_t i) {
  auto other = wanted.names.find(param.name);
  std::string name = other == wanted.names.end() ? param.name : other->second;
  if (size_t at = name.find("{}"); at != name.npos)
    name.replace(at, 2, std::to_string(i));
  return name;
}

/// What has the tensor, by which models without the prefix `model.` name it too.
std::string moduleOf(std::string_view tensor) {
  if (tensor.starts_with("model."))
    tensor.remove_prefix(6);
  return std::string(tensor.substr(0, tensor.rfind('.')));
}

/// Goes through the tensors of a checkpoint, parameter by parameter.
class Inventory {
public:
  Inventory(const Wanted &wanted, const rt::Checkpoint &checkpoint)
      : wanted(wanted), checkpoint(checkpoint) {}

  /// The storages of the tensors of `param`: one for each, or one if they are the same.
  std::vector<spec::DType> add(const spec::Param &param) {
    std::vector<spec::DType> found;
    for (std::int64_t i = 0; i < param.count; ++i) {
      std::string name = tensorName(wanted, param, i);
      if (wanted.scheme && wanted.scheme->find(checkpoint, name, param.shape)) {
        modules.insert(moduleOf(name));
        found.push_back(spec::DType::f32);
        continue;
      }
      const storage::Storage &storage = storageOf(param, i);
      noteWidened(checkpoint.require(tensorName(wanted, param, i)), storage);
      found.push_back(spec::DType(storage.id));
    }
    if (std::ranges::adjacent_find(found, std::not_equal_to<>()) == found.end())
      found.resize(1);
    checkPacked(param);
    return found;
  }

  /// Parameters whose tensors are packed.
  std::set<std::string> packed;

  void addNotes(std::vector<std::string> &notes) const {
    if (widenedBytes)
      notes.push_back(fmt::format("{}: {} is of {}, so such tensors are rounded to F32 when they "
                                  "are loaded; that takes {:.1f} MiB",
                                  checkpoint.name(), firstWidened, firstDtype,
                                  double(widenedBytes) / (1 << 20)));
    size_t count = 0;
    const std::string *first = nullptr;
    for (const auto &[name, tensor] : checkpoint.tensors())
      if (isUnused(name) && ++count == 1)
        first = &name;
    if (first)
      notes.push_back(fmt::format("{}: tensor {}{} is not a part of the model that {} "
                                  "describes, and is not read",
                                  checkpoint.name(), printable(*first),
                                  count > 1 ? fmt::format(" (of {} such)", count) : "",
                                  wanted.source));
  }

private:
  const storage::Storage &storageOf(const spec::Param &param, std::int64_t i) {
    const auto &[name, tensor] = checkpoint.require(tensorName(wanted, param, i));
    used.insert(name);
    if (tensor.shape != param.shape)
      fail("{}: tensor {}: shape: [{}] is not the [{}] of {}", checkpoint.name(), name,
           fmt::join(tensor.shape, ", "), fmt::join(param.shape, ", "), wanted.source);
    auto [storage, isPacked] = rt::storedAs(tensor.dtype);
    if (isPacked)
      packed.insert(param.name);
    if (!storage)
      fail("{}: tensor {}: dtype: {} is not supported ({}F64)", checkpoint.name(), name,
           printable(tensor.dtype), supported());
    if (storage->isBlock() && param.shape.size() == 1)
      fail("{}: tensor {}: dtype: {} is for matrices, not for a vector of {}", checkpoint.name(),
           name, tensor.dtype, param.shape[0]);
    if (!rt::isWhole(tensor))
      fail("{}: tensor {}: {} bytes are not those of [{}] of {}", checkpoint.name(), name,
           tensor.bytes.size(), fmt::join(param.shape, ", "), tensor.dtype);
    return *storage;
  }

  /// The rows of a table are read one by one, and code reads all layers of a matrix alike.
  void checkPacked(const spec::Param &param) const {
    if (!packed.contains(param.name))
      return;
    for (std::int64_t i = 0; i < param.count; ++i) {
      const auto &[name, tensor] = checkpoint.require(tensorName(wanted, param, i));
      if (!rt::storedAs(tensor.dtype).packed)
        fail("{}: tensor {}: dtype: {} is not packed, but that of other layers is",
             checkpoint.name(), name, tensor.dtype);
      if (param.name == Ends().table + ".weight")
        fail("{}: tensor {}: dtype: {} is packed, which a table of tokens cannot be",
             checkpoint.name(), name, tensor.dtype);
    }
  }

  /// The storages that files of this kind can have.
  std::string supported() const {
    bool gguf = !wanted.names.empty();
    std::string names;
    for (const storage::Storage &storage : storage::storages())
      if (gguf || !storage.safetensors.empty())
        names += std::string(storage.name) + ", ";
    return names;
  }

  void noteWidened(const rt::TensorMap::value_type &tensor, const storage::Storage &storage) {
    const auto &[name, data] = tensor;
    if (rt::storedAs(data.dtype).packed || data.dtype == storage.name)
      return;
    std::uint64_t elements = 1;
    for (std::int64_t size : data.shape)
      elements *= static_cast<std::uint64_t>(size);
    if (!widenedBytes) {
      firstWidened = name;
      firstDtype = data.dtype;
    }
    widenedBytes += elements * sizeof(float);
  }

  /// Older files hold the rotary frequencies, which follow from the config; GGUF files hold their
  /// divisors, which the importer has read.
  bool isUnused(const std::string &name) const {
    bool ofQuantized = modules.contains(moduleOf(name)) && !name.ends_with(".bias");
    return !used.contains(name) && !ofQuantized && !name.ends_with("rotary_emb.inv_freq") &&
           name != "rope_freqs.weight";
  }

  const Wanted &wanted;
  const rt::Checkpoint &checkpoint;
  std::set<std::string_view> used;
  std::set<std::string> modules; ///< of quantised matrices
  std::uint64_t widenedBytes = 0;
  std::string firstWidened, firstDtype;
};

} // namespace

Ends chooseEnds(const Config &config) {
  Ends ends;
  if (config.tied)
    ends.head = ends.table;
  return ends;
}

Ends chooseEnds(const Config &config, const rt::Checkpoint &checkpoint,
                std::vector<std::string> &notes) {
  Ends ends;
  if (!config.tied)
    return ends;
  bool table = checkpoint.find(ends.table + ".weight"),
       head = checkpoint.find(ends.head + ".weight");
  if (table && head)
    notes.push_back(
        fmt::format("{}: tensor {}.weight is read, though tie_word_embeddings says that "
                    "the model has none",
                    checkpoint.name(), ends.head));
  else if (head)
    ends.table = ends.head;
  else
    ends.head = ends.table;
  return ends;
}

std::string findQuantized(const Wanted &wanted, const rt::Checkpoint &checkpoint) {
  std::set<const rt::Tensor *> weights;
  for (const spec::Param &param : spec::parameters(wanted.model))
    for (std::int64_t i = 0; i < param.count; ++i)
      if (const rt::Tensor *tensor = checkpoint.find(tensorName(wanted, param, i)))
        weights.insert(tensor);
  for (const auto &[name, tensor] : checkpoint.tensors()) {
    bool plain = weights.contains(&tensor) && rt::storageOf(tensor.dtype);
    if (!plain && !name.ends_with("rotary_emb.inv_freq"))
      return name;
  }
  return {};
}

void chooseStorage(const std::map<std::string, std::string> &names, const std::string &source,
                   const rt::Checkpoint &checkpoint, Imported &imported) {
  Wanted wanted{imported.model, names, source, imported.scheme.get()};
  Inventory inventory(wanted, checkpoint);
  for (const spec::Param &param : spec::parameters(imported.model))
    imported.dtypes[param.name] = inventory.add(param);
  imported.packed = inventory.packed;
  inventory.addNotes(imported.notes);
  for (std::string &note : checkpoint.notes())
    imported.notes.push_back(std::move(note));
}

} // namespace cria::import
