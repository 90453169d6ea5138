#pragma once
#include "runtime/Error.h"
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cria::rt {

class Tokenizer {
public:
  static Tokenizer open(std::span<const std::byte> blob);
  std::vector<int32_t> encode(std::string_view text, bool addSpecial, bool parseSpecial) const;
  std::string_view bytes(int32_t id, bool skipSpecial) const;
  std::string decode(std::span<const int32_t> ids, bool skipSpecial) const;
  std::optional<int32_t> find(std::string_view special) const;
  int32_t size() const;
};

} // namespace cria::rt
