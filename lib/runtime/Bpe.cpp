#include "runtime/Bpe.h"
#include <algorithm>

namespace cria::rt {

void Bpe::encode(std::string_view word, std::vector<int32_t> &out) {
  if (auto id = data_.word(word)) {
    out.push_back(static_cast<int32_t>(*id));
    return;
  }
  symbols_.clear();
  heap_.clear();
  auto size = static_cast<int32_t>(word.size());
  for (int32_t i = 0; i < size; ++i)
    symbols_.push_back({data_.byteToken(static_cast<unsigned char>(word[size_t(i)])), i - 1,
                        i + 1 < size ? i + 1 : -1, false});
  for (int32_t i = 0; i < size; ++i)
    consider(i);
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end());
    Candidate candidate = heap_.back();
    heap_.pop_back();
    if (isCurrent(candidate))
      apply(candidate);
  }
  for (int32_t i = size ? 0 : -1; i >= 0; i = symbols_[size_t(i)].next)
    out.push_back(static_cast<int32_t>(symbols_[size_t(i)].id));
}

/// Adds the merge of the symbol `at` with the next one, if there is one.
void Bpe::consider(int32_t at) {
  if (at < 0 || symbols_[size_t(at)].next < 0)
    return;
  uint32_t left = symbols_[size_t(at)].id;
  uint32_t right = symbols_[size_t(symbols_[size_t(at)].next)].id;
  if (auto merge = data_.merge(left, right)) {
    heap_.push_back({merge->rank, at, left, right, merge->result});
    std::push_heap(heap_.begin(), heap_.end());
  }
}

/// Whether its two parts still stand side by side.
bool Bpe::isCurrent(const Candidate &candidate) const {
  const Symbol &left = symbols_[size_t(candidate.at)];
  return !left.merged && left.id == candidate.left && left.next >= 0 &&
         symbols_[size_t(left.next)].id == candidate.right;
}

void Bpe::apply(const Candidate &candidate) {
  Symbol &left = symbols_[size_t(candidate.at)];
  Symbol &right = symbols_[size_t(left.next)];
  left.id = candidate.result;
  left.next = right.next;
  right.merged = true;
  if (left.next >= 0)
    symbols_[size_t(left.next)].previous = candidate.at;
  consider(left.previous);
  consider(candidate.at);
}

} // namespace cria::rt
