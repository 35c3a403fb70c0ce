#include "packager/package_layout.h"

#include "core/error.h"
#include "core/messages.h"
#include "core/text.h"
#include "core/uuid.h"

namespace anjuan::packager {

namespace {

constexpr std::size_t kNameBytesMax = 255;   // of Linux, macOS and NTFS (there: UTF-16 units)
constexpr std::size_t kPathBytesMax = 3000;  // leaves room below PATH_MAX for the store's folders
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Length of the character at the start of valid UTF-8 `text`; 1 for a stray byte.
std::size_t character_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(length, text.size());
}

/// XML 1.0 Char, except that a carriage return counts as forbidden: parsers change it.
bool fits_xml(std::string_view character) {
  if (!is_valid_utf8(character)) return false;
  if (character.size() == 1) {
    const auto byte = static_cast<unsigned char>(character.front());
    return byte >= 0x20 || byte == '\t' || byte == '\n';
  }
  return character != "\xEF\xBF\xBE" && character != "\xEF\xBF\xBF";
}

template <typename Replace>
std::string replace_unfit(std::string_view text, const Replace& replace) {
  std::string out;
  while (!text.empty()) {
    const auto character = text.substr(0, character_length(text));
    if (fits_xml(character)) {
      out += character;
      text.remove_prefix(character.size());
    } else {
      out += replace(text.substr(0, 1));
      text.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace

std::string representation_folder(std::string_view name) {
  return fmt::format("representations/{}/", name);
}

std::string premis_name(int version) { return fmt::format("premis-{:04}.xml", version); }

std::string object_uuid(const PackageId& package, std::string_view path, std::string_view sha512) {
  return name_uuid(package.urn(), fmt::format("{}\n{}", path, sha512));
}

MetsGroup representation_data_group(std::string_view representation) {
  return {fmt::format("ID-{}-data", representation),
          fmt::format("Representations/{}/data", representation),
          "administrative case file",
          {}};
}

std::string verdict_text(std::string_view verdict) {
  static const std::map<std::string_view, std::string_view> chinese = {{"complete", "齐全完整"},
                                                                       {"defective", "缺陷卷"},
                                                                       {"incomplete", "不齐全"},
                                                                       {"blocked", "不得归档"},
                                                                       {"unchecked", "未检查"}};
  const auto found = chinese.find(verdict);
  if (found == chinese.end()) {
    throw Error(ErrorCode::kInternal, std::string(verdict),
                fmt::format("no verdict \"{}\"", verdict));
  }
  return fmt::format("{} {}", verdict, found->second);
}

std::string verdict_word(std::string_view text) {
  return std::string(text.substr(0, text.find(' ')));
}

Actor responsible_actor(const PackageDraft& draft) {
  return draft.actor.id.empty() ? Actor::program() : draft.actor;
}

void check_package_path(std::string_view path) {
  const auto refuse = [&] {
    throw Error(ErrorCode::kInvalid, xml_name(path),
                say("packager.bad_path", {{"path", xml_name(path)}}));
  };
  if (!is_valid_utf8(path) || path.size() > kPathBytesMax) refuse();
  if (path.find('\0') != path.npos) refuse();
  for (std::size_t begin = 0; begin <= path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    const auto part = path.substr(begin, end - begin);
    if (part.empty() || part == "." || part == ".." || part.size() > kNameBytesMax) refuse();
    begin = end + 1;
  }
}

std::string xml_text(std::string_view text) {
  return replace_unfit(text, [](std::string_view) { return std::string(kReplacement); });
}

std::string xml_name(std::string_view name) {
  if (xml_text(name) == name) return std::string(name);
  const auto escape = [](std::string_view byte) {
    return fmt::format("%{:02X}", static_cast<unsigned char>(byte.front()));
  };
  std::string doubled;
  for (const char byte : name) doubled += byte == '%' ? std::string("%25") : std::string(1, byte);
  return replace_unfit(doubled, escape);
}

}  // namespace anjuan::packager
