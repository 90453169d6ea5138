//===- SentencePiece.h - Merges of a SentencePiece vocabulary ---*- C++ -*-===//
#pragma once
#include "import/tokenizer/TokenizerParts.h"

namespace cria::import {

/// A piece of a SentencePiece BPE model: of two neighbours whose concatenation is a piece, those of
/// the highest score are joined first.
struct Piece {
  std::string text;
  std::uint32_t id;
  double score;
};

/// The merges of `pieces`: one for each way to cut a piece in two others. Those of equal scores
/// have equal ranks.
std::vector<TokenizerParts::Merge> mergesOf(const std::vector<Piece> &pieces);

} // namespace cria::import
