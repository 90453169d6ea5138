//===- Json.h - JSON from files that are not trusted ------------*- C++ -*-===//
#pragma once
#include <nlohmann/json.hpp>
#include <string_view>

namespace cria::rt {

/// How lenient a reader of JSON is.
enum class JsonRules {
  strict, ///< RFC 8259, and no key twice in an object
  python, ///< as Python's json module: of equal keys the last counts; NaN, Infinity and
          ///< -Infinity are numbers, and come out as strings of these names
};

/// The document `text`; nesting deeper than `maxDepth` and anything that is not one JSON document
/// by `rules` throws a cria::Error that begins with `file`.
nlohmann::json parseJson(std::string_view text, std::string_view file, int maxDepth,
                         JsonRules rules = JsonRules::strict);

} // namespace cria::rt
