// RUN: %clang_spec %s
// RUN: %if gxx %{ %gcc_spec %s %}
// Figures are constants, and those of published models are what was published.
#include <cria/spec/presets/llama3.hpp>
#include <cria/spec/presets/stories.hpp>
using namespace cria::spec;
using namespace cria::spec::presets;

static_assert(parameters(llama3_8b) == 8'030'261'248);
static_assert(parameters(llama3_70b) == 70'553'706'496);
static_assert(parameters(llama3_1_8b) == 8'030'261'248);
static_assert(parameters(llama3_1_70b) == 70'553'706'496);
static_assert(parameters(llama3_1_405b) == 405'853'388'800);
static_assert(parameters(llama3_2_1b) == 1'235'814'400);
static_assert(parameters(llama3_2_3b) == 3'212'749'824);
static_assert(parameters(stories) == 1'049'728);
static_assert(weight_bytes(llama3_8b, bf16) == 2 * 8'030'261'248);
static_assert(weight_bytes(llama3_8b, f32) == 4 * 8'030'261'248);
static_assert(kv_cache_bytes(llama3_1_8b, 131'072, bf16) == 16LL << 30);
static_assert(kv_cache_bytes(llama3_1_8b, 0, bf16) == 0);
// About two operations for each parameter that is not an embedding, and attention.
static_assert(flops_per_token(llama3_8b, 0) / 1'000'000'000 == 15);
static_assert(flops_per_token(llama3_8b, 8'191) - flops_per_token(llama3_8b, 0) ==
              8'191LL * 32 * 4 * 4'096);
// Every weight but the token table is read once.
static_assert(bytes_per_token(llama3_8b, 0, bf16) > 2 * (8'030'261'248 - 128'256 * 4'096));
static_assert(bytes_per_token(llama3_8b, 100, bf16, f32) - bytes_per_token(llama3_8b, 99, bf16, f32) ==
              kv_cache_bytes(llama3_8b, 1, f32));
static_assert(llama3_1_8b.result.context == 131'072 && llama3_1_8b.result.storage == bf16);
static_assert(stories.result.context == 2'048);
