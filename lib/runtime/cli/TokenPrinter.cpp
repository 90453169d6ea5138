//===- TokenPrinter.cpp - Shows tokens as they come -----------------------===//
#include "runtime/cli/TokenPrinter.h"
#include "runtime/cli/Output.h"

namespace cria::rt {

TokenPrinter::TokenPrinter(const Model &model, const Options &options)
    : stream_(options.stops), ids_(options.printTokenIds) {
  if (options.printTokenIds && options.stops.empty())
    return;
  tokenizer_ = &model.tokenizer();
  decoding_.emplace(tokenizer_->stream(/*skipSpecial=*/true));
}

void TokenPrinter::setPrompt(std::span<const int32_t> tokens) {
  std::string text;
  for (size_t i = tokens.size(); i > 0 && text.size() < stream_.contextSize(); --i)
    text.insert(0, tokenizer_->bytes(tokens[i - 1], /*skipSpecial=*/false));
  stream_.setContext(text);
}

bool TokenPrinter::print(int32_t token) {
  if (ids_)
    writeOutput((first_ ? "" : ",") + std::to_string(token));
  first_ = false;
  if (decoding_) {
    std::string text = decoding_->push(token);
    std::string_view name = tokenizer_->bytes(token, /*skipSpecial=*/false);
    bool visible = name.empty() || !tokenizer_->bytes(token, /*skipSpecial=*/true).empty();
    // The name of a special token is not shown, but may be a stop string.
    show(visible ? stream_.push(text) : stream_.push(name, /*visible=*/false));
  }
  return !stream_.stopped();
}

void TokenPrinter::finish() {
  if (decoding_ && !stream_.stopped())
    show(stream_.push(decoding_->finish()));
  show(stream_.finish());
  writeOutput("\n");
}

void TokenPrinter::show(const std::string &text) const {
  if (!ids_ && !text.empty())
    writeOutput(text);
}

} // namespace cria::rt
