#include "packager/container_names.h"

#include "core/error.h"
#include "core/messages.h"
#include "core/text.h"

namespace anjuan::packager {

namespace {

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

/// U+FFFE and U+FFFF: valid UTF-8 that XML 1.0 cannot carry.
bool has_noncharacter(std::string_view text) {
  return text.find("\xEF\xBF\xBE") != text.npos || text.find("\xEF\xBF\xBF") != text.npos;
}

[[noreturn]] void refuse(std::string_view message_id, std::string_view raw,
                         const NameRules& rules) {
  throw Error(ErrorCode::kRefused, rules.source,
              say(message_id, {{"source", rules.source}, {"name", shown_name(raw)}}));
}

SafeName decoded(std::string_view raw, const NameRules& rules) {
  if (is_valid_utf8(raw)) return {std::string(raw), NameOrigin::kUtf8};
  if (auto text = from_gb18030(raw)) return {std::move(*text), NameOrigin::kGb18030};
  refuse("gather.name_encoding", raw, rules);
}

/// "C:\x" and "C:x" alike: both leave the folder on Windows.
bool has_drive(std::string_view text) {
  const bool letter =
      !text.empty() && ((text[0] >= 'A' && text[0] <= 'Z') || (text[0] >= 'a' && text[0] <= 'z'));
  return letter && text.size() > 1 && text[1] == ':';
}

void check_characters(std::string_view text, std::string_view raw, const NameRules& rules) {
  if (std::any_of(text.begin(), text.end(), is_control) || has_noncharacter(text)) {
    refuse("gather.name_control", raw, rules);
  }
  if (rules.backslash == Backslash::kRefused && text.find('\\') != text.npos) {
    refuse("gather.name_backslash", raw, rules);
  }
  if (text.starts_with('/') || has_drive(text)) refuse("gather.name_absolute", raw, rules);
}

/// Joins the parts again, without empty and "." ones.
std::string cleaned(std::string_view text, std::string_view raw, const NameRules& rules) {
  std::string path;
  std::uint32_t depth = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('/'), text.size());
    const auto part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (part.empty() || part == ".") continue;
    if (part == "..") refuse("gather.name_climbs", raw, rules);
    if (part.size() > kNamePartBytesMax) refuse("gather.name_long", raw, rules);
    if (++depth > rules.depth_max + 1) refuse("gather.name_deep", raw, rules);
    if (!path.empty()) path += '/';
    path += part;
  }
  if (path.size() > kNameBytesMax) refuse("gather.name_long", raw, rules);
  return path;
}

}  // namespace

SafeName safe_name(std::string_view raw, const NameRules& rules) {
  if (raw.empty()) refuse("gather.name_empty", raw, rules);
  SafeName name = decoded(raw, rules);
  if (rules.backslash == Backslash::kSeparator) {
    std::replace(name.path.begin(), name.path.end(), '\\', '/');
  }
  check_characters(name.path, raw, rules);
  name.path = cleaned(name.path, raw, rules);
  return name;
}

std::string shown_name(std::string_view raw) {
  constexpr std::size_t kShownBytes = 300;
  const bool cut = raw.size() > kShownBytes;
  const auto text = cut ? std::nullopt : recover_file_name(raw);
  const std::string_view bytes = text ? std::string_view(*text) : raw.substr(0, kShownBytes);
  std::string shown;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = !is_control(c) && (text || byte < 0x80);
    shown += plain ? std::string(1, c) : fmt::format("\\x{:02X}", byte);
  }
  return cut ? shown + "…" : shown;
}

}  // namespace anjuan::packager
