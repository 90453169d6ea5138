//===- GgufRope.cpp - Rotary embedding in GGUF files ----------------------===//
#include "import/gguf/GgufRope.h"
#include "import/gguf/GgufNames.h"
#include "runtime/Fail.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace cria::import {

using nlohmann::json;
using spec::RopeScaling;
using Kind = RopeScaling::Kind;

namespace {

constexpr double mostTheta = 1e15, mostFactor = 1e6, least = 1e-6;
constexpr std::int64_t mostContext = 1 << 30;
/// Divisors are stored in f32, and computed in it.
constexpr double tolerance = 1e-4;

/// Llama 3.1's rule in turns per token: frequencies above `kept` stay, those below `divided` are
/// divided by `factor`, and between the two the reciprocal of the divisor is linear in the turns.
struct Ramp {
  double factor, divided, kept;

  double divisor(double turns) const {
    double share = std::clamp((turns - divided) / (kept - divided), 0.0, 1.0);
    return 1 / ((1 - share) / factor + share);
  }
};

/// The ramp through the points of `turns`, in descending order, and `divisors`.
Ramp fitRamp(const std::vector<double> &turns, const std::vector<double> &divisors) {
  double factor = *std::max_element(divisors.begin(), divisors.end());
  auto share = [&](size_t i) { return (1 / divisors[i] - 1 / factor) / (1 - 1 / factor); };
  std::vector<size_t> between;
  double above = turns.front() * 2, below = turns.back() / 2;
  for (size_t i = 0; i < turns.size(); ++i)
    if (share(i) > 1 - tolerance)
      above = turns[i];
    else if (share(i) < tolerance)
      below = std::max(below, turns[i]);
    else
      between.push_back(i);
  if (between.empty()) // any ramp between the two will do
    return {factor, std::cbrt(below * below * above), std::cbrt(below * above * above)};
  size_t i = between.front(), j = between.back();
  if (i == j) { // with the usual factors, 1 and 4
    double divided = turns[i] / (3 * share(i) + 1);
    return {factor, divided, 4 * divided};
  }
  double slope = (share(i) - share(j)) / (turns[i] - turns[j]);
  double divided = turns[i] - share(i) / slope;
  return {factor, divided, divided + 1 / slope};
}

/// The divisors' own rounding shows in what was a whole number.
double whole(double value) {
  double nearest = std::round(value);
  return std::abs(value - nearest) < tolerance * nearest ? nearest : value;
}

Kind readKind(const Fields &own) {
  std::string name = own.text("rope.scaling.type", "none");
  if (name == "none")
    return Kind::none;
  if (name == "linear")
    return Kind::linear;
  if (name == "yarn")
    return Kind::yarn;
  own.refuse("rope.scaling.type", json(name), "is not supported (none, linear, yarn)");
}

RopeScaling readScaling(const Fields &own, const Config &config) {
  RopeScaling scaling;
  scaling.kind = readKind(own);
  // Older files have a factor without a type.
  double older = own.number("rope.scale_linear", 1, mostFactor, 1);
  if (scaling.kind == Kind::none && older != 1)
    scaling.kind = Kind::linear;
  if (scaling.kind == Kind::none)
    return scaling;
  scaling.factor = own.number("rope.scaling.factor", 1, mostFactor, older);
  if (scaling.kind != Kind::yarn)
    return scaling;
  scaling.original_context =
      own.integer("rope.scaling.original_context_length", 1, mostContext, config.maxContext);
  scaling.beta_fast = own.number("rope.scaling.yarn_beta_fast", least, mostFactor, 32);
  scaling.beta_slow = own.number("rope.scaling.yarn_beta_slow", least, mostFactor, 1);
  if (scaling.beta_fast < scaling.beta_slow)
    own.refuse("rope.scaling.yarn_beta_fast",
               fmt::format("{} is less than {} {}", scaling.beta_fast,
                           own.pathOf("rope.scaling.yarn_beta_slow"), scaling.beta_slow));
  scaling.attention_factor = own.number("rope.scaling.attn_factor", least, mostFactor, 1) *
                             (0.1 * std::log(scaling.factor) + 1);
  return scaling;
}

std::vector<double> readDivisors(const rt::Checkpoint &checkpoint, const Config &config) {
  const rt::Tensor &tensor = checkpoint.require(ggufDivisors).second;
  auto refuse = [&](const std::string &why) {
    rt::fail("{}: tensor {}: {}", checkpoint.name(), ggufDivisors, why);
  };
  if (tensor.dtype != "F32")
    refuse(fmt::format("type: {} is not F32", tensor.dtype));
  if (tensor.shape != std::vector<std::int64_t>{config.headDim / 2})
    refuse(fmt::format("shape: [{}] is not [{}], half of a head", fmt::join(tensor.shape, ", "),
                       config.headDim / 2));
  std::vector<float> values(static_cast<size_t>(config.headDim / 2));
  std::memcpy(values.data(), tensor.bytes.data(), values.size() * sizeof(float));
  for (size_t i = 0; i < values.size(); ++i)
    if (!(values[i] > 0 && values[i] <= mostFactor))
      refuse(fmt::format("element {}: {} is not in (0, {}]", i, values[i], mostFactor));
  return {values.begin(), values.end()};
}

} // namespace

std::optional<RopeScaling> scalingOfDivisors(double theta, const std::vector<double> &divisors) {
  auto [low, high] = std::minmax_element(divisors.begin(), divisors.end());
  RopeScaling scaling;
  if (*high - *low < tolerance) { // of all frequencies alike
    scaling.kind = std::abs(*high - 1) < tolerance ? Kind::none : Kind::linear;
    scaling.factor = scaling.kind == Kind::none ? 1 : *high;
    return scaling.factor < 1 ? std::nullopt : std::optional(scaling);
  }
  std::vector<double> turns;
  for (size_t i = 0; i < divisors.size(); ++i)
    turns.push_back(std::pow(theta, -double(i) / double(divisors.size())) / (2 * std::numbers::pi));
  Ramp ramp = fitRamp(turns, divisors);
  scaling.kind = Kind::llama3;
  scaling.factor = ramp.factor;
  scaling.low_freq_factor = whole(ramp.divided * double(scaling.original_context));
  scaling.high_freq_factor = whole(ramp.kept * double(scaling.original_context));
  ramp.divided = scaling.low_freq_factor / double(scaling.original_context);
  ramp.kept = scaling.high_freq_factor / double(scaling.original_context);
  bool valid = ramp.factor >= 1 && scaling.low_freq_factor >= least &&
               scaling.high_freq_factor <= mostFactor && ramp.kept > ramp.divided;
  for (size_t i = 0; i < divisors.size(); ++i)
    valid &= std::abs(ramp.divisor(turns[i]) / divisors[i] - 1) < tolerance;
  return valid ? std::optional(scaling) : std::nullopt;
}

spec::Rope readGgufRope(const Fields &own, const rt::Checkpoint &checkpoint, const Config &config) {
  spec::Rope rope;
  rope.pairing = spec::RopePairing::interleaved;
  rope.theta = own.number("rope.freq_base", 1, mostTheta, rope.theta);
  constexpr const char *rotated = "rope.dimension_count";
  if (auto count = own.integer(rotated, 1, mostContext, config.headDim); count != config.headDim)
    own.refuse(rotated, fmt::format("{} is not supported: a head has {} elements, and all are "
                                    "rotated",
                                    count, config.headDim));
  rope.scaling = readScaling(own, config);
  if (rope.scaling.kind == Kind::yarn && rope.theta == 1)
    own.refuse("rope.freq_base", "1 has no wavelengths for yarn to scale");
  if (!checkpoint.find(ggufDivisors))
    return rope;
  auto scaling = scalingOfDivisors(rope.theta, readDivisors(checkpoint, config));
  if (!scaling)
    rt::fail("{}: tensor {}: is not a rescaling of the kind of Llama 3.1", checkpoint.name(),
             ggufDivisors);
  if (rope.scaling.kind != Kind::none && scaling->kind != Kind::none)
    own.refuse("rope.scaling.type", fmt::format("is not supported together with {}", ggufDivisors));
  if (scaling->kind != Kind::none)
    rope.scaling = *scaling;
  return rope;
}

} // namespace cria::import
