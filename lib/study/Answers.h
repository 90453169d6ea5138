//===- Answers.h - Whether a set of fusions answers right -------*- C++ -*-===//
#pragma once
#include "runtime/Session.h"
#include "verify/Check.h"

namespace cria::study {

/// Greatest differences of a logit from the expected one.
struct Answers {
  double prefill = 0, decode = 0; ///< as fractions of the greatest logit
  double ofBound = 0;             ///< as a multiple of its bound (docs/verify.md)
  double greatest() const { return std::max(prefill, decode); }
  bool passed() const { return ofBound <= 1; }
};

/// What `model` itself answers to a few tokens, to compare others with where the reference takes
/// too long. Nothing measures its errors: a hundred-thousandth of the greatest logit is allowed.
verify::Expected ownAnswers(std::shared_ptr<const rt::Model> model);
/// Runs `model`, in this process, on the tokens: in chunks and one at a time. Throws cria::Error.
Answers compare(std::shared_ptr<const rt::Model> model, const verify::Expected &expected);

} // namespace cria::study
