#include "preservation/formats/protection.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include <unistd.h>

#include "core/durable.h"
#include "core/interrupt.h"

namespace anjuan::preservation {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kHeadBytes = 1024;
constexpr std::size_t kBlockBytes = 1024 * 1024;
/// A moov box beyond this is not looked through: the answer is then absent.
constexpr std::uint64_t kMoovBytesMax = 256ULL * 1024 * 1024;
constexpr int kBoxesMax = 100'000;

struct Magic {
  std::size_t offset;
  std::string_view bytes;
};

constexpr Magic kArchives[] = {{0, "7z\xBC\xAF\x27\x1C"sv},
                               {0, "Rar!\x1A\x07"sv},
                               {0, "\x1F\x8B"sv},
                               {0, "BZh"sv},
                               {0,
                                "\xFD"
                                "7zXZ\0"sv},
                               {0, "\x28\xB5\x2F\xFD"sv},
                               {0, "MSCF\0\0\0\0"sv},
                               {2, "-lh"sv},
                               {257, "ustar"sv}};

/// Formats that know neither encryption nor packing.
constexpr Magic kOpen[] = {{0, "\xFF\xD8\xFF"sv},
                           {0, "\x89PNG\r\n\x1A\n"sv},
                           {0, "II*\0"sv},
                           {0, "MM\0*"sv},
                           {8, "WAVE"sv},
                           {8, "AVI "sv},
                           {0, "\x00\x00\x01\xBA"sv},
                           {0, "FLV\x01"sv},
                           {0, "fLaC"sv},
                           {0, "ID3"sv}};

/// A zip by their own specification.
constexpr std::string_view kZipFormats[] = {"ofd", "docx", "xlsx", "pptx", "odt", "ods", "odp"};
constexpr std::string_view kTexts[] = {"txt", "csv", "xml", "json", "html", "htm", "md"};

bool has(std::string_view head, const Magic& magic) {
  return head.size() >= magic.offset + magic.bytes.size() &&
         head.substr(magic.offset, magic.bytes.size()) == magic.bytes;
}

template <std::size_t N>
bool has_any(std::string_view head, const Magic (&magics)[N]) {
  return std::any_of(std::begin(magics), std::end(magics),
                     [head](const Magic& magic) { return has(head, magic); });
}

std::string extension_of(std::string_view name) {
  const auto dot = name.rfind('.');
  std::string extension(dot == name.npos ? "" : name.substr(dot + 1));
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// Up to `count` bytes at `offset`; fewer at the end of the file.
std::string read_at(const FileHandle& file, std::uint64_t offset, std::size_t count,
                    const std::string& subject) {
  std::string bytes(count, '\0');
  std::size_t have = 0;
  while (have < count) {
    const auto got =
        ::pread(file.get(), bytes.data() + have, count - have, static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_errno(errno, subject, "kernel.read_failed");
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

/// The name /Encrypt, not a longer one that begins with it.
bool has_encrypt_key(std::string_view bytes) {
  constexpr std::string_view kKey = "/Encrypt";
  for (auto at = bytes.find(kKey); at != bytes.npos; at = bytes.find(kKey, at + 1)) {
    const auto next = at + kKey.size();
    if (next < bytes.size() && std::isalpha(static_cast<unsigned char>(bytes[next])) == 0) {
      return true;
    }
  }
  return false;
}

bool is_pdf_encrypted(const FileHandle& file, const std::string& subject) {
  constexpr std::size_t kOverlap = 16;
  std::string carried;
  for (std::uint64_t at = 0;; at += kBlockBytes) {
    stop_if_interrupted();
    const std::string block = read_at(file, at, kBlockBytes, subject);
    const std::string seen = carried + block;
    const bool is_last = block.size() < kBlockBytes;
    if (has_encrypt_key(is_last ? seen + ' ' : seen)) return true;
    if (is_last) return false;
    carried = seen.substr(seen.size() - kOverlap);
  }
}

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = (value << 8U) | static_cast<unsigned char>(c);
  return value;
}

bool has_scheme(std::string_view moov) {
  for (const auto scheme :
       {"schm\0\0\0\0cenc"sv, "schm\0\0\0\0cens"sv, "schm\0\0\0\0cbc1"sv, "schm\0\0\0\0cbcs"sv}) {
    if (moov.find(scheme) != moov.npos) return true;
  }
  return false;
}

/// Walks the boxes to moov; absent if there is none that can be read.
std::optional<bool> is_mp4_encrypted(const FileHandle& file, const std::string& subject) {
  std::uint64_t at = 0;
  for (int i = 0; i < kBoxesMax; ++i) {
    const std::string header = read_at(file, at, 16, subject);
    if (header.size() < 8) return std::nullopt;
    std::uint64_t size = big_endian(std::string_view(header).substr(0, 4));
    if (size == 1 && header.size() == 16) size = big_endian(std::string_view(header).substr(8, 8));
    if (std::string_view(header).substr(4, 4) == "moov") {
      if (size > kMoovBytesMax || size < 8) return std::nullopt;
      const std::string moov = read_at(file, at, static_cast<std::size_t>(size), subject);
      if (moov.size() < size) return std::nullopt;
      return has_scheme(moov);
    }
    const bool goes_on = size >= 8 && size < (std::uint64_t{1} << 60U);
    if (!goes_on) return std::nullopt;
    at += size;
  }
  return std::nullopt;
}

}  // namespace

Protection protection_of(const std::filesystem::path& path, std::string_view name) {
  const FileHandle file = FileHandle::open_read(path);
  const std::string subject = path.string();
  const std::string head = read_at(file, 0, kHeadBytes, subject);
  const std::string extension = extension_of(name);
  if (head.find("%PDF-") != head.npos) return {is_pdf_encrypted(file, subject), false};
  if (head.starts_with("PK\x03\x04") && head.size() > 6) {
    // Bit 0 of the general purpose flags of the first entry (APPNOTE 4.4.4).
    return {(static_cast<unsigned char>(head[6]) & 1U) != 0, !is_one_of(extension, kZipFormats)};
  }
  if (has_any(head, kArchives)) return {false, true};
  if (has(head, {4, "ftyp"})) return {is_mp4_encrypted(file, subject), false};
  if (has_any(head, kOpen)) return {false, false};
  const bool is_text = is_one_of(extension, kTexts) && head.find('\0') == head.npos;
  if (is_text) return {false, false};
  return {};
}

}  // namespace anjuan::preservation
