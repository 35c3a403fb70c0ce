#include "preservation/formats/continuity/box_walker.h"

#include <array>
#include <cstring>
#include <vector>

#include <unistd.h>

namespace anjuan::formats {

namespace {

constexpr int kDepthMax = 12;
constexpr std::size_t kFingerprintMax = 4000;
constexpr std::uint64_t kTableBytesMax = 16ULL * 1024 * 1024;
/// 1904-01-01, from which these files count, to 1970-01-01.
constexpr std::int64_t kEpochDistance = 2'082'844'800;

using Bytes = std::vector<std::uint8_t>;

std::uint32_t be32(const Bytes& bytes, std::size_t at) {
  if (at + 4 > bytes.size()) return 0;
  return static_cast<std::uint32_t>(bytes[at]) << 24 |
         static_cast<std::uint32_t>(bytes[at + 1]) << 16 |
         static_cast<std::uint32_t>(bytes[at + 2]) << 8 | bytes[at + 3];
}

std::uint64_t be64(const Bytes& bytes, std::size_t at) {
  return static_cast<std::uint64_t>(be32(bytes, at)) << 32 | be32(bytes, at + 4);
}

struct Box {
  std::string type;
  std::uint64_t content = 0;
  std::uint64_t end = 0;
};

/// What one trak holds, kept until it is known to be the one that is wanted.
struct TrackFacts {
  bool is_video = false;
  bool is_sound = false;
  std::uint32_t timescale = 0;
  std::uint32_t edits = 0;
  std::int64_t skipped = 0;
  std::uint64_t empty = 0;  ///< in the movie's time scale
  std::uint64_t duration = 0;
  std::uint64_t samples = 0;
};

bool is_container(const std::string& type) {
  for (const char* name :
       {"moov", "trak", "mdia", "minf", "stbl", "edts", "udta", "mvex", "moof", "traf", "dinf"}) {
    if (type == name) return true;
  }
  return false;
}

/// Boxes that stand at the top; what recorders of their own append behind them is not taken for
/// one that was cut.
bool is_outermost(const std::string& type) {
  for (const char* name : {"ftyp", "styp", "moov", "moof", "mdat", "mfra", "sidx", "free", "skip",
                           "wide", "uuid", "meta", "udta"}) {
    if (type == name) return true;
  }
  return false;
}

std::string printable(const std::string& type) {
  std::string text;
  for (const char letter : type) text += letter > ' ' && letter < '\x7f' ? letter : '_';
  return text;
}

class Walker {
 public:
  Walker(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}

  BoxFacts walk() {
    const auto first = header(0, size_);
    if (!first || !can_begin(first->type)) return {};
    facts_.is_box_file = true;
    walk_level(0, size_, 0);
    return facts_;
  }

 private:
  static bool can_begin(const std::string& type) {
    for (const char* name : {"ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"}) {
      if (type == name) return true;
    }
    return false;
  }

  Bytes read(std::uint64_t at, std::uint64_t count) const {
    Bytes bytes(static_cast<std::size_t>(std::min(count, kTableBytesMax)));
    const ssize_t got = ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(at));
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }

  std::optional<Box> header(std::uint64_t at, std::uint64_t end) const {
    if (at + 8 > end || at + 8 < at) return std::nullopt;
    const Bytes bytes = read(at, 16);
    if (bytes.size() < 8) return std::nullopt;
    Box box;
    box.type.assign(bytes.begin() + 4, bytes.begin() + 8);
    std::uint64_t length = be32(bytes, 0);
    box.content = at + 8;
    if (length == 1 && bytes.size() == 16) {
      length = be64(bytes, 8);
      box.content = at + 16;
    } else if (length == 0) {
      length = end - at;
    }
    if (length < box.content - at || length > UINT64_MAX - at) return std::nullopt;
    box.end = at + length;
    return box;
  }

  void note(const std::string& text) {
    if (facts_.fingerprint.size() + text.size() < kFingerprintMax) facts_.fingerprint += text;
  }

  void walk_level(std::uint64_t at, std::uint64_t end, int depth) {
    std::string previous;
    while (++boxes_ <= kBoxesMax) {
      auto box = header(at, end);
      if (!box) return;
      if (box->end > end) {
        if (depth == 0 && is_outermost(box->type)) facts_.missing_bytes += box->end - end;
        box->end = end;
      }
      if (box->type != previous) note((previous.empty() ? "" : " ") + printable(box->type));
      previous = box->type;
      visit(*box, depth);
      at = box->end;
    }
  }

  void visit(const Box& box, int depth) {
    if (box.type == "mdat") has_media_ = true;
    if (box.type == "moov") {
      facts_.has_index = true;
      facts_.index_first = !has_media_;
    }
    if (box.type == "moof") facts_.fragmented = true;
    if (box.type == "trak") track_ = {};
    if (is_container(box.type) && depth < kDepthMax) {
      note("(");
      walk_level(box.content, box.end, depth + 1);
      note(")");
    } else {
      read_leaf(box);
    }
    if (box.type == "trak") take_track();
  }

  void read_leaf(const Box& box) {
    const std::uint64_t count = box.end - box.content;
    if (box.type == "ftyp") return brands(read(box.content, std::min<std::uint64_t>(count, 64)));
    if (box.type == "mvhd") return movie_header(read(box.content, 32));
    if (box.type == "mdhd") return media_header(read(box.content, 32));
    if (box.type == "hdlr") return handler(read(box.content, std::min<std::uint64_t>(count, 64)));
    if (box.type == "elst") return edit_list(read(box.content, count));
    if (box.type == "stts") return time_table(read(box.content, count));
  }

  void brands(const Bytes& bytes) {
    if (bytes.size() >= 4) facts_.brand.assign(bytes.begin(), bytes.begin() + 4);
    std::string list = ":";
    for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) {
      if (at == 4) continue;  // the minor version
      list += printable(std::string(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                    bytes.begin() + static_cast<std::ptrdiff_t>(at) + 4));
      list += ',';
    }
    list.pop_back();
    note(list);
  }

  static std::optional<std::int64_t> time_of(std::uint64_t value) {
    if (value == 0 || value > 10'000'000'000ULL) return std::nullopt;
    const std::int64_t since = static_cast<std::int64_t>(value) - kEpochDistance;
    // Some writers count from 1970 by mistake: such times would lie before it.
    return since < 0 ? static_cast<std::int64_t>(value) : since;
  }

  void movie_header(const Bytes& bytes) {
    if (bytes.size() < 32) return;
    const bool wide = bytes[0] == 1;
    facts_.created_s = time_of(wide ? be64(bytes, 4) : be32(bytes, 4));
    facts_.modified_s = time_of(wide ? be64(bytes, 12) : be32(bytes, 8));
    movie_scale_ = wide ? be32(bytes, 20) : be32(bytes, 12);
  }

  void media_header(const Bytes& bytes) {
    if (bytes.size() < 24) return;
    track_.timescale = bytes[0] == 1 ? be32(bytes, 20) : be32(bytes, 12);
  }

  void handler(const Bytes& bytes) {
    if (bytes.size() < 12) return;
    const std::string type(bytes.begin() + 8, bytes.begin() + 12);
    if (type == "vide") track_.is_video = true;
    if (type == "soun") track_.is_sound = true;
    note(":" + printable(type));
  }

  void edit_list(const Bytes& bytes) {
    if (bytes.size() < 8) return;
    const bool wide = bytes[0] == 1;
    const std::size_t entry = wide ? 20 : 12;
    bool begun = false;
    for (std::size_t at = 8; at + entry <= bytes.size() && track_.edits < 10'000; at += entry) {
      const std::uint64_t length = wide ? be64(bytes, at) : be32(bytes, at);
      const auto begin = wide ? static_cast<std::int64_t>(be64(bytes, at + 8))
                              : static_cast<std::int32_t>(be32(bytes, at + 4));
      if (begin < 0) {
        track_.empty += length;
        continue;
      }
      ++track_.edits;
      if (!begun) track_.skipped = begin;
      begun = true;
    }
  }

  void time_table(const Bytes& bytes) {
    for (std::size_t at = 8; at + 8 <= bytes.size(); at += 8) {
      const std::uint64_t count = be32(bytes, at);
      track_.samples += count;
      track_.duration += count * be32(bytes, at + 4);
    }
  }

  void take_track() {
    const bool first_sound = track_.is_sound && !seen_video_ && facts_.declared_s == 0;
    if (!first_sound && (!track_.is_video || seen_video_)) return;
    seen_video_ = track_.is_video;
    const double unit = track_.timescale == 0 ? 0 : 1.0 / track_.timescale;
    facts_.edits = track_.edits;
    facts_.skipped_s = static_cast<double>(track_.skipped) * unit;
    facts_.empty_s = movie_scale_ == 0 ? 0 : static_cast<double>(track_.empty) / movie_scale_;
    facts_.declared_s = static_cast<double>(track_.duration) * unit;
    facts_.samples = track_.samples;
  }

  int descriptor_;
  std::uint64_t size_;
  std::uint32_t boxes_ = 0;
  std::uint32_t movie_scale_ = 0;
  bool seen_video_ = false;
  bool has_media_ = false;
  TrackFacts track_;
  BoxFacts facts_;
};

}  // namespace

BoxFacts walk_boxes(int descriptor, std::uint64_t size) { return Walker(descriptor, size).walk(); }

}  // namespace anjuan::formats
