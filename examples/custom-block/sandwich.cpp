// A model with blocks that Cria does not have.
//
//     criac examples/custom-block/sandwich.cpp --random-weights=1 -o sandwich
//     ./sandwich --token-ids 1,2,3 --print-token-ids
#include <cria/spec.hpp>
using namespace cria::spec;

/// A residual with a norm on both sides of its branch, as in Gemma 2.
template <block Branch>
struct sandwich {
  static constexpr const char *label = "sandwich";
  Branch branch;

  // What the block is made of: all that a compiler needs.
  constexpr auto body() const { return residual(rms_norm{}, branch, rms_norm{}); }
};

/// A feed-forward block whose inner width fills the lanes of a machine.
struct tiled_swiglu {
  static constexpr const char *label = "tiled_swiglu";
  idx tiles, lanes;

  // Its own rule, which comes before those of its body.
  constexpr flow operator()(flow in) const {
    return in.needs(tiles > 0, "{} tiles of {} lanes are no feed-forward block", tiles, lanes)
        .needs(divides(lanes, in.width), "width {} is not a multiple of the {} lanes", in.width,
               lanes);
  }
  constexpr auto body() const { return swiglu{.hidden = tiles * lanes}; }
};

CRIA_MODEL(sandwich_model,
    trained{.context = 512},
    embed{.vocab = 256, .width = 64},
    repeat(2,
        sandwich{attention{.heads = 4, .kv_heads = 2, .head_dim = 16}},
        sandwich{tiled_swiglu{.tiles = 12, .lanes = 16}}),
    rms_norm{},
    unembed{.vocab = 256, .tied = true});

static_assert(parameters(sandwich_model) ==
              256 * 64 + 2 * (2 * 64 * 64 + 2 * 64 * 32 + 3 * 64 * 192 + 4 * 64) + 64);
