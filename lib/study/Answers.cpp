//===- Answers.cpp - Whether a set of fusions answers right ---------------===//
#include "study/Answers.h"

namespace cria::study {

Answers compare(std::shared_ptr<const rt::Model> model, const verify::Expected &expected) {
  verify::Check inChunks(expected), oneAtATime(expected);
  rt::Session session(model);
  session.prefill(expected.tokens, [&](std::int64_t position, std::span<const float> logits) {
    inChunks.see(position, logits);
  });
  session.reset();
  for (std::int32_t token : expected.tokens) {
    session.decode(token);
    oneAtATime.see(session.position() - 1, session.logits());
  }
  return {inChunks.greatest(), oneAtATime.greatest(),
          std::max(inChunks.worst().ofBound(), oneAtATime.worst().ofBound())};
}

verify::Expected ownAnswers(std::shared_ptr<const rt::Model> model) {
  const cria_model &compiled = model->compiled();
  verify::Expected expected;
  std::int64_t count = std::min(compiled.chunk + 3, compiled.max_seq);
  expected.logits = verify::Matrix(count, compiled.vocab);
  rt::Session session(model);
  double greatest = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    expected.tokens.push_back(std::int32_t(i * 37 % compiled.vocab));
    expected.positions.push_back(i);
    session.decode(expected.tokens.back());
    std::ranges::copy(session.logits(), expected.logits.row(i).begin());
    for (float logit : session.logits())
      greatest = std::max(greatest, double(std::abs(logit)));
  }
  expected.setBound(1e-5 * greatest);
  return expected;
}

} // namespace cria::study
