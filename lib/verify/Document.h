//===- Document.h - JSON files, for the reference ---------------*- C++ -*-===//
#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>

namespace cria::verify {

/// The object in `text`, or in `file`. Both throw a cria::Error that names `file`.
nlohmann::json parseDocument(std::string_view text, const std::filesystem::path &file);
nlohmann::json readDocument(const std::filesystem::path &file);

} // namespace cria::verify
