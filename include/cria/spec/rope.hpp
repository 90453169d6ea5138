//===- rope.hpp - Rotary position embedding ---------------------*- C++ -*-===//
#pragma once
#include "cria/spec/flow.hpp"
#include "cria/spec/rotary.hpp"

namespace cria::spec {

/// The rotation of queries and keys in `attention`: `rope{.theta = 500'000}`.
using rope = Rope;

/// Every frequency divided by `factor`.
struct linear_scaling {
  double factor = 1;
  constexpr operator RopeScaling() const { return {RopeScaling::Kind::linear, factor, 1, 4, 8192}; }
};

/// The rescaling of Llama 3.1: frequencies of long wavelengths are divided by `factor`, those of
/// short ones are kept, and those in between are blended.
struct llama3_scaling {
  double factor = 8, low = 1, high = 4;
  idx original_context = 8192;
  constexpr operator RopeScaling() const {
    return {RopeScaling::Kind::llama3, factor, low, high, original_context};
  }
};

/// YaRN (Peng et al. 2023). `attention` multiplies sines and cosines; the paper's value is
/// 0.1 ln(factor) + 1.
struct yarn_scaling {
  double factor = 4;
  idx original_context = 8192;
  double attention = 1;
  double beta_fast = 32, beta_slow = 1;
  bool truncate = true;
  constexpr operator RopeScaling() const {
    return {RopeScaling::Kind::yarn,
            factor,
            1,
            4,
            original_context,
            attention,
            beta_fast,
            beta_slow,
            truncate};
  }
};

namespace detail {
/// False for NaN.
constexpr bool within(double value, double least, double most) {
  return value >= least && value <= most;
}
} // namespace detail

/// Checks `r` within the attention of `in`.
constexpr flow check_rope(flow in, const rope &r, idx head_dim) {
  if (!in.ok())
    return in;
  using Kind = RopeScaling::Kind;
  const RopeScaling &s = r.scaling;
  flow out =
      in.at("rope")
          .needs(divides(2, head_dim), "head_dim {} is odd, but rope rotates pairs", head_dim)
          .needs(detail::within(r.theta, 1, 1e15), "theta is not in 1 ... 1e15");
  if (s.kind != Kind::none)
    out = out.needs(detail::within(s.factor, 1, 1e6), "the scaling factor is not in 1 ... 1e6");
  if (s.kind == Kind::yarn)
    out =
        out.needs(detail::within(s.attention_factor, 1e-6, 1e6),
                  "attention of the scaling is not in 1e-6 ... 1e6")
            .needs(detail::within(s.beta_slow, 1e-6, 1e6) && detail::within(s.beta_fast, 1e-6, 1e6),
                   "beta_fast and beta_slow of the scaling are not in 1e-6 ... 1e6")
            .needs(s.beta_fast >= s.beta_slow, "beta_fast of the scaling is less than beta_slow")
            .needs(r.theta > 1, "theta is not above 1, which yarn needs")
            .size("original_context", s.original_context, limits::context);
  if (s.kind == Kind::llama3)
    out = out.needs(detail::within(s.low_freq_factor, 1e-6, 1e6) &&
                        detail::within(s.high_freq_factor, 1e-6, 1e6),
                    "low and high of the scaling are not in 1e-6 ... 1e6")
              .needs(s.high_freq_factor > s.low_freq_factor,
                     "high of the scaling is not greater than low")
              .size("original_context", s.original_context, limits::context);
  return out.rotates(r).inside(in.label).at(in.label);
}

} // namespace cria::spec
