//===- Ops.cpp - The meaning of each op in f64 ----------------------------===//
#include "reference/Ops.h"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace cria::reference {

Tensor embed(const Tensor &tokens, const Tensor &table) {
  Tensor out({tokens.shape[0], table.shape[1]});
  for (std::int64_t t = 0; t < out.shape[0]; ++t)
    for (std::int64_t d = 0; d < out.shape[1]; ++d)
      out.at(t, d) = table.at(std::int64_t(tokens.at(t)), d);
  return out;
}

Tensor rmsScale(const Tensor &x, double eps) {
  Tensor out({x.shape[0]});
  for (std::int64_t t = 0; t < x.shape[0]; ++t) {
    double squares = 0;
    for (std::int64_t d = 0; d < x.shape[1]; ++d)
      squares += x.at(t, d) * x.at(t, d);
    out.at(t) = 1 / std::sqrt(squares / double(x.shape[1]) + eps);
  }
  return out;
}

Tensor rmsNorm(const Tensor &x, const Tensor *gain, double eps) {
  Tensor out(x.shape), scale = rmsScale(x, eps);
  for (std::int64_t t = 0; t < x.shape[0]; ++t)
    for (std::int64_t d = 0; d < x.shape[1]; ++d)
      out.at(t, d) = x.at(t, d) * scale.at(t) * (gain ? gain->at(d) : 1);
  return out;
}

Tensor layerNorm(const Tensor &x, const Tensor *gain, const Tensor *offset, double eps) {
  Tensor out(x.shape);
  double width = double(x.shape[1]);
  for (std::int64_t t = 0; t < x.shape[0]; ++t) {
    double sum = 0, squares = 0;
    for (std::int64_t d = 0; d < x.shape[1]; ++d)
      sum += x.at(t, d);
    double mean = sum / width;
    for (std::int64_t d = 0; d < x.shape[1]; ++d)
      squares += (x.at(t, d) - mean) * (x.at(t, d) - mean);
    double deviation = std::sqrt(squares / width + eps);
    for (std::int64_t d = 0; d < x.shape[1]; ++d)
      out.at(t, d) =
          (x.at(t, d) - mean) / deviation * (gain ? gain->at(d) : 1) + (offset ? offset->at(d) : 0);
  }
  return out;
}

Tensor linear(const Tensor &x, const Tensor &weight, const Tensor *bias, const Tensor *gain,
              const Tensor *scale, double alpha) {
  Tensor out({x.shape[0], weight.shape[0]});
  for (std::int64_t t = 0; t < out.shape[0]; ++t)
    for (std::int64_t n = 0; n < out.shape[1]; ++n) {
      double sum = 0;
      for (std::int64_t k = 0; k < x.shape[1]; ++k)
        sum += x.at(t, k) * (gain ? gain->at(k) : 1) * weight.at(n, k);
      out.at(t, n) = alpha * ((scale ? scale->at(t) : 1) * sum + (bias ? bias->at(n) : 0));
    }
  return out;
}

namespace {

/// YaRN (Peng et al. 2023, section 3.2): the frequencies of the first dimensions extrapolate, those
/// of the last interpolate, and a ramp in the dimension leads from one to the other.
double yarnFrequency(double frequency, std::int64_t i, std::int64_t headDim, double theta,
                     const RopeScaling &scaling) {
  auto dimension = [&](double rotations) {
    return double(headDim) *
           std::log(scaling.originalContext / (rotations * 2 * std::numbers::pi)) /
           (2 * std::log(theta));
  };
  double first = dimension(scaling.betaFast), last = dimension(scaling.betaSlow);
  if (scaling.truncate) {
    first = std::floor(first);
    last = std::ceil(last);
  }
  first = std::max(first, 0.0);
  last = std::min(last, double(headDim - 1));
  if (first == last)
    last += 0.001;
  double ramp = std::min(std::max((double(i) - first) / (last - first), 0.0), 1.0);
  return frequency / scaling.factor * ramp + frequency * (1 - ramp);
}

} // namespace

std::pair<Tensor, Tensor> rotaryTable(std::int64_t position, std::int64_t tokens,
                                      std::int64_t headDim, double theta,
                                      const RopeScaling &scaling) {
  std::pair<Tensor, Tensor> table{Tensor({tokens, headDim / 2}), Tensor({tokens, headDim / 2})};
  for (std::int64_t i = 0; i < headDim / 2; ++i) {
    double frequency = 1 / std::pow(theta, double(2 * i) / double(headDim));
    if (scaling.kind == RopeScaling::linear)
      frequency /= scaling.factor;
    if (scaling.kind == RopeScaling::llama3) {
      double wavelength = 2 * std::numbers::pi / frequency;
      double longest = scaling.originalContext / scaling.lowFreqFactor;
      double shortest = scaling.originalContext / scaling.highFreqFactor;
      // 0 where the wavelength is to be stretched in full, 1 where it stays.
      double smooth = (scaling.originalContext / wavelength - scaling.lowFreqFactor) /
                      (scaling.highFreqFactor - scaling.lowFreqFactor);
      if (wavelength > longest)
        frequency /= scaling.factor;
      else if (wavelength >= shortest)
        frequency = (1 - smooth) * frequency / scaling.factor + smooth * frequency;
    }
    if (scaling.kind == RopeScaling::yarn)
      frequency = yarnFrequency(frequency, i, headDim, theta, scaling);
    for (std::int64_t t = 0; t < tokens; ++t) {
      double angle = double(position + t) * frequency;
      table.first.at(t, i) = std::cos(angle) * scaling.attentionFactor;
      table.second.at(t, i) = std::sin(angle) * scaling.attentionFactor;
    }
  }
  return table;
}

Tensor rope(const Tensor &x, const Tensor &cos, const Tensor &sin, bool interleaved) {
  Tensor out(x.shape);
  std::int64_t pairs = x.shape[2] / 2;
  for (std::int64_t t = 0; t < x.shape[0]; ++t)
    for (std::int64_t h = 0; h < x.shape[1]; ++h)
      for (std::int64_t i = 0; i < pairs; ++i) {
        std::int64_t first = interleaved ? 2 * i : i, second = interleaved ? 2 * i + 1 : i + pairs;
        double a = x.at(t, h, first), b = x.at(t, h, second);
        out.at(t, h, first) = a * cos.at(t, i) - b * sin.at(t, i);
        out.at(t, h, second) = b * cos.at(t, i) + a * sin.at(t, i);
      }
  return out;
}

void kvAppend(const Tensor &rows, std::int64_t position, Tensor &cache) {
  for (std::int64_t t = 0; t < rows.shape[0]; ++t)
    for (std::int64_t g = 0; g < rows.shape[1]; ++g)
      for (std::int64_t e = 0; e < rows.shape[2]; ++e)
        cache.at(g, position + t, e) = rows.at(t, g, e);
}

Tensor scores(const Tensor &q, const Tensor &keys, std::int64_t position, double scale) {
  Tensor out({q.shape[0], q.shape[1], keys.shape[1]});
  std::int64_t group = q.shape[1] / keys.shape[0];
  for (std::int64_t t = 0; t < q.shape[0]; ++t)
    for (std::int64_t h = 0; h < q.shape[1]; ++h)
      for (std::int64_t j = 0; j <= position + t; ++j)
        for (std::int64_t e = 0; e < q.shape[2]; ++e)
          out.at(t, h, j) += scale * q.at(t, h, e) * keys.at(h / group, j, e);
  return out;
}

Tensor softmax(const Tensor &x, std::int64_t position) {
  Tensor out(x.shape);
  for (std::int64_t t = 0; t < x.shape[0]; ++t)
    for (std::int64_t h = 0; h < x.shape[1]; ++h) {
      double top = x.at(t, h, 0), sum = 0;
      for (std::int64_t j = 0; j <= position + t; ++j)
        top = std::max(top, x.at(t, h, j));
      for (std::int64_t j = 0; j <= position + t; ++j)
        sum += std::exp(x.at(t, h, j) - top);
      for (std::int64_t j = 0; j <= position + t; ++j)
        out.at(t, h, j) = std::exp(x.at(t, h, j) - top) / sum;
    }
  return out;
}

Tensor mix(const Tensor &weights, const Tensor &values, std::int64_t position) {
  Tensor out({weights.shape[0], weights.shape[1], values.shape[2]});
  std::int64_t group = weights.shape[1] / values.shape[0];
  for (std::int64_t t = 0; t < weights.shape[0]; ++t)
    for (std::int64_t h = 0; h < weights.shape[1]; ++h)
      for (std::int64_t j = 0; j <= position + t; ++j)
        for (std::int64_t e = 0; e < values.shape[2]; ++e)
          out.at(t, h, e) += weights.at(t, h, j) * values.at(h / group, j, e);
  return out;
}

Tensor attend(const Tensor &q, const Tensor &keys, const Tensor &values, std::int64_t position,
              double scale) {
  return mix(softmax(scores(q, keys, position, scale), position), values, position);
}

std::pair<Tensor, Tensor> attendRows(const Tensor &q, const Tensor &keys, const Tensor &values,
                                     std::int64_t begin, std::int64_t end, double scale) {
  Tensor mixed(q.shape), stats({q.shape[0], q.shape[1], 2});
  std::int64_t group = q.shape[1] / keys.shape[0];
  for (std::int64_t t = 0; t < q.shape[0]; ++t)
    for (std::int64_t h = 0; h < q.shape[1]; ++h) {
      std::vector<double> scores(std::size_t(end - begin), 0);
      double top = -INFINITY, sum = 0;
      for (std::int64_t j = begin; j < end; ++j) {
        double &score = scores[std::size_t(j - begin)];
        for (std::int64_t e = 0; e < q.shape[2]; ++e)
          score += scale * q.at(t, h, e) * keys.at(h / group, j, e);
        top = std::max(top, score);
      }
      for (std::int64_t j = begin; j < end; ++j) {
        double weight = std::exp(scores[std::size_t(j - begin)] - top);
        sum += weight;
        for (std::int64_t e = 0; e < q.shape[2]; ++e)
          mixed.at(t, h, e) += weight * values.at(h / group, j, e);
      }
      stats.at(t, h, 0) = top;
      stats.at(t, h, 1) = sum;
    }
  return {std::move(mixed), std::move(stats)};
}

Tensor combine(const Tensor &mixed, const Tensor &stats) {
  Tensor out({1, mixed.shape[1], mixed.shape[2]});
  for (std::int64_t h = 0; h < mixed.shape[1]; ++h) {
    double top = -INFINITY, sum = 0;
    for (std::int64_t p = 0; p < mixed.shape[0]; ++p)
      top = std::max(top, stats.at(p, h, 0));
    for (std::int64_t p = 0; p < mixed.shape[0]; ++p)
      sum += std::exp(stats.at(p, h, 0) - top) * stats.at(p, h, 1);
    for (std::int64_t p = 0; p < mixed.shape[0]; ++p)
      for (std::int64_t e = 0; e < mixed.shape[2]; ++e)
        out.at(0, h, e) += std::exp(stats.at(p, h, 0) - top) * mixed.at(p, h, e) / sum;
  }
  return out;
}

Tensor swiglu(const Tensor &gate, const Tensor &up) {
  Tensor out(gate.shape);
  for (std::size_t i = 0; i < out.data.size(); ++i)
    out.data[i] = gate.data[i] / (1 + std::exp(-gate.data[i])) * up.data[i];
  return out;
}

Tensor geglu(const Tensor &gate, const Tensor &up) {
  Tensor out(gate.shape);
  for (std::size_t i = 0; i < out.data.size(); ++i)
    out.data[i] = gate.data[i] * std::erfc(-gate.data[i] / std::numbers::sqrt2) / 2 * up.data[i];
  return out;
}

Tensor reglu(const Tensor &gate, const Tensor &up) {
  Tensor out(gate.shape);
  for (std::size_t i = 0; i < out.data.size(); ++i)
    out.data[i] = std::max(gate.data[i], 0.0) * up.data[i];
  return out;
}

Tensor add(const Tensor &a, const Tensor &b) {
  Tensor out(a.shape);
  for (std::size_t i = 0; i < out.data.size(); ++i)
    out.data[i] = a.data[i] + b.data[i];
  return out;
}

std::pair<Tensor, Tensor> argmax(const Tensor &x, const Tensor *indices, std::int64_t parts,
                                 std::int64_t stride) {
  Tensor best({x.shape[0], parts}), index({x.shape[0], parts});
  std::int64_t size = x.shape[1] / parts;
  for (std::int64_t t = 0; t < x.shape[0]; ++t)
    for (std::int64_t p = 0; p < parts; ++p) {
      auto element = [&](std::int64_t j) { return x.at(t, p * size + j); };
      auto place = [&](std::int64_t j) {
        return indices ? double(stride * j) + indices->at(t, p * size + j) : double(j);
      };
      double most = -INFINITY, at = 0;
      bool finite = true;
      for (std::int64_t j = 0; j < size; ++j) {
        finite &= std::isfinite(element(j));
        if (element(j) > most || (element(j) == most && place(j) < at)) {
          most = element(j);
          at = place(j);
        }
      }
      best.at(t, p) = finite ? most : NAN;
      index.at(t, p) = finite ? at : -1;
    }
  return {std::move(best), std::move(index)};
}

} // namespace cria::reference
