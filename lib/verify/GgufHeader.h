//===- GgufHeader.h - The header of a GGUF file, for the reference -*- C++ -*-===//
//
// The format: magic, version, counts, keys with typed values, tensors with shape, type and offset,
// then the data. https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
//
//===----------------------------------------------------------------------===//
#pragma once
#include "verify/Stored.h"
#include <map>

namespace cria::verify {

struct GgufHeader {
  /// Keys whose values are one number or one text. Lists are passed over.
  std::map<std::string, double> numbers;
  std::map<std::string, std::string> texts;

  struct Entry {
    std::vector<std::int64_t> shape; ///< row-major
    std::uint32_t type;              ///< ggml's number
    const unsigned char *data;
    std::size_t available; ///< bytes from `data` to the end of the file
  };
  std::map<std::string, Entry> tensors;
};

/// The header of a mapped file. `name` is for messages. Throws cria::Error.
GgufHeader readGgufHeader(std::span<const unsigned char> bytes, const std::string &name);

} // namespace cria::verify
