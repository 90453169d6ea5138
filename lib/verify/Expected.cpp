//===- Expected.cpp - What a compiled model must answer -------------------===//
#include "verify/Expected.h"
#include "verify/Noise.h"
#include <algorithm>
#include <set>

namespace cria::verify {
namespace {

/// How many deviations of the scatter a logit may be off. The greatest of 10^7 normal errors is at
/// 5.3 of them; the deviation itself is estimated from a few draws, and other CPUs sum in other
/// orders. Correct code was seen to reach 7.6.
constexpr double deviations = 16;
constexpr int manyDraws = 4, fewDraws = 2;

/// How much is computed.
struct Extent {
  std::int64_t tokens, positions;
  int draws;
  bool sensitivity;
  int runs() const { return 1 + draws + (sensitivity ? 2 : 0); }
};

Extent chooseExtent(const Architecture &model, const Conditions &conditions) {
  std::int64_t least = std::min<std::int64_t>(2, conditions.context);
  Extent extent{least, least, manyDraws, true};
  if (extent.runs() * work(model, least, least) > 4 * conditions.budget)
    extent = {least, least, fewDraws, false};
  double each = conditions.budget / extent.runs();
  // Logits that fit in a little memory, and take half of the time at most.
  constexpr double mostLogits = 1 << 22;
  double perPosition = double(model.vocab) * double(model.width);
  double positions = std::min(mostLogits / double(model.vocab), each / 2 / perPosition);
  auto positionsOf = [&](std::int64_t tokens) {
    return std::clamp(std::int64_t(std::min(positions, 1e9)), std::min<std::int64_t>(tokens, 4),
                      tokens);
  };
  std::int64_t most = conditions.context;
  while (extent.tokens < most) { // the most tokens that the budget allows
    std::int64_t middle = (extent.tokens + most + 1) / 2;
    if (work(model, middle, positionsOf(middle)) <= each)
      extent.tokens = middle;
    else
      most = middle - 1;
  }
  extent.positions = positionsOf(extent.tokens);
  return extent;
}

/// The one of some tokens whose embedding is smallest: there an epsilon counts most.
std::int32_t smallestToken(const Architecture &model, const Weights &weights) {
  auto table = weights.find(model.embedding, {model.vocab, model.width});
  std::vector<double> row(std::size_t(model.width), 0.0);
  std::int64_t some = std::min<std::int64_t>(model.vocab, 1024), best = 0;
  double least = INFINITY;
  for (std::int64_t i = 0; i < some; ++i) {
    std::int64_t token = i * model.vocab / some;
    table->read(token, row);
    double size = 0;
    for (double value : row)
      size += value * value;
    // A row of zeros, such as that of padding, does not depend on eps.
    if (size > 0 && size < least) {
      least = size;
      best = token;
    }
  }
  return std::int32_t(best);
}

/// The ends of the vocabulary, repetitions, and any others.
std::vector<std::int32_t> chooseTokens(const Architecture &model, const Weights &weights,
                                       std::int64_t count) {
  std::int32_t last = std::int32_t(model.vocab - 1);
  std::vector<std::int32_t> tokens{smallestToken(model, weights), last, 0, last, last};
  while (std::int64_t(tokens.size()) < count) {
    std::uint64_t number = scatter(tokens.size());
    bool again = number % 16 == 0;
    tokens.push_back(again ? tokens.back()
                           : std::int32_t(number / 16 % std::uint64_t(model.vocab)));
  }
  tokens.resize(std::size_t(count));
  return tokens;
}

/// The ends, the borders of chunks, and any others.
std::vector<std::int64_t> choosePositions(const Extent &extent, std::int64_t chunk) {
  std::set<std::int64_t> chosen{0, extent.tokens - 1};
  auto add = [&](std::int64_t position) {
    if (std::int64_t(chosen.size()) < extent.positions && position >= 0 && position < extent.tokens)
      chosen.insert(position);
  };
  add(1);
  add(extent.tokens - 2);
  for (std::int64_t number = 0; number < extent.positions; ++number) {
    std::int64_t borders = (extent.tokens + chunk - 1) / chunk;
    std::int64_t border = number * std::max<std::int64_t>(borders / extent.positions, 1) * chunk;
    add(border - 1);
    add(border);
  }
  for (std::uint64_t i = 0; std::int64_t(chosen.size()) < extent.positions; ++i)
    chosen.insert(std::int64_t(scatter(i) % std::uint64_t(extent.tokens)));
  return {chosen.begin(), chosen.end()};
}

std::int64_t countBlocks(const std::vector<Block> &blocks) {
  std::int64_t count = 0;
  for (const Block &block : blocks) {
    ++count;
    if (auto *residual = std::get_if<Residual>(&block))
      count += countBlocks(residual->branch);
  }
  return count;
}

/// The runs of one model on one task.
class Runs {
public:
  Runs(const Architecture &model, const Weights &weights, const Task &task, int runs,
       const Progress &progress)
      : model(model), weights(weights), task(task) {
    double steps = double(countBlocks(model.blocks)) * runs;
    if (progress)
      tick = [this, steps, &progress] { progress(++step / steps); };
  }
  Matrix operator()(const Variation &variation) {
    return forward(model, weights, task, variation, tick);
  }

private:
  const Architecture &model;
  const Weights &weights;
  const Task &task;
  std::function<void()> tick;
  double step = 0;
};

/// Adds the squares of the differences, as errors of the hidden state, to `sums` by position.
void addSquares(const Matrix &a, const Matrix &b, const std::vector<double> &norms,
                std::vector<double> &sums) {
  for (std::int64_t row = 0; row < a.rows; ++row)
    for (std::size_t i = 0; i < norms.size(); ++i)
      if (norms[i] > 0) {
        double difference = (a.row(row)[i] - b.row(row)[i]) / norms[i];
        sums[std::size_t(row)] += difference * difference;
      }
}

/// The greatest difference of a logit, as a multiple of its bound.
double reach(const Expected &expected, const Matrix &other) {
  double most = 0;
  for (std::size_t row = 0; row < expected.positions.size(); ++row)
    for (std::size_t i = 0; i < expected.headNorms.size(); ++i)
      if (double bound = expected.bound(row, i); bound > 0)
        most = std::max(most, std::abs(other.row(std::int64_t(row))[i] -
                                       expected.logits.row(std::int64_t(row))[i]) /
                                  bound);
  return most;
}

} // namespace

double Expected::bound(std::size_t row, std::size_t i) const {
  return deviations * spread[row] * headNorms[i];
}

void Expected::setBound(double bound) {
  spread.assign(positions.size(), bound / deviations);
  headNorms.assign(std::size_t(logits.columns), 1.0);
}

Expected expect(const Architecture &model, const Weights &weights, const Conditions &conditions,
                const Progress &progress) {
  Extent extent = chooseExtent(model, conditions);
  Expected expected;
  expected.tokens = chooseTokens(model, weights, extent.tokens);
  expected.positions = choosePositions(extent, conditions.chunk);
  expected.headNorms = headNorms(model, weights);
  Task task{expected.tokens, expected.positions, conditions.cache, conditions.rounded};
  Runs run(model, weights, task, extent.runs(), progress);
  expected.logits = run({});

  std::vector<double> &spread = expected.spread;
  spread.resize(expected.positions.size());
  for (int draw = 0; draw < extent.draws; ++draw)
    addSquares(run({1, 1, std::uint64_t(draw)}), expected.logits, expected.headNorms, spread);
  auto used = std::ranges::count_if(expected.headNorms, [](double norm) { return norm > 0; });
  double mean = 0;
  for (double &one : spread) {
    one /= double(std::max<std::int64_t>(used, 1) * extent.draws);
    mean += one / double(spread.size());
  }
  // A few draws may by chance all be small at one position: all positions lend it a part of theirs.
  for (double &one : spread)
    one = std::sqrt(one + mean / 4);

  if (extent.sensitivity) {
    expected.ofEps = reach(expected, run({1.1, 1, std::nullopt}));
    expected.ofTheta = reach(expected, run({1, 1.001, std::nullopt}));
  }
  return expected;
}

} // namespace cria::verify
