//===- ChatFormat.h - Llama 3's format of a dialogue ------------*- C++ -*-===//
#pragma once
#include "runtime/Model.h"

namespace cria::rt {

/// Writes messages as tokens:
///   <|start_header_id|>ROLE<|end_header_id|>\n\nMESSAGE<|eot_id|>
/// Text in a message that looks like a special token stays text.
class ChatFormat {
public:
  /// Throws a cria::Error if the tokenizer of `model` lacks these tokens.
  explicit ChatFormat(const Model &model);

  /// What comes before the first message; `system` may be empty.
  std::vector<int32_t> begin(std::string_view system) const;
  /// A user's message and the header of the answer.
  std::vector<int32_t> ask(std::string_view message) const;
  /// The token that ends a message.
  int32_t endOfTurn() const { return endOfTurn_; }

private:
  void addHeader(std::vector<int32_t> &out, std::string_view role) const;
  void addMessage(std::vector<int32_t> &out, std::string_view role, std::string_view text) const;
  void addText(std::vector<int32_t> &out, std::string_view text) const;

  const Tokenizer &tokenizer_;
  int64_t bos_;
  int32_t startHeader_, endHeader_, endOfTurn_;
};

} // namespace cria::rt
