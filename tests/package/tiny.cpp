#include <cria/spec.hpp>
using namespace cria::spec;

CRIA_MODEL(tiny, trained{.context = 64}, embed{.vocab = 32, .width = 16},
           repeat(2, residual(rms_norm{}, attention{.heads = 4, .kv_heads = 2, .head_dim = 4}),
                  residual(rms_norm{}, swiglu{.hidden = 24})),
           rms_norm{}, unembed{.vocab = 32, .tied = true});
