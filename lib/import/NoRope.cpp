//===- NoRope.cpp - Layers without rotary embedding -----------------------===//
#include "import/NoRope.h"
#include "runtime/Fail.h"

namespace cria::import {

using nlohmann::json;

namespace {

constexpr std::int64_t mostLayers = 4096;

/// The n by which the list is 0 at every n-th place, and 1 elsewhere.
std::int64_t intervalOf(const Fields &config, const json &list, std::int64_t layers) {
  constexpr const char *field = "no_rope_layers";
  if (std::int64_t(list.size()) != layers)
    config.refuse(field,
                  fmt::format("has {} values, but num_hidden_layers is {}", list.size(), layers));
  std::int64_t interval = 0;
  for (std::int64_t i = 0; i < layers; ++i) {
    std::int64_t rotated = config.asInteger(field, list[size_t(i)], 0, 1);
    if (!rotated && !interval)
      interval = i + 1;
    if (rotated != (!interval || (i + 1) % interval != 0))
      config.refuse(field,
                    fmt::format("{} at layer {} is not supported: the layers of value 0 must be "
                                "every n-th one, counted from 1",
                                rotated, i + 1));
  }
  return interval;
}

void refuseWindows(const Fields &config) {
  if (config.flag("use_sliding_window", false))
    config.refuse("use_sliding_window", json(true), "is not supported (false)");
  for (const json &type : config.list("layer_types"))
    if (type != "full_attention")
      config.refuse("layer_types", type, "is not supported (full_attention)");
}

/// The class has values of its own for these, unlike a Llama's; every known file has them.
void requireSizes(const Fields &config) {
  for (const char *field :
       {"vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "eos_token_id"})
    if (!config.value().contains(field))
      config.refuse(field, "is missing");
  if (!config.find("rope_theta") && !config.objectOrEmpty("rope_parameters").find("rope_theta") &&
      !config.objectOrEmpty("rope_scaling").find("rope_theta"))
    config.refuse("rope_theta", "is missing");
}

} // namespace

std::int64_t readNoRope(const Fields &config, std::int64_t layers, std::int64_t otherwise) {
  refuseWindows(config);
  requireSizes(config);
  const json *list = config.find("no_rope_layers");
  std::int64_t interval = list ? intervalOf(config, config.list("no_rope_layers"), layers)
                               : config.integer("no_rope_layer_interval", 1, mostLayers, otherwise);
  if (interval == 1)
    config.refuse(list ? "no_rope_layers" : "no_rope_layer_interval",
                  fmt::format("{} is not supported: no layer would have rotary embedding",
                              list ? "0 at every layer" : "1"));
  return interval;
}

} // namespace cria::import
