//===- Scheme.h - How a folder stores quantised matrices --------*- C++ -*-===//
#pragma once
#include "import/Fields.h"
#include "import/quantized/Matrix.h"
#include "runtime/Checkpoint.h"
#include <memory>

namespace cria::import {

/// What quantization_config says about the tensors of a checkpoint. Which matrices are quantised is
/// seen by their tensors.
class Scheme {
public:
  /// Of `config`, the object quantization_config. A method, or a form of one, that is not read
  /// here, is refused: throws cria::Error.
  explicit Scheme(const Fields &config);

  /// The matrix that a model calls `name`, where its tensors are of this scheme; null where it is
  /// stored as it is, or is missing. Throws a cria::Error if its tensors do not make one of that
  /// shape. It points into the checkpoint.
  std::shared_ptr<const QuantizedMatrix> find(const rt::Checkpoint &checkpoint,
                                              std::string_view name,
                                              const std::vector<std::int64_t> &shape) const;

  /// The storage of weights that holds such codes best, as --quantize calls it.
  std::string_view nearest() const { return nearest_; }

private:
  enum class Layout { scaled, compressed, gptq, awq };
  void readFp8(const Fields &config);
  void readModelOpt(const Fields &config);
  void readCompressed(const Fields &config);
  void readGptq(const Fields &config);
  void readAwq(const Fields &config);

  Layout layout = Layout::scaled;
  std::int64_t blockRows = 0, blockColumns = 0; ///< weight_block_size; 0: none
  int bits = 4;                                 ///< of gptq
  float zero = 0;                               ///< is added to the zeros of gptq
  std::string_view nearest_ = "f16";
};

} // namespace cria::import
