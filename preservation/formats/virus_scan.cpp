#include "preservation/formats/virus_scan.h"

#include <array>
#include <charconv>

#include <sys/stat.h>

#include "core/digest.h"
#include "core/error.h"
#include "core/text.h"

namespace anjuan::preservation {

namespace {

constexpr std::size_t kBlockBytes = 64 * 1024;
constexpr std::string_view kOk = "stream: OK";
constexpr std::string_view kStream = "stream: ";
constexpr std::string_view kFound = " FOUND";
constexpr std::string_view kTooLong = "INSTREAM size limit exceeded. ERROR";

NotScanned why_of(SocketEnd end) {
  switch (end) {
    case SocketEnd::kOk:
      return NotScanned::kNone;
    case SocketEnd::kAbsent:
      return NotScanned::kAbsent;
    case SocketEnd::kTimedOut:
      return NotScanned::kTimedOut;
    case SocketEnd::kBroken:
      break;
  }
  return NotScanned::kBroken;
}

VirusResult not_scanned(NotScanned why, std::string detail = "") {
  VirusResult result;
  result.why = why;
  result.detail = std::move(detail);
  return result;
}

/// What the scanner wrote, fit to be shown and kept: it may be anything.
std::string printable(std::string_view reply) {
  constexpr std::size_t kShownMax = 200;
  std::string text;
  for (const char c : reply.substr(0, kShownMax)) {
    const bool plain = c >= ' ' && c <= '~';
    text += plain ? c : '?';
  }
  return text;
}

/// Without the NUL that ends a reply to a z-command; nothing if it does not end so.
std::optional<std::string_view> line_of(std::string_view reply) {
  if (reply.empty() || reply.find('\0') != reply.size() - 1) return std::nullopt;
  return reply.substr(0, reply.size() - 1);
}

/// `is_all` = every byte of the file was sent, and its end.
VirusResult judged(std::string_view reply, bool is_all) {
  const auto line = line_of(reply);
  if (!line) return not_scanned(NotScanned::kBroken, printable(reply));
  if (*line == kTooLong) return not_scanned(NotScanned::kTooLarge, printable(*line));
  if (line->ends_with(" ERROR")) return not_scanned(NotScanned::kScannerError, printable(*line));
  VirusResult result;
  if (*line == kOk && is_all) {
    result.state = VirusState::kClean;
    return result;
  }
  const bool found = line->starts_with(kStream) && line->ends_with(kFound) &&
                     line->size() > kStream.size() + kFound.size();
  if (!found) return not_scanned(NotScanned::kBroken, printable(*line));
  result.state = VirusState::kInfected;
  result.detail =
      printable(line->substr(kStream.size(), line->size() - kStream.size() - kFound.size()));
  return result;
}

/// Length of a chunk, in network byte order.
std::array<std::byte, 4> length_of(std::size_t bytes) {
  const auto part = [bytes](unsigned shift) { return static_cast<std::byte>(bytes >> shift); };
  return {part(24), part(16), part(8), part(0)};
}

/// One command, its reply and nothing else.
NotScanned ask(ClamdSocket& socket, std::string_view command, std::string& reply) {
  SocketEnd end = socket.state();
  if (end == SocketEnd::kOk) end = socket.send(command);
  if (end == SocketEnd::kOk) end = socket.receive_all(reply);
  return why_of(end);
}

int number(std::string_view text) {
  int value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

/// "Thu Nov 26 08:00:00 2026", the local time of this machine's scanner, read as +08:00.
std::optional<Instant> parse_database_time(std::string_view text) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != 24) return std::nullopt;
  const auto month = kMonths.find(text.substr(4, 3));
  const int day = number(text.substr(text[8] == ' ' ? 9 : 8, text[8] == ' ' ? 1 : 2));
  if (month == kMonths.npos || month % 3 != 0 || day < 1) return std::nullopt;
  return instant_of(fmt::format("{}-{:02}-{:02}T{}+08:00", text.substr(20), month / 3 + 1, day,
                                text.substr(11, 8)));
}

}  // namespace

std::string_view virus_state_word(VirusState state) {
  constexpr std::string_view kWords[] = {"clean", "infected", "not_scanned"};
  return kWords[static_cast<std::size_t>(state)];
}

std::string_view not_scanned_word(NotScanned why) {
  constexpr std::string_view kWords[] = {"",           "switched_off", "absent", "too_large",
                                         "unreadable", "timed_out",    "broken", "scanner_error"};
  return kWords[static_cast<std::size_t>(why)];
}

std::optional<std::int64_t> ScannerInfo::database_age_days(Instant now) const {
  if (!database_made) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(now - *database_made).count();
}

ScannerInfo parse_scanner_version(std::string_view reply) {
  ScannerInfo info;
  const auto line = line_of(reply);
  if (!line || !line->starts_with("ClamAV ")) {
    info.why = NotScanned::kBroken;
    return info;
  }
  const auto first = std::min(line->find('/'), line->size());
  info.engine = printable(line->substr(0, first));
  if (first == line->size()) return info;
  const auto rest = line->substr(first + 1);
  const auto second = std::min(rest.find('/'), rest.size());
  info.database = printable(rest.substr(0, second));
  if (second < rest.size()) info.database_made = parse_database_time(rest.substr(second + 1));
  return info;
}

VirusScanner::VirusScanner(std::filesystem::path socket, std::uint64_t bytes_max,
                           const ScanTimes& times)
    : socket_(std::move(socket)), bytes_max_(bytes_max), times_(times) {}

VirusScanner VirusScanner::open(const std::filesystem::path& socket, std::uint64_t bytes_max,
                                const ScanTimes& times) {
  VirusScanner scanner(socket, bytes_max, times);
  if (socket.empty()) {
    scanner.info_.why = NotScanned::kSwitchedOff;
    return scanner;
  }
  ScanTimes quick = times;
  quick.silence = std::min(times.silence, times.connect);
  quick.file = std::min(times.file, times.connect * 2);
  ClamdSocket question(socket, quick);
  std::string reply;
  const NotScanned why = ask(question, std::string_view("zVERSION\0", 9), reply);
  scanner.info_ = parse_scanner_version(reply);
  if (why != NotScanned::kNone) scanner.info_.why = why;
  return scanner;
}

VirusResult VirusScanner::scan(const std::filesystem::path& file) const {
  if (!info_.is_present()) return not_scanned(info_.why);
  try {
    const FileHandle handle = FileHandle::open_read(file);

    struct stat status {};

    if (::fstat(handle.get(), &status) != 0) return not_scanned(NotScanned::kUnreadable);
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size > bytes_max_) return not_scanned(NotScanned::kTooLarge, human_bytes(bytes_max_));
    return stream(handle, size, file.string());
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kInterrupted) throw;
    return not_scanned(NotScanned::kUnreadable, error.what());
  }
}

VirusResult VirusScanner::stream(const FileHandle& file, std::uint64_t size,
                                 const std::string& subject) const {
  ClamdSocket socket(socket_, times_);
  SocketEnd end = socket.state();
  if (end == SocketEnd::kOk) end = socket.send(std::string_view("zINSTREAM\0", 10));
  std::vector<std::byte> block(kBlockBytes);
  Hasher hasher(DigestAlgorithm::kSha512);
  std::uint64_t sent = 0;
  std::size_t count = 1;
  while (end == SocketEnd::kOk && !socket.has_spoken() && count > 0) {
    count = file.read_some(block, subject);
    const auto length = length_of(count);  // 0 ends the stream
    end = socket.send(length);
    if (end != SocketEnd::kOk || socket.has_spoken()) break;
    end = socket.send(std::span(block).first(count));
    hasher.update(std::span<const std::byte>(block).first(count));
    sent += count;
  }
  const bool is_all = count == 0 && !socket.has_spoken();
  std::string reply;
  if (end == SocketEnd::kOk) end = socket.receive_all(reply);
  if (end != SocketEnd::kOk) return not_scanned(why_of(end), printable(reply));
  if (is_all && sent != size) return not_scanned(NotScanned::kUnreadable);
  VirusResult result = judged(reply, is_all);
  result.bytes = sent;
  if (is_all) result.sha512 = hasher.finish();
  return result;
}

}  // namespace anjuan::preservation
