//===- Cria.td - All of the cria dialect ---------------------*- tablegen -*-===//
#ifndef CRIA_TD
#define CRIA_TD
include "dialect/ops/Param.td"
include "dialect/ops/Block.td"
include "dialect/ops/Embed.td"
include "dialect/ops/Norm.td"
include "dialect/ops/LayerNorm.td"
include "dialect/ops/Linear.td"
include "dialect/ops/Rope.td"
include "dialect/ops/KvCache.td"
include "dialect/ops/Attention.td"
include "dialect/ops/AttendRows.td"
include "dialect/ops/Combine.td"
include "dialect/ops/Scores.td"
include "dialect/ops/Softmax.td"
include "dialect/ops/Mix.td"
include "dialect/ops/Residual.td"
include "dialect/ops/Swiglu.td"
include "dialect/ops/Argmax.td"
include "dialect/ops/Kernel.td"
#endif
