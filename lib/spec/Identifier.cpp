//===- Identifier.cpp - Valid C++ identifiers -----------------------------===//
#include "spec/Identifier.h"
#include "cria/spec/dtype.hpp"

namespace cria::spec {
namespace {

// Each surrounded by spaces.
constexpr char reserved[] =
    " alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t"
    " char32_t class compl concept const consteval constexpr constinit const_cast continue co_await"
    " co_return co_yield decltype default delete do double dynamic_cast else enum explicit export"
    " extern false float for friend goto if inline int long main mutable namespace new noexcept not"
    " not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires"
    " return short signed sizeof static static_assert static_cast struct switch template this"
    " thread_local throw true try typedef typeid typename union unsigned using virtual void "
    "volatile"
    " wchar_t while xor xor_eq"
    " attention block block_of bytes bytes_of chain checked cost count cria detail divides dtype"
    " embed exact fault figures flow geglu hana idx is_cache is_float layer_norm limits"
    " linear_scaling llama3_scaling measured model name_of parameters piece plan planned presets"
    " reason reglu repeat residual rms_norm rope std storage_block swiglu text through trained"
    " unembed vector_storage vectors yarn_scaling"
#define CRIA_STORAGE(NAME, word, ...) " " #word
    CRIA_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
        " ";

} // namespace

std::string identifier(const std::string &name) {
  bool digit = !name.empty() && name[0] >= '0' && name[0] <= '9';
  bool taken = std::string(reserved).find(" " + name + " ") != std::string::npos;
  return digit || taken ? "model_" + name : name;
}

} // namespace cria::spec
