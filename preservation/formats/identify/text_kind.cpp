#include "preservation/formats/identify/text_kind.h"

#include "core/text.h"

namespace anjuan::formats {

namespace {

bool has_control(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    const bool usual = byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f' || byte == 0x1B;
    return (byte < 0x20 && !usual) || byte == 0x7F;
  });
}

/// True if `valid` holds for the bytes, or for them without a character that the window's end cut.
template <typename Valid>
bool but_for_the_end(std::string_view bytes, bool is_all, const Valid& valid) {
  const std::size_t cut_max = is_all ? 0 : 3;
  for (std::size_t cut = 0; cut <= std::min(cut_max, bytes.size()); ++cut) {
    if (valid(bytes.substr(0, bytes.size() - cut))) return true;
  }
  return false;
}

}  // namespace

std::string charset_of(const FileWindows& windows) {
  const std::string_view head = windows.head;
  if (head.empty()) return "";
  if (head.starts_with("\xFF\xFE")) return head.size() % 2 == 0 ? "UTF-16LE" : "";
  if (head.starts_with("\xFE\xFF")) return head.size() % 2 == 0 ? "UTF-16BE" : "";
  if (has_control(head) || has_control(windows.tail)) return "";
  if (is_ascii(head)) return is_ascii(windows.tail) ? "US-ASCII" : "";
  const bool is_all = windows.head_is_all();
  if (but_for_the_end(head, is_all, is_valid_utf8)) return "UTF-8";
  const auto gb18030 = [](std::string_view bytes) { return from_gb18030(bytes).has_value(); };
  return but_for_the_end(head, is_all, gb18030) ? "GB18030" : "";
}

}  // namespace anjuan::formats
