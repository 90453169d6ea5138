//===- Model.h - An opened model --------------------------------*- C++ -*-===//
#pragma once
#include "runtime/Weights.h"
#include "runtime/device/DeviceWeights.h"
#include "runtime/device/Devices.h"
#include "runtime/tokenizer/Tokenizer.h"
#include <memory>

namespace cria::rt {

/// Compiled code with its weights and its tokenizer. Immutable: sessions share it.
class Model {
public:
  /// Chooses the code that this machine runs and opens the device for it, then finds the weights;
  /// `variant` and `device` are as for chooseCode, `weights` as for loadWeights, `progress` as for
  /// DeviceWeights. Throws cria::Error.
  Model(const cria_model &compiled, const std::string &weights, const std::string &variant = "",
        const DeviceChoice &device = {}, const CopyProgress &progress = {});
  /// With weights that others use too: those of a model with the same parameters.
  Model(const cria_model &compiled, std::shared_ptr<const Weights> weights);

  const cria_model &compiled() const { return compiled_; }
  const cria_code &code() const { return chosen_.code; }
  const Weights &weights() const { return *weights_; }
  /// What runs the code, and the weight table that the code reads there.
  Device &device() const { return *chosen_.device; }
  const void *const *weightTable() const { return deviceWeights_.table(); }
  /// A line for the user if another device runs it than there is code for, or nothing.
  const std::string &note() const { return chosen_.note; }
  bool hasTokenizer() const { return tokenizer_.has_value(); }
  /// Throws a cria::Error if the model was compiled without one.
  const Tokenizer &tokenizer() const;
  bool isEos(int32_t token) const;
  /// A file that the compiled model carries, or nothing.
  std::optional<std::string_view> file(std::string_view name) const;

private:
  const cria_model &compiled_;
  CodeOnDevice chosen_;
  std::shared_ptr<const Weights> weights_;
  DeviceWeights deviceWeights_;
  std::optional<Tokenizer> tokenizer_;
};

} // namespace cria::rt
