#include "packager/verify/bag_info.h"

#include <charconv>
#include <optional>

#include "core/messages.h"
#include "packager/verify/bag_text.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kOxum = "Payload-Oxum";
/// RFC 8493 says of these that they SHOULD NOT be repeated.
constexpr std::string_view kOnce[] = {"Bagging-Date", "Bag-Size", "Bag-Group-Identifier",
                                      "Bag-Count"};

class InfoReader {
 public:
  InfoReader(const std::string& file, BagRules rules, FindingSink& findings)
      : rules_(rules), findings_(findings) {
    info_.file = file;
  }

  BagInfo read(std::string_view text) {
    each_line(text, [this](std::string_view line, std::uint64_t number) { take(line, number); });
    tell_repeated();
    return std::move(info_);
  }

 private:
  void take(std::string_view line, std::uint64_t number) {
    if (trimmed(line).empty()) {
      findings_.warn("BAG-INFO", at_line(info_.file, number),
                     say("bagit.info_blank", {{"file", info_.file}}));
    } else if (is_blank(line.front()) && !info_.elements.empty()) {
      auto& value = info_.elements.back().value;
      value += '\n';
      value += trimmed(line);
    } else {
      take_element(line, number);
    }
  }

  void take_element(std::string_view line, std::uint64_t number) {
    const auto colon = line.find(':');
    const auto label = line.substr(0, colon);
    if (colon == line.npos || trimmed(label).empty()) {
      findings_.error("BAG-INFO", at_line(info_.file, number),
                      say("bagit.info_line", {{"file", info_.file}}));
      return;
    }
    // "A label, a colon, a single blank and a value"; the drafts let any blanks stand there.
    const auto rest = line.substr(colon + 1);
    const bool exact = trimmed(label) == label && rest.size() > 1 && is_blank(rest.front());
    if (!exact && rules_ == BagRules::kRfc) {
      findings_.error("BAG-INFO", at_line(info_.file, number),
                      say("bagit.info_separator", {{"file", info_.file}}));
    }
    info_.elements.push_back({std::string(trimmed(label)), std::string(trimmed(rest)), number});
  }

  void tell_repeated() {
    for (const auto once : kOnce) {
      const auto count = std::count_if(
          info_.elements.begin(), info_.elements.end(),
          [&](const auto& element) { return equals_ignoring_case(element.label, once); });
      if (count < 2 || rules_ == BagRules::kDraft) continue;
      findings_.warn(
          "BAG-INFO", info_.file,
          say("bagit.info_repeated", {{"file", info_.file}, {"label", std::string(once)}}));
    }
  }

  BagRules rules_;
  FindingSink& findings_;
  BagInfo info_;
};

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// "OctetCount.StreamCount".
std::optional<Oxum> oxum_in(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == text.npos) return std::nullopt;
  const auto bytes = number_in(text.substr(0, dot));
  const auto files = number_in(text.substr(dot + 1));
  if (!bytes || !files) return std::nullopt;
  return Oxum{*bytes, *files};
}

}  // namespace

std::string BagInfo::value_of(std::string_view label) const {
  for (const auto& element : elements) {
    if (equals_ignoring_case(element.label, label)) return element.value;
  }
  return {};
}

BagInfo read_bag_info(const std::string& file, std::string_view text, BagRules rules,
                      FindingSink& findings) {
  return InfoReader(file, rules, findings).read(text);
}

void check_oxum(const BagInfo& info, const Oxum& payload, BagRules rules, FindingSink& findings) {
  bool seen = false;
  for (const auto& element : info.elements) {
    if (!equals_ignoring_case(element.label, kOxum)) continue;
    const auto where = at_line(info.file, element.line);
    if (std::exchange(seen, true)) {
      demand(findings, rules, "BAG-OXUM", where, say("bagit.oxum_repeated"));
    }
    const auto stated = oxum_in(element.value);
    if (!stated) {
      findings.error("BAG-OXUM", where, say("bagit.oxum_form", {{"value", element.value}}));
    } else if (*stated != payload) {
      findings.error("BAG-OXUM", where,
                     say("bagit.oxum_differs", {{"bytes", std::to_string(stated->bytes)},
                                                {"files", std::to_string(stated->files)},
                                                {"real_bytes", std::to_string(payload.bytes)},
                                                {"real_files", std::to_string(payload.files)}}));
    }
  }
}

}  // namespace anjuan::packager
