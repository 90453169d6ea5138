//===- RopeConfig.cpp - Rotary embedding in config.json -------------------===//
#include "import/RopeConfig.h"
#include "runtime/Fail.h"
#include <cmath>

namespace cria::import {

using nlohmann::json;
using spec::RopeScaling;
using Kind = RopeScaling::Kind;

namespace {

constexpr double mostTheta = 1e15, mostFactor = 1e6, least = 1e-6;
constexpr std::int64_t mostContext = 1 << 30;

/// `type` is the older spelling of `rope_type`.
const char *kindField(const Fields &rope) {
  return rope.find("rope_type") || !rope.find("type") ? "rope_type" : "type";
}

/// `dynamic` changes nothing up to max_position_embeddings, and criac goes no further.
/// `proportional` is linear where the whole head is rotated.
Kind readKind(const Fields &rope) {
  const char *field = kindField(rope);
  std::string name = rope.text(field, "default");
  if (name == "default" || name == "dynamic")
    return Kind::none;
  if (name == "linear" || name == "proportional")
    return Kind::linear;
  if (name == "llama3")
    return Kind::llama3;
  if (name == "yarn")
    return Kind::yarn;
  rope.refuse(field, json(name), "is not supported (default, linear, dynamic, llama3, yarn)");
}

void readLlama3(const Fields &rope, RopeScaling &scaling) {
  scaling.low_freq_factor = rope.number("low_freq_factor", least, mostFactor);
  scaling.high_freq_factor = rope.number("high_freq_factor", least, mostFactor);
  if (scaling.high_freq_factor <= scaling.low_freq_factor)
    rope.refuse("high_freq_factor", rope.value()["high_freq_factor"],
                "is not greater than low_freq_factor " + rope.value()["low_freq_factor"].dump());
}

/// The paper's factor of attention, 0.1 m ln(factor) + 1 for m = 1; DeepSeek's models divide two.
double attentionFactor(const Fields &rope, double factor) {
  auto magnitude = [&](double scale) {
    return factor <= 1 ? 1 : 0.1 * scale * std::log(factor) + 1;
  };
  double inferred = magnitude(1), above = rope.number("mscale", -mostFactor, mostFactor, 0),
         below = rope.number("mscale_all_dim", -mostFactor, mostFactor, 0);
  if (above != 0 && below != 0)
    inferred = magnitude(above) / magnitude(below);
  return rope.number("attention_factor", least, mostFactor, inferred);
}

void readYarn(const Fields &rope, RopeScaling &scaling) {
  scaling.attention_factor = attentionFactor(rope, scaling.factor);
  // Zero stands for the default, as in Python's `or`.
  auto beta = [&](const char *field, double usual) {
    double value = rope.number(field, 0, mostFactor, usual);
    return value == 0 ? usual : value;
  };
  scaling.beta_fast = beta("beta_fast", 32);
  scaling.beta_slow = beta("beta_slow", 1);
  if (scaling.beta_fast < scaling.beta_slow)
    rope.refuse("beta_fast",
                fmt::format("{} is less than beta_slow {}", scaling.beta_fast, scaling.beta_slow));
  bool null = rope.value().contains("truncate") && !rope.find("truncate");
  scaling.truncate = rope.flag("truncate", !null);
}

/// `beside`, the field of the same name at the top, counts if it is there.
std::int64_t originalContext(const Fields &rope, const Fields &beside, std::int64_t maxContext) {
  constexpr const char *field = "original_max_position_embeddings";
  const Fields &from = beside.find(field) ? beside : rope;
  return from.integer(field, 1, mostContext, maxContext);
}

RopeScaling readScaling(const Fields &rope, const Fields &config, std::int64_t maxContext) {
  RopeScaling scaling;
  scaling.kind = readKind(rope);
  if (scaling.kind == Kind::none)
    return scaling;
  bool scaled = scaling.kind == Kind::llama3 || scaling.kind == Kind::yarn;
  if (scaled)
    scaling.original_context = originalContext(rope, config, maxContext);
  // Only yarn infers a factor, and only from a null.
  std::optional<double> inferred;
  if (scaling.kind == Kind::yarn && rope.value().contains("factor"))
    inferred = static_cast<double>(maxContext) / static_cast<double>(scaling.original_context);
  if (rope.text(kindField(rope), "default") == "proportional")
    inferred = 1;
  scaling.factor = rope.number("factor", 1, mostFactor, inferred);
  if (!(scaling.factor >= 1))
    rope.refuse("factor", fmt::format("max_position_embeddings {} is less than "
                                      "original_max_position_embeddings {}",
                                      maxContext, scaling.original_context));
  if (scaling.kind == Kind::llama3)
    readLlama3(rope, scaling);
  if (scaling.kind == Kind::yarn)
    readYarn(rope, scaling);
  return scaling;
}

/// A part of the head that is not rotated. Llama's own frequencies do not know the field.
void checkPartial(const Fields &rope, const Fields &config, std::vector<std::string> &notes) {
  constexpr const char *field = "partial_rotary_factor";
  const Fields &where = rope.find(field) ? rope : config;
  if (where.number(field, 0, 1, 1) == 1)
    return;
  if (rope.text(kindField(rope), "default") != "default")
    where.refuse(field, *where.find(field), "is not supported (1)");
  notes.push_back(where.describe(field, where.find(field)->dump() +
                                            " does not count: transformers rotates the whole "
                                            "head of a Llama"));
}

void refuseNested(const Fields &rope) {
  for (const auto &[key, value] : rope.value().items())
    if (value.is_object())
      rope.refuse(key, value, "is not supported: rotary embedding is the same in all layers");
}

/// `rope` with one spelling for everything that it may leave out.
json normal(json rope, double theta) {
  for (auto item = rope.begin(); item != rope.end();)
    item = item->is_null() ? rope.erase(item) : std::next(item);
  rope.emplace("rope_type", rope.contains("type") ? rope["type"] : json("default"));
  rope.erase("type");
  rope.emplace("rope_theta", theta);
  return rope;
}

bool isGiven(const Fields &config, const char *field) {
  const json *value = config.find(field);
  return value && !(value->is_object() && value->empty());
}

} // namespace

spec::Rope readRope(const Fields &config, std::int64_t maxContext,
                    std::vector<std::string> &notes) {
  spec::Rope rope;
  double theta = config.number("rope_theta", 1, mostTheta, rope.theta);
  bool older = isGiven(config, "rope_scaling"), newer = isGiven(config, "rope_parameters");
  Fields fields = config.objectOrEmpty(older ? "rope_scaling" : "rope_parameters");
  refuseNested(fields);
  rope.theta = fields.number("rope_theta", 1, mostTheta, theta);
  rope.scaling = readScaling(fields, config, maxContext);
  checkPartial(fields, config, notes);
  if (fields.find("factor") && fields.text(kindField(fields), "default") == "default")
    notes.push_back(fields.describe("factor", "does not count, since the rope_type is default"));
  if (rope.scaling.kind == Kind::yarn && rope.theta == 1)
    fields.refuse("rope_theta", "1 has no wavelengths for yarn to scale");
  if (older && newer) {
    json other = config.object("rope_parameters").value();
    if (normal(fields.value(), theta) != normal(other, theta))
      notes.push_back(config.describe("rope_parameters", "does not count: rope_scaling says "
                                                         "something else, and comes first"));
  }
  return rope;
}

} // namespace cria::import
