//===- TestSupport.h - What tests of specs share ----------------*- C++ -*-===//
#pragma once
#include "cria/spec.hpp"
#include "cria/spec/graph.hpp"
#include "support/Error.h"
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace test {

namespace spec = cria::spec;

/// The message of the cria::Error that `action` throws; it must be one line.
template <typename Action>
std::string errorOf(Action action) {
  try {
    action();
  } catch (const cria::Error &error) {
    std::string message = error.what();
    CHECK(message.find('\n') == std::string::npos);
    return message;
  }
  return "no error";
}

/// A file that goes away, in a folder of its own.
class File {
public:
  File(const std::string &name, const std::string &text) {
    std::string folder = (std::filesystem::temp_directory_path() / "spec-test-XXXXXX").native();
    REQUIRE(mkdtemp(folder.data()));
    path = std::filesystem::path(folder) / name;
    std::ofstream(path) << text;
  }
  ~File() { std::filesystem::remove_all(path.parent_path()); }
  File(const File &) = delete;
  std::filesystem::path path;
};

inline const std::filesystem::path include = CRIA_SOURCE_DIR "/include";

inline constexpr spec::RopeScaling anyScaling =
    spec::llama3_scaling{.factor = 8, .low = 1.5, .high = 4, .original_context = 256};

/// A model with one of each block.
inline spec::Model everyBlock() {
  using namespace spec;
  Attention attention{4, 2, 6, Rope{1e4 / 3, anyScaling}, true, "model.layers.{}.self_attn"};
  SwiGlu mlp{10, true, "model.layers.{}.mlp", SwiGlu::Gate::silu};
  Repeat layers{
      3,
      {Residual{{RmsNorm{1e-5, "model.layers.{}.input_layernorm"}, attention}},
       Residual{{RmsNorm{1e-6, "model.layers.{}.post_attention_layernorm", RmsNorm::Kind::layer},
                 mlp}}}};
  Residual gelu{{SwiGlu{12, false, "model.mlp", SwiGlu::Gate::gelu}}};
  Residual relu{{SwiGlu{14, false, "model.mlp_2", SwiGlu::Gate::relu}}};
  return {"every_block",
          {Embed{7, 8, "model.embed_tokens"}, layers, gelu, relu, RmsNorm{0.25, "model.norm"},
           Unembed{7, false, "lm_head"}},
          16,
          DType::f16};
}

} // namespace test
