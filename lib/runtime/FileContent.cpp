//===- FileContent.cpp - Files that are not what their name says ----------===//
#include "runtime/FileContent.h"
#include <algorithm>

namespace cria::rt {
namespace {

struct Signature {
  std::string_view begins; ///< in lower case
  std::string_view clause;
};

constexpr std::string_view page = "is an HTML page, so its download failed; fetch the file again";
constexpr std::string_view pickle =
    "is a PyTorch checkpoint; convert it to safetensors (save_pretrained of transformers does so)";

constexpr Signature signatures[] = {
    {"version https://git-lfs.github.com/spec/",
     "is a git-lfs pointer, not the file itself; run \"git lfs pull\" in the repository, or "
     "download the file"},
    {"# xet version",
     "is a git-xet pointer, not the file itself; run \"git xet pull\" in the repository, or "
     "download the file"},
    {"<!doctype html", page},
    {"<html", page},
    {"gguf", "is a GGUF file; name it .gguf and give the file itself"},
    {"pk\x03\x04", pickle},
    {"\x80\x02", pickle},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

} // namespace

std::string_view recogniseContent(std::string_view head) {
  for (const auto &[begins, clause] : signatures)
    if (head.size() >= begins.size() &&
        std::equal(begins.begin(), begins.end(), head.begin(),
                   [](char wanted, char found) { return wanted == lower(found); }))
      return clause;
  return {};
}

} // namespace cria::rt
