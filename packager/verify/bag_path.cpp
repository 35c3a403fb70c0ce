#include "packager/verify/bag_path.h"

#include "core/text.h"
#include "packager/verify/bag_text.h"
#include "packager/verify/folder_tree.h"

namespace anjuan::packager {

namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

bool leaves_bag(std::string_view path) {
  if (path.empty() || path.find('\0') != path.npos) return true;
  if (path[0] == '/' || path[0] == '\\' || path[0] == '~') return true;
  if (path.size() > 1 && is_letter(path[0]) && path[1] == ':') return true;
  // Windows takes both slashes for separators.
  while (!path.empty()) {
    const auto end = std::min(path.find_first_of("/\\"), path.size());
    if (path.substr(0, end) == "..") return true;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

/// The character that the escape at the start of `text` stands for, or nothing.
std::optional<char> escaped(std::string_view text) {
  if (text.starts_with("%25")) return '%';
  if (text.starts_with("%0D") || text.starts_with("%0d")) return '\r';
  if (text.starts_with("%0A") || text.starts_with("%0a")) return '\n';
  return std::nullopt;
}

bool has_bare_percent(std::string_view path) {
  for (auto at = path.find('%'); at != path.npos; at = path.find('%', at + 1)) {
    if (!escaped(path.substr(at))) return true;
  }
  return false;
}

/// The path without empty names and "."
std::string plain(std::string_view path) {
  std::string out;
  out.reserve(path.size());
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    const auto name = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (name.empty() || name == ".") continue;
    if (!out.empty()) out += '/';
    out += name;
  }
  return out;
}

bool is_reserved(std::string_view name) {
  const auto stem = name.substr(0, name.find('.'));
  for (const auto word : {"CON", "PRN", "AUX", "NUL"}) {
    if (equals_ignoring_case(stem, word)) return true;
  }
  if (stem.size() != 4 || stem[3] < '1' || stem[3] > '9') return false;
  const auto device = stem.substr(0, 3);
  return equals_ignoring_case(device, "COM") || equals_ignoring_case(device, "LPT");
}

}  // namespace

std::optional<BagPath> read_bag_path(std::string_view written, BagRules rules) {
  if (leaves_bag(written)) return std::nullopt;
  BagPath read;
  read.path = plain(written);
  if (read.path.empty()) return std::nullopt;
  read.was_relative = read.path.size() != written.size();
  if (rules == BagRules::kRfc && read.path.find('%') != std::string::npos) {
    read.bare_percent = has_bare_percent(read.path);
    read.path = percent_decoded(read.path);
  }
  return read;
}

std::string percent_decoded(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const auto character = escaped(path);
    out += character.value_or(path[0]);
    path.remove_prefix(character ? 3 : 1);
  }
  return out;
}

bool is_portable(std::string_view path) {
  if (path.find_first_of("<>:\"|?*\\") != path.npos) return false;
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    const auto name = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (is_reserved(name) || name.ends_with('.') || name.ends_with(' ')) return false;
  }
  return true;
}

bool is_system_file(std::string_view path) {
  const auto name = file_name(path);
  if (name.starts_with("._")) return true;
  for (const auto word : {"Thumbs.db", "ehthumbs.db", "desktop.ini", ".DS_Store", ".Trashes",
                          ".Spotlight-V100", ".fseventsd", ".TemporaryItems"}) {
    if (equals_ignoring_case(name, word)) return true;
  }
  return false;
}

std::string alike_key(std::string_view path) {
  return is_valid_utf8(path) ? collision_key(path) : std::string(path);
}

}  // namespace anjuan::packager
