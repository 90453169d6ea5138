//===- SentencePiece.cpp - Merges of a SentencePiece vocabulary -----------===//
#include "import/gguf/SentencePiece.h"
#include "runtime/Utf8.h"
#include <algorithm>
#include <unordered_map>

namespace cria::import {

std::vector<TokenizerParts::Merge> mergesOf(const std::vector<Piece> &pieces) {
  std::unordered_map<std::string_view, std::uint32_t> ids;
  std::vector<double> scores;
  for (const Piece &piece : pieces) {
    ids.emplace(piece.text, piece.id);
    scores.push_back(piece.score);
  }
  std::sort(scores.begin(), scores.end(), std::greater());
  scores.erase(std::unique(scores.begin(), scores.end()), scores.end());
  std::vector<TokenizerParts::Merge> merges;
  for (const Piece &piece : pieces) {
    auto place = std::lower_bound(scores.begin(), scores.end(), piece.score, std::greater());
    auto rank = static_cast<std::uint32_t>(place - scores.begin());
    std::string_view text = piece.text;
    for (size_t at = 0; at < text.size(); at += rt::codePointAt(text, at).length) {
      auto left = ids.find(text.substr(0, at)), right = ids.find(text.substr(at));
      if (at > 0 && left != ids.end() && right != ids.end())
        merges.push_back({left->second, right->second, piece.id, rank});
    }
  }
  return merges;
}

} // namespace cria::import
