//===- Depfile.h - Dependencies as Make and Ninja read them -----*- C++ -*-===//
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cria {

/// The rule "target: inputs", and an empty rule for each input, so that make goes on when one
/// is deleted. Names are escaped as GCC's -MD does. Throws cria::Error for a name with a line
/// break, which neither Make nor Ninja can say.
std::string depfile(const std::string &target, const std::vector<std::filesystem::path> &inputs);

/// The inputs of the first rule of `text`, a depfile that a compiler wrote.
std::vector<std::filesystem::path> depfileInputs(std::string_view text);

} // namespace cria
