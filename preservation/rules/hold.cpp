#include "preservation/rules/hold.h"

#include "core/messages.h"

namespace anjuan::rules {

namespace {

constexpr std::string_view kWords[] = {"review",     "suit",      "compensation",
                                       "petition",   "audit",     "criminal",
                                       "disclosure", "objection", "other"};

std::string name_in(Language language, std::string_view word) {
  return say_in(language, fmt::format("hold.kind_{}", word));
}

}  // namespace

std::string_view hold_word(HoldKind kind) { return kWords[static_cast<std::size_t>(kind)]; }

std::string hold_name(HoldKind kind) { return name_in(language(), hold_word(kind)); }

std::optional<HoldKind> hold_kind_of(std::string_view text) {
  for (std::size_t i = 0; i < std::size(kWords); ++i) {
    const bool same = text == kWords[i] || text == name_in(Language::kChinese, kWords[i]);
    if (same) return static_cast<HoldKind>(i);
  }
  return std::nullopt;
}

std::vector<std::string> hold_words() { return {std::begin(kWords), std::end(kWords)}; }

}  // namespace anjuan::rules
