#include "import/RopeConfig.h"

namespace cria::import {

using nlohmann::json;
using spec::RopeScaling;

namespace {

constexpr double mostTheta = 1e15, mostFactor = 1e6;
constexpr std::int64_t mostContext = 1 << 30;

/// The kind of scaling; `type` is the older spelling of `rope_type`.
RopeScaling::Kind readKind(const Fields &rope) {
  const char *field = rope.find("rope_type") || !rope.find("type") ? "rope_type" : "type";
  if (!rope.find(field) && rope.find("factor"))
    rope.refuse(field, "missing, but there is a factor");
  std::string name = rope.text(field, "default");
  if (name == "default")
    return RopeScaling::Kind::none;
  if (name == "linear")
    return RopeScaling::Kind::linear;
  if (name == "llama3")
    return RopeScaling::Kind::llama3;
  rope.refuse(field, json(name), "is not supported (default, linear, llama3)");
}

RopeScaling readScaling(const Fields &rope, std::int64_t originalContext) {
  RopeScaling scaling;
  scaling.kind = readKind(rope);
  if (scaling.kind == RopeScaling::Kind::none)
    return scaling;
  scaling.factor = rope.number("factor", 1, mostFactor);
  if (scaling.kind == RopeScaling::Kind::linear)
    return scaling;
  scaling.low_freq_factor = rope.number("low_freq_factor", 1e-6, mostFactor);
  scaling.high_freq_factor = rope.number("high_freq_factor", 1e-6, mostFactor);
  if (scaling.high_freq_factor <= scaling.low_freq_factor)
    rope.refuse("high_freq_factor", rope.value()["high_freq_factor"],
                "is not greater than low_freq_factor " + rope.value()["low_freq_factor"].dump());
  scaling.original_context =
      rope.integer("original_max_position_embeddings", 1, mostContext, originalContext);
  return scaling;
}

/// A part of the head that is not rotated.
void refusePartial(const Fields &fields) {
  if (fields.number("partial_rotary_factor", 0, 1, 1) != 1)
    fields.refuse("partial_rotary_factor", *fields.find("partial_rotary_factor"),
                  "is not supported (1)");
}

} // namespace

spec::Rope readRope(const Fields &config, std::int64_t maxContext) {
  spec::Rope rope;
  rope.theta = config.number("rope_theta", 1, mostTheta, rope.theta);
  refusePartial(config);
  const json *older = config.find("rope_scaling"), *newer = config.find("rope_parameters");
  if (older && newer && *older != *newer)
    config.refuse("rope_parameters", "differs from rope_scaling");
  if (!older && !newer)
    return rope;
  Fields fields = config.object(older ? "rope_scaling" : "rope_parameters");
  rope.theta = fields.number("rope_theta", 1, mostTheta, rope.theta);
  refusePartial(fields);
  rope.scaling = readScaling(fields, maxContext);
  return rope;
}

} // namespace cria::import
