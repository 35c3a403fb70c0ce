#include "packager/verify/finding_sink.h"

#include "core/messages.h"
#include "core/text.h"

namespace anjuan::packager {

namespace {

/// Length of the valid, printable character at the start of `text`, or 0.
std::size_t printable_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x20 || first == 0x7F) return 0;
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (text.size() < length || !is_valid_utf8(text.substr(0, length))) return 0;
  // C1 control characters and the bidirectional overrides would rewrite what a terminal shows.
  const std::string_view character = text.substr(0, length);
  if (character >= "\xC2\x80" && character <= "\xC2\x9F") return 0;
  if (character >= "\xE2\x80\xAA" && character <= "\xE2\x80\xAE") return 0;
  if (character >= "\xE2\x81\xA6" && character <= "\xE2\x81\xA9") return 0;
  return length;
}

/// A name or value in a finding may be megabytes: its middle is left out, so that the sentence
/// keeps its end.
constexpr std::size_t kTextBytesMax = 4000;

std::string shortened(std::string text) {
  if (text.size() <= kTextBytesMax) return text;
  const auto continues = [&](std::size_t place) {
    return (static_cast<unsigned char>(text[place]) & 0xC0U) == 0x80U;
  };
  auto head = kTextBytesMax / 2;
  auto tail = text.size() - kTextBytesMax / 2;
  while (head > 0 && continues(head)) --head;
  while (tail < text.size() && continues(tail)) ++tail;
  return text.substr(0, head) + "…" + text.substr(tail);
}

Finding finding(std::string_view code, Severity severity, std::string_view where,
                std::string_view message, CheckResult result) {
  return {std::string(code), severity, {}, std::string(where), std::string(message), result};
}

}  // namespace

std::string printable(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    std::size_t length = printable_length(bytes);
    if (length == 0) {
      out += fmt::format("\\x{:02X}", static_cast<unsigned char>(bytes[0]));
      length = 1;
    } else {
      out += bytes.substr(0, length);
    }
    bytes.remove_prefix(length);
  }
  return out;
}

std::string at(std::string_view path, Place place) {
  if (place.line == 0) return std::string(path);
  return fmt::format("{}:{}:{}", path, place.line, place.column);
}

void FindingSink::error(std::string_view code, std::string_view where, std::string_view message) {
  add(finding(code, Severity::kError, where, message, CheckResult::kFailed));
}

void FindingSink::warn(std::string_view code, std::string_view where, std::string_view message) {
  add(finding(code, Severity::kWarn, where, message, CheckResult::kFailed));
}

void FindingSink::info(std::string_view code, std::string_view where, std::string_view message) {
  add(finding(code, Severity::kInfo, where, message, CheckResult::kFailed));
}

void FindingSink::not_checked(std::string_view code, std::string_view where,
                              std::string_view message) {
  add(finding(code, Severity::kError, where, message, CheckResult::kNotChecked));
}

void FindingSink::add(Finding finding) {
  const bool failed_error = any_error({finding});
  errors_ += failed_error ? 1 : 0;
  if (findings_.size() >= kFindingsMax) {
    ++dropped_;
    dropped_errors_ += failed_error ? 1 : 0;
    return;
  }
  finding.where = printable(shortened(std::move(finding.where)));
  finding.message = printable(shortened(std::move(finding.message)));
  findings_.push_back(std::move(finding));
}

Findings FindingSink::take() {
  if (dropped_ > 0) {
    findings_.push_back({"PKG-MANY",
                         dropped_errors_ > 0 ? Severity::kError : Severity::kWarn,
                         {},
                         {},
                         say("verify.many", {{"count", std::to_string(dropped_)}}),
                         CheckResult::kFailed});
  }
  return std::move(findings_);
}

}  // namespace anjuan::packager
