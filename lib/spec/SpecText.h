//===- SpecText.h - The syntax of specs as text -----------------*- C++ -*-===//
//
//   element = word [word] {word "=" value} ["{" {element} "}"]
//   value   = word | number | "string"            # starts a comment
//
// All of an element before its "{" is on one line. An element without braces ends with the line.
//
//===----------------------------------------------------------------------===//
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace cria::spec {

struct Field {
  std::string key, value;
  bool quoted = false;
};

struct Element {
  std::string word, name; ///< `name` is empty if there is none
  std::vector<Field> fields;
  std::vector<Element> body;
  bool hasBody = false;
  int line = 0; ///< from 1
};

/// Reads all elements of `text`. Throws cria::Error, "FILE:LINE: …".
std::vector<Element> readElements(std::string_view text, const std::string &file);

} // namespace cria::spec
