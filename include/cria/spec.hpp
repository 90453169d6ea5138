//===- spec.hpp - The language of specs -------------------------*- C++ -*-===//
//
//   #include <cria/spec.hpp>
//   using namespace cria::spec;
//
//   CRIA_MODEL(tiny,
//       embed{.vocab = 256, .width = 64},
//       repeat(2,
//           residual(rms_norm{}, attention{.heads = 4, .kv_heads = 2, .head_dim = 16}),
//           residual(rms_norm{}, swiglu{.hidden = 192})),
//       rms_norm{},
//       unembed{.vocab = 256});
//
// docs/spec.md is the manual.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "cria/spec/attention.hpp"
#include "cria/spec/embed.hpp"
#include "cria/spec/geglu.hpp"
#include "cria/spec/layer_norm.hpp"
#include "cria/spec/model.hpp"
#include "cria/spec/plan.hpp"
#include "cria/spec/reglu.hpp"
#include "cria/spec/repeat.hpp"
#include "cria/spec/residual.hpp"
#include "cria/spec/rms_norm.hpp"
#include "cria/spec/swiglu.hpp"
#include "cria/spec/trained.hpp"
#include "cria/spec/unembed.hpp"
