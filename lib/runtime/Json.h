//===- Json.h - JSON from files that are not trusted ------------*- C++ -*-===//
#pragma once
#include <nlohmann/json.hpp>
#include <string_view>

namespace cria::rt {

/// The document `text`; a key that is given twice, nesting deeper than `maxDepth` and
/// anything else that is not one JSON document throws a cria::Error that begins with `file`.
nlohmann::json parseJson(std::string_view text, std::string_view file, int maxDepth);

} // namespace cria::rt
