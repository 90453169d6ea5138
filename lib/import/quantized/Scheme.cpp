//===- Scheme.cpp - How a folder stores quantised matrices ----------------===//
#include "import/quantized/Scheme.h"
#include "import/quantized/Layouts.h"
#include "runtime/Fail.h"
#include <algorithm>
#include <cctype>

namespace cria::import {

using nlohmann::json;

namespace {

constexpr std::int64_t mostBlock = 1 << 20;

/// A word of `known`, in lower case.
std::string requireOneOf(const Fields &config, const char *field, const char *absent,
                         std::initializer_list<std::string_view> known) {
  std::string given = config.text(field, absent), word = given;
  for (char &c : word)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (std::ranges::find(known, word) == known.end())
    config.refuse(field, json(given), fmt::format("is not supported ({})", fmt::join(known, ", ")));
  return word;
}

/// The storage for codes of compressed-tensors: that of the first group of modules.
std::string_view nearestOf(const Fields &config) {
  const json *groups = config.find("config_groups");
  if (!groups || !groups->is_object() || groups->empty() || !groups->begin()->is_object())
    return "q8_0";
  const json &weights = groups->begin()->value("weights", json::object());
  if (!weights.is_object())
    return "q8_0";
  if (weights.value("type", json()) == "float")
    return "f16";
  bool four = weights.value("num_bits", json()) == 4 && weights.value("symmetric", json()) == true;
  return four ? "q4_0" : "q8_0";
}

} // namespace

Scheme::Scheme(const Fields &config) {
  static constexpr struct {
    std::string_view name;
    void (Scheme::*read)(const Fields &);
  } methods[] = {{"awq", &Scheme::readAwq},
                 {"compressed-tensors", &Scheme::readCompressed},
                 {"fp8", &Scheme::readFp8},
                 {"gptq", &Scheme::readGptq},
                 {"modelopt", &Scheme::readModelOpt}};
  std::string name = config.text("quant_method");
  std::string known;
  for (const auto &method : methods) {
    if (method.name == name) {
      (this->*method.read)(config);
      return;
    }
    known += (known.empty() ? "" : ", ") + std::string(method.name);
  }
  config.refuse("quant_method", json(name),
                fmt::format("is not supported ({}); get the model's unquantised files", known));
}

void Scheme::readFp8(const Fields &config) {
  requireOneOf(config, "fmt", "e4m3", {"e4m3"});
  const char *field = "weight_block_size";
  const json &size = config.list(field);
  if (!size.empty() && size.size() != 2)
    config.refuse(field, size, "is not one of two numbers");
  auto side = [&](size_t i) {
    return size.empty() ? 128 : config.asInteger(field, size[i], 1, mostBlock);
  };
  blockRows = side(0);
  blockColumns = side(1);
}

void Scheme::readModelOpt(const Fields &config) { requireOneOf(config, "quant_algo", "", {"fp8"}); }

void Scheme::readCompressed(const Fields &config) {
  layout = Layout::compressed;
  requireOneOf(config, "format", "pack-quantized",
               {"float-quantized", "int-quantized", "naive-quantized", "pack-quantized"});
  requireOneOf(config.objectOrEmpty("sparsity_config"), "format", "dense", {"dense"});
  nearest_ = nearestOf(config);
}

void Scheme::readGptq(const Fields &config) {
  layout = Layout::gptq;
  const char *field = config.find("checkpoint_format") ? "checkpoint_format" : "format";
  zero = requireOneOf(config, field, "gptq", {"gptq", "gptq_v2"}) == "gptq" ? 1 : 0;
  bits = int(config.integer("bits", 1, 64));
  if (bits != 4 && bits != 8)
    config.refuse("bits", json(bits), "is not supported (4, 8)");
  bool inOrder = config.flag("sym", true) && !config.flag("desc_act", false);
  nearest_ = bits == 4 && inOrder ? "q4_0" : "q8_0";
}

void Scheme::readAwq(const Fields &config) {
  layout = Layout::awq;
  requireOneOf(config, "version", "gemm", {"gemm"});
  if (std::int64_t given = config.integer("bits", 1, 64, 4); given != 4)
    config.refuse("bits", json(given), "is not supported (4)");
  nearest_ = config.flag("zero_point", true) ? "q8_0" : "q4_0";
}

std::shared_ptr<const QuantizedMatrix> Scheme::find(const rt::Checkpoint &checkpoint,
                                                    std::string_view name,
                                                    const std::vector<std::int64_t> &shape) const {
  if (shape.size() != 2 || !name.ends_with(".weight"))
    return nullptr;
  Parts parts(checkpoint, name);
  auto make = [](QuantizedMatrix matrix) {
    return std::make_shared<const QuantizedMatrix>(std::move(matrix));
  };
  switch (layout) {
  case Layout::compressed:
    if (parts.find("weight_packed"))
      return make(readPacked(parts, shape[0], shape[1]));
    [[fallthrough]];
  case Layout::scaled:
    if (const rt::Tensor *weight = parts.find("weight"))
      if (weight->dtype == "F8_E4M3" || weight->dtype == "I8")
        return make(readScaled(parts, shape[0], shape[1], {blockRows, blockColumns}));
    return nullptr;
  case Layout::gptq:
    return parts.find("qweight") ? make(import::readGptq(parts, shape[0], shape[1], bits, zero))
                                 : nullptr;
  case Layout::awq:
    return parts.find("qweight") ? make(import::readAwq(parts, shape[0], shape[1])) : nullptr;
  }
  __builtin_unreachable();
}

} // namespace cria::import
