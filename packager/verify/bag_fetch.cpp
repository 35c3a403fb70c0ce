#include "packager/verify/bag_fetch.h"

#include <charconv>

#include "core/messages.h"
#include "packager/verify/bag_path.h"
#include "packager/verify/bag_text.h"

namespace anjuan::packager {

namespace {

/// Takes the first word and the blanks after it.
std::string_view next_word(std::string_view& rest) {
  const auto end = std::min(rest.find_first_of(" \t"), rest.size());
  const auto word = rest.substr(0, end);
  rest.remove_prefix(end);
  while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
  return word;
}

/// An absolute URI begins with a scheme (RFC 3986, 3.1).
bool has_scheme(std::string_view url) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  constexpr std::string_view kOthers = "0123456789+-.";
  const auto end = url.find_first_not_of(kLetters);
  if (url.empty() || end == 0 || end == url.npos) return false;
  const auto colon = url.find(':');
  if (colon == url.npos || colon + 1 == url.size()) return false;
  const auto scheme = url.substr(0, colon);
  return std::all_of(scheme.begin(), scheme.end(), [&](char c) {
    return kLetters.find(c) != kLetters.npos || kOthers.find(c) != kOthers.npos;
  });
}

class FetchReader {
 public:
  FetchReader(BagRules rules, FindingSink& findings) : rules_(rules), findings_(findings) {}

  std::vector<FetchEntry> read(std::string_view text) {
    each_line(text, [this](std::string_view line, std::uint64_t number) { take(line, number); });
    std::stable_sort(entries_.begin(), entries_.end(),
                     [](const FetchEntry& a, const FetchEntry& b) { return a.path < b.path; });
    return std::move(entries_);
  }

 private:
  void take(std::string_view line, std::uint64_t number) {
    if (trimmed(line).empty()) return;
    const auto url = next_word(line);
    const auto length = next_word(line);
    FetchEntry entry;
    entry.line = number;
    if (length != "-") {
      std::uint64_t bytes = 0;
      const auto end = length.data() + length.size();
      const auto parsed = std::from_chars(length.data(), end, bytes);
      if (parsed.ec == std::errc() && parsed.ptr == end) entry.bytes = bytes;
    }
    if (!has_scheme(url) || line.empty() || (!entry.bytes && length != "-")) {
      return report("BAG-FETCH", "bagit.fetch_line", number, {});
    }
    auto path = read_bag_path(line, rules_);
    if (!path) return report("BAG-PATH", "bagit.fetch_outside", number, line);
    if (!path->path.starts_with(kPayloadPrefix)) {
      return report("BAG-SCOPE", "bagit.fetch_not_payload", number, line);
    }
    entry.path = std::move(path->path);
    entries_.push_back(std::move(entry));
  }

  void report(std::string_view code, std::string_view message, std::uint64_t number,
              std::string_view path) {
    findings_.error(code, at_line(kFetchFile, number),
                    say(message, {{"line", std::to_string(number)}, {"path", std::string(path)}}));
  }

  BagRules rules_;
  FindingSink& findings_;
  std::vector<FetchEntry> entries_;
};

}  // namespace

std::vector<FetchEntry> read_fetch(std::string_view text, BagRules rules, FindingSink& findings) {
  return FetchReader(rules, findings).read(text);
}

}  // namespace anjuan::packager
