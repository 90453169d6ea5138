//===- Dialogue.h - The chat that a user has --------------------*- C++ -*-===//
#pragma once
#include "runtime/Model.h"
#include "runtime/chat/ChatTemplate.h"
#include "runtime/cli/Options.h"

namespace cria::rt {

/// The messages of one chat, and the prompt that the model's template makes of them.
class Dialogue {
public:
  /// Begins with --system. Throws a cria::Error if `model` has no tokenizer or no template.
  Dialogue(const Model &model, const Options &options);

  void ask(std::string message) { messages_.push_back({"user", std::move(message)}); }
  /// Takes the last message back.
  void forget() { messages_.pop_back(); }
  /// What the model said last, without its special tokens and what --stop cuts off.
  void answer(std::span<const int32_t> tokens);
  /// The tokens up to the answer: all messages anew, as a template may write earlier ones in
  /// another way than the last. Names of special tokens in messages are plain text.
  std::vector<int32_t> prompt() const;
  /// The token that ends an answer if the model's configuration names none.
  std::optional<int32_t> end() const { return end_; }

private:
  const Tokenizer &tokenizer_;
  const Options &options_;
  std::optional<chat::ChatTemplate> template_;
  std::optional<int32_t> end_;
  std::vector<chat::Message> messages_;
};

/// How many tokens `a` and `b` begin with in common.
size_t commonPrefix(std::span<const int32_t> a, std::span<const int32_t> b);

} // namespace cria::rt
