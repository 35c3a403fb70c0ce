#include "preservation/formats/media_type.h"

#include <algorithm>
#include <cctype>

namespace anjuan::preservation {

namespace {

using namespace std::string_view_literals;

struct Signature {
  std::size_t offset;
  std::string_view bytes;
  std::string_view type;
};

// Facts of the formats' own specifications; the order decides where one is a prefix of another.
constexpr Signature kSignatures[] = {
    {0, "%PDF-"sv, "application/pdf"sv},
    {0, "\xFF\xD8\xFF"sv, "image/jpeg"sv},
    {0, "\x89PNG\r\n\x1A\n"sv, "image/png"sv},
    {0, "II*\0"sv, "image/tiff"sv},
    {0, "MM\0*"sv, "image/tiff"sv},
    {4, "ftypqt  "sv, "video/quicktime"sv},
    {4, "ftypheic"sv, "image/heic"sv},
    {4, "ftypM4A "sv, "audio/mp4"sv},
    {4, "ftyp"sv, "video/mp4"sv},
    {8, "WAVE"sv, "audio/vnd.wave"sv},
    {8, "AVI "sv, "video/vnd.avi"sv},
    {0, "\x1A\x45\xDF\xA3"sv, "video/matroska"sv},
    {0, "fLaC"sv, "audio/flac"sv},
    {0, "ID3"sv, "audio/mpeg"sv},
    {0, "\x00\x00\x01\xBA"sv, "video/mpeg"sv},
    {0, "7z\xBC\xAF\x27\x1C"sv, "application/x-7z-compressed"sv},
};

struct Extension {
  std::string_view extension;
  std::string_view type;
};

constexpr Extension kExtensions[] = {
    {"csv", "text/csv"},
    {"doc", "application/msword"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"json", "application/json"},
    {"md", "text/markdown"},
    {"mp3", "audio/mpeg"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"ofd", "application/ofd"},
    {"txt", "text/plain"},
    {"xls", "application/vnd.ms-excel"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "application/xml"},
    {"zip", "application/zip"},
};

std::string extension_of(std::string_view file_name) {
  const auto dot = file_name.rfind('.');
  if (dot == file_name.npos) return "";
  std::string extension(file_name.substr(dot + 1));
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

}  // namespace

std::string media_type(std::string_view head, std::string_view file_name) {
  for (const auto& signature : kSignatures) {
    if (head.size() >= signature.offset + signature.bytes.size() &&
        head.substr(signature.offset, signature.bytes.size()) == signature.bytes) {
      return std::string(signature.type);
    }
  }
  const std::string extension = extension_of(file_name);
  for (const auto& row : kExtensions) {
    if (row.extension == extension) return std::string(row.type);
  }
  return "application/octet-stream";
}

}  // namespace anjuan::preservation
