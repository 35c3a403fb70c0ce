#include "ingest/secret_marks.h"

#include <algorithm>
#include <array>

#include "core/case/case_check.h"

namespace anjuan::ingest {

namespace {

constexpr std::array<std::string_view, 3> kClasses = {"绝密", "机密", "秘密"};
constexpr std::string_view kStar = "★";

bool is_class(std::string_view text) {
  return std::any_of(kClasses.begin(), kClasses.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}

/// "机密★10年" in "…(机密★10年)…", or "": the class, spaces, the star, and what follows closely.
std::string mark_in(std::string_view text) {
  constexpr std::size_t kTermBytesMax = 12;  // "10年", "长期"
  for (const std::string_view word : kClasses) {
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
      const auto star = text.find_first_not_of(' ', at + word.size());
      if (star == text.npos || text.substr(star, kStar.size()) != kStar) continue;
      auto end = std::min(text.size(), star + kStar.size() + kTermBytesMax);
      while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
      return std::string(text.substr(at, end - at));
    }
  }
  return "";
}

/// Walks over all that is declared.
class MarkSearch {
 public:
  std::vector<SecretMark> run(const Json& declared) {
    if (const std::string level = declared.text_or("security", ""); is_class(level)) {
      marks_.push_back({"/security", level});
    }
    visit(declared, "");
    return std::move(marks_);
  }

 private:
  void visit(const Json& value, const std::string& where) {
    if (marks_.size() >= kSecretMarksMax) return;
    if (value.is_string()) {
      const std::string mark = mark_in(value.as_string());
      const bool is_told = !marks_.empty() && marks_.front().where == where;
      if (!mark.empty() && !is_told) marks_.push_back({where, mark});
    } else if (value.is_object()) {
      for (const auto& [key, member] : value.members()) visit(member, where + pointer_step(key));
    } else if (value.is_array()) {
      std::size_t index = 0;
      for (const Json& item : value.items()) visit(item, fmt::format("{}/{}", where, index++));
    }
  }

  std::vector<SecretMark> marks_;
};

}  // namespace

std::vector<SecretMark> secret_marks(const CaseFile& declared) {
  return MarkSearch().run(declared.declared());
}

}  // namespace anjuan::ingest
