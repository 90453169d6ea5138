//===- Forward.cpp - A Llama model in f64, slow and plain -----------------===//
#include "verify/Forward.h"
#include "verify/Noise.h"
#include "verify/Parallel.h"
#include <algorithm>
#include <numbers>

namespace cria::verify {
namespace {

using Row = std::span<const double>;

/// A dot product, and the sum of the squares of its terms if `Squares`. The partial sums side by
/// side are for vector instructions.
template <bool Squares>
std::pair<double, double> dot(const double *a, const double *b, std::int64_t count) {
  constexpr int width = 8;
  double sums[width] = {}, squares[width] = {};
  std::int64_t i = 0;
  for (; i + width <= count; i += width)
    for (int j = 0; j < width; ++j) {
      double term = a[i + j] * b[i + j];
      sums[j] += term;
      if (Squares)
        squares[j] += term * term;
    }
  std::pair<double, double> result{0, 0};
  for (int j = 0; j < width; ++j) {
    result.first += sums[j];
    result.second += squares[j];
  }
  for (; i < count; ++i) {
    double term = a[i] * b[i];
    result.first += term;
    result.second += term * term;
  }
  return result;
}

class Pass {
public:
  Pass(const Weights &weights, const Task &task, const Variation &variation,
       const std::function<void()> &progress)
      : weights(weights), task(task), variation(variation), progress(progress) {}

  Matrix embed(const std::string &name, std::int64_t vocab, std::int64_t width) {
    auto table = weights.find(name, {vocab, width});
    Matrix x(std::int64_t(task.tokens.size()), width);
    for (std::int64_t t = 0; t < x.rows; ++t)
      table->read(task.tokens[std::size_t(t)], x.row(t));
    return x;
  }

  /// Applies `blocks` to x [tokens][width].
  void apply(const std::vector<Block> &blocks, Matrix &x) {
    for (const Block &block : blocks) {
      std::visit([&](const auto &one) { x = apply(one, std::move(x)); }, block);
      if (progress)
        progress();
    }
  }

  /// x · weightᵀ (+ bias)
  Matrix linear(const Matrix &exact, const std::string &name, std::int64_t outputs,
                const std::string &biasName = {}) {
    auto weight = weights.find(name, {outputs, exact.columns});
    Matrix x = roundedInputs(exact, weight->inBlocks());
    std::vector<double> bias(std::size_t(outputs), 0.0);
    if (!biasName.empty())
      weights.find(biasName, {outputs})->read(0, bias);
    Errors error = nextErrors();
    Matrix out(x.rows, outputs);
    inParallel(outputs, [&](std::int64_t o) {
      std::vector<double> row(std::size_t(x.columns), 0.0);
      weight->read(o, row);
      for (std::int64_t t = 0; t < x.rows; ++t)
        out.row(t)[std::size_t(o)] =
            product(row, x.row(t), bias[std::size_t(o)], error, std::uint64_t(t * outputs + o));
    });
    return out;
  }

private:
  Errors nextErrors() { return variation.draw ? Errors(*variation.draw, ++step) : Errors(); }

  /// x as a unit may round it before it multiplies, with random errors in place of the real ones.
  Matrix roundedInputs(Matrix x, bool toInt8) {
    if (!task.rounded)
      return x;
    Errors error = nextErrors();
    if (toInt8) {
      addInt8Errors(x, error);
      return x;
    }
    for (std::size_t i = 0; i < x.data.size(); ++i)
      x.data[i] *= 1 + bf16Roundoff * error(i);
    return x;
  }

  /// Of integers to 127 that neighbours share the scale of.
  static void addInt8Errors(Matrix &x, const Errors &error) {
    constexpr std::size_t neighbours = 32;
    for (std::size_t first = 0; first < x.data.size(); first += neighbours) {
      auto group = std::span(x.data).subspan(first, neighbours);
      double greatest = 0;
      for (double value : group)
        greatest = std::max(greatest, std::abs(value));
      for (std::size_t i = 0; i < neighbours; ++i)
        group[i] += int8Deviation * greatest * error(first + i);
    }
  }

  static double product(Row a, Row b, double bias, const Errors &error, std::uint64_t index) {
    auto count = std::int64_t(a.size());
    if (!error)
      return dot<false>(a.data(), b.data(), count).first + bias;
    auto [sum, squares] = dot<true>(a.data(), b.data(), count);
    return sum + bias + error(index) * sumError(sum + bias, squares, double(count));
  }

  Matrix apply(const Norm &norm, Matrix x) {
    bool centred = norm.kind == Norm::Kind::layer;
    std::vector<double> gain(std::size_t(x.columns), 1.0), offset(gain.size(), 0.0);
    weights.find(norm.name + ".weight", {x.columns})->read(0, gain);
    if (centred)
      weights.find(norm.name + ".bias", {x.columns})->read(0, offset);
    Errors perRow = nextErrors(), perElement = nextErrors();
    double eps = norm.eps * variation.eps, width = double(x.columns);
    inParallel(x.rows, [&](std::int64_t t) {
      double mean = 0, squares = 0;
      for (double value : x.row(t))
        mean += centred ? value / width : 0;
      for (double value : x.row(t))
        squares += (value - mean) * (value - mean) / width;
      double scale = 1 / std::sqrt(squares + eps);
      scale *= 1 + perRow(std::uint64_t(t)) * (roundoff + positiveSumError(width));
      for (std::size_t i = 0; i < gain.size(); ++i) {
        double &value = x.row(t)[i], shifted = value - mean;
        double size = std::abs(shifted) + (centred ? std::abs(value) + std::abs(mean) : 0);
        double error = perElement(std::uint64_t(t) * gain.size() + i);
        value = shifted * scale * gain[i] + offset[i];
        value += error * roundoff * (size * scale * std::abs(gain[i]) + std::abs(value));
      }
    });
    return x;
  }

  Matrix apply(const Residual &residual, Matrix x) {
    Matrix branch = x;
    apply(residual.branch, branch);
    Errors error = nextErrors();
    for (std::size_t i = 0; i < x.data.size(); ++i) {
      x.data[i] += branch.data[i];
      x.data[i] += error(i) * roundoff * std::abs(x.data[i]);
    }
    return x;
  }

  Matrix apply(const Gated &gated, Matrix x) {
    auto bias = [&](const char *part) {
      return gated.bias ? gated.name + part + ".bias" : std::string();
    };
    Matrix gate = linear(x, gated.name + ".gate_proj.weight", gated.inner, bias(".gate_proj"));
    Matrix up = linear(x, gated.name + ".up_proj.weight", gated.inner, bias(".up_proj"));
    Errors error = nextErrors();
    for (std::size_t i = 0; i < up.data.size(); ++i)
      up.data[i] *= activate(gated.gate, gate.data[i], error(i));
    return linear(up, gated.name + ".down_proj.weight", x.columns, bias(".down_proj"));
  }

  /// A few roundings, and those of an exponential whose argument has a rounding of its own.
  static double activate(Gated::Gate gate, double x, double error) {
    double relative = error * roundoff * (3 + std::min(std::abs(x), 30.0));
    switch (gate) {
    case Gated::Gate::silu:
      return x / (1 + std::exp(-x)) * (1 + relative);
    case Gated::Gate::gelu:
      return x * std::erfc(-x / std::numbers::sqrt2) / 2 * (1 + relative);
    case Gated::Gate::relu:
      return std::max(x, 0.0) * (1 + error * roundoff);
    }
    __builtin_unreachable();
  }

  Matrix apply(const Attention &attention, Matrix x) {
    auto project = [&](const char *part, std::int64_t heads) {
      return linear(x, attention.name + part + ".weight", heads * attention.headDim,
                    attention.bias ? attention.name + part + ".bias" : std::string());
    };
    Matrix q = project(".q_proj", attention.heads);
    Matrix k = project(".k_proj", attention.kvHeads), v = project(".v_proj", attention.kvHeads);
    if (attention.rotates) {
      rotate(attention, q);
      rotate(attention, k);
    }
    store(k);
    store(v);
    Matrix mixed = attend(attention, q, k, v);
    return linear(mixed, attention.name + ".o_proj.weight", x.columns,
                  attention.bias ? attention.name + ".o_proj.bias" : std::string());
  }

  void rotate(const Attention &attention, Matrix &x) {
    Rotary rotary = attention.rotary;
    rotary.theta *= variation.theta;
    std::vector<double> turns = frequencies(rotary, attention.headDim);
    Errors error = nextErrors();
    auto pairs = std::int64_t(turns.size());
    inParallel(x.rows, [&](std::int64_t t) {
      for (std::int64_t head = 0; head < x.columns / attention.headDim; ++head)
        for (std::int64_t pair = 0; pair < pairs; ++pair) {
          double angle = double(t) * turns[std::size_t(pair)];
          double cosine = rotary.magnitude * std::cos(angle);
          double sine = rotary.magnitude * std::sin(angle);
          std::int64_t at = head * attention.headDim + pair * (rotary.interleaved ? 2 : 1);
          std::int64_t with = at + (rotary.interleaved ? 1 : pairs);
          double &a = x.row(t)[std::size_t(at)], &b = x.row(t)[std::size_t(with)];
          auto index = std::uint64_t(t * x.columns + at);
          auto off = [&](double l, double r) {
            return roundoff * (std::abs(l) + std::abs(r)) * error(index += std::uint64_t(pairs));
          };
          double first = a * cosine - b * sine + off(a * cosine, b * sine);
          b = b * cosine + a * sine + off(b * cosine, a * sine);
          a = first;
        }
    });
  }

  void store(Matrix &x) {
    if (task.cache != Cache::f32)
      roundTo(task.cache, x.data, nextErrors());
  }

  Matrix attend(const Attention &attention, const Matrix &q, const Matrix &k, const Matrix &v) {
    std::int64_t dim = attention.headDim, group = attention.heads / attention.kvHeads;
    double scale = 1 / std::sqrt(double(dim));
    Errors ofScores = nextErrors(), ofWeights = nextErrors(), ofSums = nextErrors();
    Matrix out(q.rows, q.columns);
    inParallel(q.rows * attention.heads, [&](std::int64_t i) {
      // Long rows first: the last ones do not keep one thread waiting.
      std::int64_t t = q.rows - 1 - i / attention.heads, head = i % attention.heads;
      std::int64_t kvAt = head / group * dim;
      auto index = std::uint64_t(i) << 24;
      std::vector<double> weight(std::size_t(t + 1));
      Row query = q.row(t).subspan(std::size_t(head * dim), std::size_t(dim));
      for (std::int64_t j = 0; j <= t; ++j)
        weight[std::size_t(j)] =
            scale * product(query, k.row(j).subspan(std::size_t(kvAt), std::size_t(dim)), 0,
                            ofScores, index + std::uint64_t(j));
      softmax(weight, ofWeights, index);
      mix(weight, v, kvAt, out.row(t).subspan(std::size_t(head * dim), std::size_t(dim)), ofSums,
          index);
    });
    return out;
  }

  static void softmax(std::vector<double> &weight, const Errors &error, std::uint64_t index) {
    double most = *std::max_element(weight.begin(), weight.end()), sum = 0;
    for (std::size_t j = 0; j < weight.size(); ++j) {
      double exponent = weight[j] - most;
      weight[j] = std::exp(exponent) * (1 + error(index + j) * roundoff * (3 - exponent));
      sum += weight[j];
    }
    sum *= 1 + error(index + weight.size()) * positiveSumError(double(weight.size()));
    for (double &one : weight)
      one /= sum;
  }

  /// The sum of the rows of v with these weights.
  static void mix(const std::vector<double> &weight, const Matrix &v, std::int64_t from,
                  std::span<double> out, const Errors &error, std::uint64_t index) {
    std::vector<double> squares(error ? out.size() : 0);
    for (std::size_t j = 0; j < weight.size(); ++j) {
      const double *value = v.row(std::int64_t(j)).data() + from;
      for (std::size_t e = 0; e < out.size(); ++e)
        out[e] += weight[j] * value[e];
      for (std::size_t e = 0; e < squares.size(); ++e)
        squares[e] += weight[j] * value[e] * weight[j] * value[e];
    }
    for (std::size_t e = 0; e < squares.size(); ++e)
      out[e] += error(index + e) * sumError(out[e], squares[e], double(weight.size()));
  }

  const Weights &weights;
  const Task &task;
  const Variation &variation;
  const std::function<void()> &progress;
  std::uint64_t step = 0;
};

/// Multiply-adds per token, but for attention over the cache; and those per pair of tokens.
struct Work {
  double perToken = 0, perPair = 0;

  void count(const std::vector<Block> &blocks, double width) {
    for (const Block &block : blocks) {
      if (auto *attention = std::get_if<Attention>(&block)) {
        perToken +=
            2 * width * double((attention->heads + attention->kvHeads) * attention->headDim);
        perPair += double(attention->heads * attention->headDim); // both products, half the pairs
      } else if (auto *gated = std::get_if<Gated>(&block)) {
        perToken += 3 * width * double(gated->inner);
      } else if (auto *residual = std::get_if<Residual>(&block)) {
        count(residual->branch, width);
      }
    }
  }
};

} // namespace

Matrix forward(const Architecture &model, const Weights &weights, const Task &task,
               const Variation &variation, const std::function<void()> &progress) {
  Pass pass(weights, task, variation, progress);
  Matrix x = pass.embed(model.embedding, model.vocab, model.width);
  pass.apply(model.blocks, x);
  Matrix last(std::int64_t(task.positions.size()), model.width);
  for (std::int64_t i = 0; i < last.rows; ++i)
    std::ranges::copy(x.row(task.positions[std::size_t(i)]), last.row(i).begin());
  return pass.linear(last, model.head, model.vocab);
}

std::vector<double> headNorms(const Architecture &model, const Weights &weights) {
  auto head = weights.find(model.head, {model.vocab, model.width});
  std::vector<double> norms(std::size_t(model.vocab));
  inParallel(model.vocab, [&](std::int64_t i) {
    std::vector<double> row(std::size_t(model.width), 0.0);
    head->read(i, row);
    norms[std::size_t(i)] = std::sqrt(dot<false>(row.data(), row.data(), model.width).first);
  });
  return norms;
}

double work(const Architecture &model, std::int64_t tokens, std::int64_t positions) {
  Work work;
  work.count(model.blocks, double(model.width));
  return double(tokens) * (work.perToken + double(tokens) * work.perPair) +
         double(positions) * double(model.vocab * model.width);
}

} // namespace cria::verify
