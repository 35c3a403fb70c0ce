#include "core/journal.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fault_point.h"
#include "core/messages.h"

namespace anjuan {

namespace {

constexpr std::string_view kHeaderKey = "anjuan-journal";
constexpr std::int64_t kVersion = 1;
/// After the checksum of a line that was not made durable before the next one was written.
constexpr char kLazyMark = '~';

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4), the reflected polynomial 0x82F63B78.
constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    std::uint32_t value = byte;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1U) ^ ((value & 1U) * 0x82F63B78U);
    table[byte] = value;
  }
  return table;
}

std::uint32_t crc32c(std::string_view text) {
  static constexpr auto kTable = make_table();
  std::uint32_t value = ~0U;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    value = (value >> 8U) ^ kTable[(value ^ byte) & 0xFFU];
  }
  return ~value;
}

enum class Promise { kDurable, kLazy };

std::string line_of(const Json& entry, Promise promise) {
  const std::string text = entry.dump();
  return fmt::format("{}\t{:08x}{}\n", text, crc32c(text),
                     promise == Promise::kLazy ? std::string_view(&kLazyMark, 1) : "");
}

struct Line {
  std::string_view text;  ///< the JSON; empty = torn or damaged
  Promise promise = Promise::kLazy;
};

Line parse_line(std::string_view body) {
  const bool lazy = body.ends_with(kLazyMark);
  if (lazy) body.remove_suffix(1);
  const auto tab = body.rfind('\t');
  if (tab == body.npos) return {};
  const std::string_view text = body.substr(0, tab);
  if (body.substr(tab + 1) != fmt::format("{:08x}", crc32c(text))) return {};
  return {text, lazy ? Promise::kLazy : Promise::kDurable};
}

/// True if a whole durable line stands at the end of a damaged one, whose line end was hit.
bool swallowed_a_durable_line(std::string_view body) {
  for (auto at = body.find('{', 1); at != body.npos; at = body.find('{', at + 1)) {
    const Line line = parse_line(body.substr(at));
    if (!line.text.empty() && line.promise == Promise::kDurable) return true;
  }
  return false;
}

struct Scan {
  std::vector<std::string_view> texts;  ///< up to the first damaged line
  std::size_t whole_bytes = 0;          ///< their length
  bool damaged_inside = false;          ///< a line that was promised lies behind the damage
};

/// A valid durable line proves that all before it was on disk when it was written; so damage
/// before such a line is damage, and damage after the last one is a write that was cut short.
Scan scan(std::string_view rest) {
  Scan result;
  bool damaged = false;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const std::string_view body = rest.substr(0, end);
    const Line line = end == rest.npos ? Line{} : parse_line(body);
    rest.remove_prefix(std::min(rest.size(), body.size() + 1));
    damaged = damaged || line.text.empty();
    if (!damaged) {
      result.texts.push_back(line.text);
      result.whole_bytes += body.size() + 1;
      continue;
    }
    const bool durable = !line.text.empty() && line.promise == Promise::kDurable;
    if (durable || (end != body.npos && swallowed_a_durable_line(body))) {
      result.damaged_inside = true;
    }
  }
  return result;
}

FileHandle open_or_create(const std::filesystem::path& path) {
  FileHandle handle(
      ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (handle.get() < 0) throw_errno(errno, path.string(), "kernel.write_failed");
  return handle;
}

std::string fault_name(const Json& entry) { return "journal:" + entry.text_or("step", ""); }

}  // namespace

Journal::Journal(std::filesystem::path path, FileHandle handle)
    : path_(std::move(path)), handle_(std::move(handle)) {}

Journal Journal::open(const std::filesystem::path& path) {
  Journal journal(path, open_or_create(path));
  journal.recover();
  if (journal.bytes_ == 0) journal.write_header();
  return journal;
}

void Journal::recover() {
  const std::string subject = path_.string();
  const std::string bytes = read_file(path_);
  const Scan found = scan(bytes);
  if (found.damaged_inside) {
    throw Error(ErrorCode::kCorrupt, subject,
                say("kernel.journal_damaged",
                    {{"path", subject}, {"line", std::to_string(found.texts.size() + 1)}}));
  }
  for (const std::string_view text : found.texts) entries_.push_back(Json::parse(text, subject));
  bytes_ = static_cast<std::int64_t>(found.whole_bytes);
  if (found.whole_bytes < bytes.size() && ::ftruncate(handle_.get(), bytes_) != 0) {
    throw_errno(errno, subject, "kernel.write_failed");
  }
  if (entries_.empty()) return;
  const Json* version = entries_.front().find(kHeaderKey);
  if (version == nullptr || version->as_integer() != kVersion) {
    throw Error(ErrorCode::kInvalid, subject, say("kernel.journal_newer", {{"path", subject}}));
  }
  entries_.erase(entries_.begin());
  // What a crash left unsynced must not be built upon before it is durable.
  sync();
}

void Journal::write_header() {
  write_line(line_of(Json::object({{std::string(kHeaderKey), Json::integer(kVersion)}}),
                     Promise::kDurable));
  sync();
  sync_folder(path_.has_parent_path() ? path_.parent_path() : ".");
}

const Json* Journal::last(std::string_view step) const {
  const auto found = std::find_if(entries_.rbegin(), entries_.rend(), [&](const Json& entry) {
    return entry.text_or("step", "") == step;
  });
  return found == entries_.rend() ? nullptr : &*found;
}

void Journal::append(Json entry) {
  fault_point(fault_name(entry));
  if (unsynced_) sync();
  const std::int64_t before = bytes_;
  write_line(line_of(entry, Promise::kDurable));
  try {
    sync();
  } catch (const Error&) {
    bytes_ = before;
    if (::ftruncate(handle_.get(), before) != 0) unsynced_ = true;  // The next sync tells again.
    throw;
  }
  entries_.push_back(std::move(entry));
  fault_point(fault_name(entries_.back()));
}

void Journal::append_lazily(Json entry) {
  write_line(line_of(entry, Promise::kLazy));
  unsynced_ = true;
  entries_.push_back(std::move(entry));
}

void Journal::write_line(const std::string& line) {
  try {
    handle_.write_all(std::as_bytes(std::span(line)), path_.string());
  } catch (const Error&) {
    // Half a line must not stand before a whole one. If even this fails, the next open() sees
    // the half line as damage or as a torn end; either is told.
    if (::ftruncate(handle_.get(), bytes_) != 0) handle_.close();
    throw;
  }
  bytes_ += static_cast<std::int64_t>(line.size());
}

void Journal::sync() {
  if (::fdatasync(handle_.get()) != 0) throw_errno(errno, path_.string(), "kernel.sync_failed");
  unsynced_ = false;
}

}  // namespace anjuan
