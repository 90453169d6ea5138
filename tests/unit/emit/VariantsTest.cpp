//===- VariantsTest.cpp - Layers sorted by how they store their weights ---===//
#include "emit/Variants.h"
#include "catch2/catch.hpp"

using cria::emit::Variants;
using cria::spec::DType;
using Numbers = std::vector<std::int64_t>;

TEST_CASE("layers that store all weights alike are one variant") {
  Variants one = Variants::of(3, {"a.{}", "b.{}"}, {}, {{"a.{}", {DType::bf16}}});
  CHECK(one.ofLayer == Numbers{0, 0, 0});
  CHECK(one.samples == Numbers{0});
}

TEST_CASE("variants are numbered in the order of their first layers") {
  Variants mixed =
      Variants::of(4, {"a.{}", "b.{}"}, {},
                   {{"a.{}", {DType::bf16, DType::f32, DType::bf16, DType::f32}},
                    {"b.{}", {DType::f32, DType::f32, DType::f16, DType::f32}},
                    {"of.another.repeat", {DType::f32, DType::f16, DType::f32, DType::f32}}});
  CHECK(mixed.ofLayer == Numbers{0, 1, 2, 1});
  CHECK(mixed.samples == Numbers{0, 1, 2});
}

TEST_CASE("layers with and without rotary embedding are two variants") {
  cria::spec::Attention attention;
  attention.no_rope_interval = 4;
  Variants mixed = Variants::of(6, {"a.{}"}, {attention}, {});
  CHECK(mixed.ofLayer == Numbers{0, 0, 0, 1, 0, 0});
  CHECK(mixed.samples == Numbers{0, 3});
}
