#include "packager/media_names.h"

#include <algorithm>
#include <iterator>

namespace anjuan::packager {

namespace {

constexpr std::string_view kRecordings[] = {"3gp", "aac",  "aif", "aiff", "amr", "avi", "flac",
                                            "flv", "m2ts", "m4a", "m4v",  "mkv", "mov", "mp3",
                                            "mp4", "mpeg", "mpg", "mts",  "ogg", "ogv", "opus",
                                            "ts",  "wav",  "wma", "wmv",  "webm"};

constexpr std::string_view kPacked[] = {"7z",   "bz2",  "docx", "gif", "gz",  "heic", "jp2",
                                        "jpeg", "jpg",  "ofd",  "pdf", "png", "pptx", "rar",
                                        "webp", "xlsx", "xz",   "zip", "zst"};

template <typename Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

bool is_recording(std::string_view path) { return contains(kRecordings, extension_of(path)); }

bool is_packed(std::string_view path) {
  const std::string extension = extension_of(path);
  return contains(kPacked, extension) || contains(kRecordings, extension);
}

std::string extension_of(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);
  const auto dot = name.rfind('.');
  if (dot == name.npos) return "";
  std::string extension(name.substr(dot + 1));
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return extension;
}

}  // namespace anjuan::packager
