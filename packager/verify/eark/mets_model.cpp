#include "packager/verify/eark/mets_model.h"

#include <random>

namespace anjuan::packager::eark {

namespace {

/// Never 0, which marks a free slot.
std::uint64_t hash_of(std::string_view id) {
  const std::uint64_t hash = std::hash<std::string_view>()(id);
  return hash == 0 ? 1 : hash;
}

/// Odd, and another in each run: nobody can choose IDs that all want the same slot.
std::uint64_t secret() {
  static const std::uint64_t value = [] {
    std::random_device source;
    return (static_cast<std::uint64_t>(source()) << 32 | source()) | 1;
  }();
  return value;
}

}  // namespace

std::size_t IdSet::place_of(std::uint64_t hash) const {
  const auto mask = slots_.size() - 1;
  auto place = static_cast<std::size_t>((hash * secret()) >> 32) & mask;
  while (slots_[place] != 0 && slots_[place] != hash) place = (place + 1) & mask;
  return place;
}

void IdSet::grow() {
  constexpr std::size_t kFirstSlots = 64;
  const auto old = std::move(slots_);
  slots_.assign(std::max(kFirstSlots, old.size() * 2), 0);
  for (const auto hash : old) {
    if (hash != 0) slots_[place_of(hash)] = hash;
  }
}

bool IdSet::add(std::string_view id) {
  if (count_ * 2 >= slots_.size()) grow();
  const auto hash = hash_of(id);
  auto& slot = slots_[place_of(hash)];
  if (slot == hash) return false;
  slot = hash;
  ++count_;
  return true;
}

bool IdSet::contains(std::string_view id) const {
  const auto hash = hash_of(id);
  return !slots_.empty() && slots_[place_of(hash)] == hash;
}

}  // namespace anjuan::packager::eark
