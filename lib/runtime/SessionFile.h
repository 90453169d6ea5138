//===- SessionFile.h - A session in a file ----------------------*- C++ -*-===//
#pragma once
#include "runtime/Session.h"

namespace cria::rt {

/// Writes the tokens of `session`, its caches and its logits. The file appears when it is complete.
/// Throws cria::Error.
void saveSession(const Session &session, const std::string &path);

/// Makes `session` what it was when it was saved: the logits that follow are the same, bit for bit.
/// Throws cria::Error, and changes nothing, if the file is damaged, of another model, or holds more
/// tokens than fit.
void loadSession(Session &session, const std::string &path);

} // namespace cria::rt
