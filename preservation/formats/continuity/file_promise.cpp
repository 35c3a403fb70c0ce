#include "preservation/formats/continuity/file_promise.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <unistd.h>

namespace anjuan::formats {

namespace {

/// A file of which pieces are read; what lies behind its end reads as nothing.
class FilePieces {
 public:
  FilePieces(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}

  std::uint64_t size() const { return size_; }

  std::string text(std::uint64_t at, std::size_t count) const {
    std::string bytes(count, '\0');
    const ssize_t got = ::pread(descriptor_, bytes.data(), count, static_cast<off_t>(at));
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }

 private:
  int descriptor_;
  std::uint64_t size_;
};

/// The little-endian number of `count` bytes; 0 where they are not there.
std::uint64_t little(std::string_view bytes, std::size_t at, std::size_t count) {
  if (at + count > bytes.size()) return 0;
  std::uint64_t value = 0;
  for (std::size_t i = count; i > 0; --i) {
    value = value << 8 | static_cast<std::uint8_t>(bytes[at + i - 1]);
  }
  return value;
}

/// RIFF: WAV with what 64-bit sizes add to it (EBU Tech 3306), and AVI.
class RiffPromise {
 public:
  explicit RiffPromise(const FilePieces& file) : file_(file) {}

  FilePromise read() {
    const std::string head = file_.text(0, 12);
    if (head.size() < 12) return {};
    wave_ = head.substr(8) == "WAVE";
    if (!wave_ && head.substr(8) != "AVI ") return {};
    if (!is_open(little(head, 4, 4)) && 8 + little(head, 4, 4) > file_.size()) {
      promise_.cut_short = true;
    }
    walk(12, file_.size(), 0);
    if (wave_ && data_bytes_ > 0) promise_.length_s = length_of_wave();
    return promise_;
  }

 private:
  /// A writer that cannot go back leaves the size at nothing or at the most that it can say.
  static bool is_open(std::uint64_t length) {
    constexpr std::uint64_t kHalf = 0x7FFF'0000;
    return length == 0 || length >= 0xFFFF'0000 || (length >= kHalf && length < kHalf + 0x2'0000);
  }

  void walk(std::uint64_t at, std::uint64_t end, int depth) {
    while (at + 8 <= end && ++elements_ < kElementsMax && !done_) {
      const std::string head = file_.text(at, 8);
      if (head.size() < 8) return;
      const std::uint64_t length = little(head, 4, 4);
      take(head.substr(0, 4), at + 8, length, depth);
      at += 8 + length + (length & 1);
    }
  }

  void take(std::string_view name, std::uint64_t at, std::uint64_t length, int depth) {
    constexpr int kDepthMax = 3;
    if (name == "LIST") {
      const std::string kind = file_.text(at, 4);
      done_ = kind == "movi";
      if (!done_ && length >= 4 && depth < kDepthMax) walk(at + 4, at + length, depth + 1);
    } else if (name == "fmt ") {
      format_ = file_.text(at, 14);
    } else if (name == "fact") {
      samples_ = little(file_.text(at, 4), 0, 4);
    } else if (name == "ds64") {
      long_data_bytes_ = little(file_.text(at, 16), 8, 8);
    } else if (name == "data" && wave_) {
      take_data(at, length);
    } else if (name == "strh" && !wave_) {
      take_stream(file_.text(at, 36));
    }
  }

  void take_data(std::uint64_t at, std::uint64_t length) {
    done_ = true;
    const bool is_long = length == 0xFFFF'FFFF && long_data_bytes_ > 0;
    if (!is_long && is_open(length)) return;
    data_bytes_ = is_long ? long_data_bytes_ : length;
    if (data_bytes_ > file_.size() - std::min(at, file_.size())) promise_.cut_short = true;
  }

  /// What is not coded, or byte by byte (A-law, mu-law), by its bytes; what is, by its own count.
  double length_of_wave() const {
    const double rate = static_cast<double>(little(format_, 4, 4));
    const double block = static_cast<double>(little(format_, 12, 2));
    const auto coding = little(format_, 0, 2);
    const bool even = coding == 1 || coding == 3 || coding == 6 || coding == 7 || coding == 0xFFFE;
    if (rate <= 0 || (even && block <= 0)) return 0;
    if (even) return static_cast<double>(data_bytes_) / (rate * block);
    return is_open(samples_) ? 0 : static_cast<double>(samples_) / rate;
  }

  void take_stream(const std::string& head) {
    const bool video = head.substr(0, 4) == "vids";
    const double rate = static_cast<double>(little(head, 24, 4));
    if (rate <= 0 || seen_video_ || (!video && promise_.length_s > 0)) return;
    promise_.length_s =
        static_cast<double>(little(head, 32, 4)) * static_cast<double>(little(head, 20, 4)) / rate;
    seen_video_ = video;
  }

  const FilePieces& file_;
  FilePromise promise_;
  bool wave_ = false;
  bool seen_video_ = false;
  bool done_ = false;
  std::string format_;  ///< the first bytes of the chunk "fmt "
  std::uint64_t samples_ = 0;
  std::uint64_t data_bytes_ = 0;
  std::uint64_t long_data_bytes_ = 0;
  std::uint32_t elements_ = 0;
};

/// Matroska and WebM (RFC 9559 over RFC 8794): does each element that was begun end in the file?
class MatroskaPromise {
 public:
  explicit MatroskaPromise(const FilePieces& file) : file_(file) {}

  FilePromise read() const {
    FilePromise promise;
    std::uint64_t at = 0;
    for (std::uint32_t count = 0; count < kElementsMax && at < file_.size(); ++count) {
      const auto element = head_at(at);
      if (!element) {
        promise.cut_short = is_cut_head(at);
        break;
      }
      const bool descend = element->id == kSegment || (element->id == kCluster && element->open);
      if (element->open && !descend) break;  // only these two may be open
      at = descend ? element->content : element->end;
    }
    if (at > file_.size()) promise.cut_short = true;
    return promise;
  }

 private:
  static constexpr std::uint64_t kSegment = 0x18538067;
  static constexpr std::uint64_t kCluster = 0x1F43B675;

  struct Element {
    std::uint64_t id = 0;
    std::uint64_t content = 0;
    std::uint64_t end = 0;
    bool open = false;  ///< of unknown size: it ends where the next of its level begins
  };

  /// Bytes of the number that begins with `first`; 0 = none does.
  static std::size_t width_of(std::uint8_t first) {
    for (std::size_t width = 1; width <= 8; ++width) {
      if ((first & (0x100U >> width)) != 0) return width;
    }
    return 0;
  }

  std::optional<Element> head_at(std::uint64_t at) const {
    const std::string bytes = file_.text(at, 12);
    if (bytes.empty()) return std::nullopt;
    const std::size_t id_width = width_of(static_cast<std::uint8_t>(bytes[0]));
    if (id_width == 0 || id_width > 4 || bytes.size() <= id_width) return std::nullopt;
    const std::size_t width = width_of(static_cast<std::uint8_t>(bytes[id_width]));
    if (width == 0 || bytes.size() < id_width + width) return std::nullopt;
    Element element;
    for (std::size_t i = 0; i < id_width; ++i) {
      element.id = element.id << 8 | static_cast<std::uint8_t>(bytes[i]);
    }
    const std::uint64_t most = (std::uint64_t{1} << (7 * width)) - 1;
    std::uint64_t length = 0;
    for (std::size_t i = id_width; i < id_width + width; ++i) {
      length = length << 8 | static_cast<std::uint8_t>(bytes[i]);
    }
    length &= most;
    element.open = length == most;
    element.content = at + id_width + width;
    element.end = element.content + length;
    return element;
  }

  /// Bytes that could begin an element but are too few for its head: the file was cut in it. Zeros
  /// that a disk or card left behind the end begin none.
  bool is_cut_head(std::uint64_t at) const {
    const std::size_t width = width_of(static_cast<std::uint8_t>(file_.text(at, 1)[0]));
    return at + 12 > file_.size() && width > 0 && width <= 4;
  }

  const FilePieces& file_;
};

/// ASF 1.2 section 3.2: the file properties give the time that playing takes.
FilePromise asf_promise(const FilePieces& file) {
  constexpr std::string_view kProperties(
      "\xA1\xDC\xAB\x8C\x47\xA9\xCF\x11\x8E\xE4\x00\xC0\x0C\x20\x53\x65", 16);
  constexpr std::size_t kHeadBytes = 64 * 1024;
  const std::string head = file.text(0, kHeadBytes);
  const std::size_t at = head.find(kProperties);
  FilePromise promise;
  if (at == std::string::npos || at + 92 > head.size()) return promise;
  const bool live = (little(head, at + 88, 4) & 1) != 0;
  if (live) return promise;
  promise.cut_short = little(head, at + 40, 8) > file.size();
  const double plays_s = static_cast<double>(little(head, at + 64, 8)) * 1e-7;
  promise.length_s = std::max(0.0, plays_s - static_cast<double>(little(head, at + 80, 8)) * 1e-3);
  return promise;
}

/// RFC 3533 section 6: the last page is whole and bears the mark that ends its stream.
FilePromise ogg_promise(const FilePieces& file) {
  constexpr std::uint64_t kPageMax = 65'307;
  constexpr std::size_t kHead = 27;
  const std::uint64_t from = file.size() - std::min(file.size(), 2 * kPageMax);
  const std::string tail = file.text(from, 2 * kPageMax);
  const std::size_t at = tail.rfind("OggS");
  FilePromise promise;
  if (at == std::string::npos) return promise;
  std::size_t end = at + kHead;
  if (end <= tail.size()) {
    const auto segments = static_cast<std::uint8_t>(tail[end - 1]);
    end += segments;
    for (std::size_t i = at + kHead; i < std::min(end, tail.size()); ++i) {
      if (i < at + kHead + segments) end += static_cast<std::uint8_t>(tail[i]);
    }
  }
  constexpr std::uint8_t kLastPage = 4;
  promise.cut_short = end > tail.size() || (little(tail, at + 5, 1) & kLastPage) == 0;
  return promise;
}

/// ISO/IEC 13818-1: packets of 188 bytes, on discs with four before each.
FilePromise transport_promise(const FilePieces& file, std::uint64_t packet, std::uint64_t mark) {
  const std::uint64_t rest = file.size() % packet;
  FilePromise promise;
  promise.cut_short =
      rest > mark && file.text(file.size() - rest + mark, 1) == std::string_view("\x47");
  return promise;
}

}  // namespace

FilePromise read_promise(int descriptor, std::uint64_t size) {
  const FilePieces file(descriptor, size);
  const std::string head = file.text(0, 1024);
  const auto starts = [&head](std::string_view mark) { return head.starts_with(mark); };
  const auto syncs = [&head](std::size_t at, std::size_t packet) {
    for (int i = 0; i < 4; ++i, at += packet) {
      if (at >= head.size() || head[at] != '\x47') return false;
    }
    return true;
  };
  if (starts("RIFF") || starts("RF64")) return RiffPromise(file).read();
  if (starts("\x1A\x45\xDF\xA3")) return MatroskaPromise(file).read();
  if (starts("\x30\x26\xB2\x75\x8E\x66\xCF\x11")) return asf_promise(file);
  if (starts("OggS")) return ogg_promise(file);
  if (syncs(0, 188)) return transport_promise(file, 188, 0);
  if (syncs(4, 192)) return transport_promise(file, 192, 4);
  return {};
}

}  // namespace anjuan::formats
