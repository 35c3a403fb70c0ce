#pragma once
// The virus check: files go to clamd over its Unix socket (man 8 clamd: zVERSION, zINSTREAM).
//
// "Clean" is said only after an explicit OK for all bytes of exactly this file, as `sha512` proves;
// whatever else happens is "not scanned", with the reason. No scanner code runs in this program,
// no shell is used. Foreign bytes are only passed on; each file has a connection of its own, so
// that no reply can be taken for another file's. docs/formats/four-nature.md, "Virus check".

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "preservation/formats/clamd_socket.h"

namespace anjuan::preservation {

enum class VirusState { kClean, kInfected, kNotScanned };

enum class NotScanned {
  kNone,          ///< it was scanned
  kSwitchedOff,   ///< no socket is configured
  kAbsent,        ///< nobody answers at the socket
  kTooLarge,      ///< beyond our limit or the scanner's
  kUnreadable,    ///< the file cannot be read, or changed while it was read
  kTimedOut,      ///< the scanner kept us waiting
  kBroken,        ///< the connection ended, or the reply is none of clamd's
  kScannerError,  ///< the scanner says that it could not
};

std::string_view virus_state_word(VirusState state);  ///< "clean", "infected", "not_scanned"
/// "absent", "too_large", "unreadable", ...: the end of a message's id "virus.why_..."; "" for
/// kNone.
std::string_view not_scanned_word(NotScanned why);

struct VirusResult {
  VirusState state = VirusState::kNotScanned;
  NotScanned why = NotScanned::kNone;
  std::string detail;       ///< the signature's name, or what the scanner said
  std::uint64_t bytes = 0;  ///< that the scanner was given
  std::string sha512;       ///< of them; "" if it was not given all
};

/// What the scanner says of itself.
struct ScannerInfo {
  NotScanned why = NotScanned::kNone;  ///< kNone = it answered
  std::string engine;                  ///< "ClamAV 1.4.3"
  std::string database;                ///< "27123", "" where it names none
  std::optional<Instant> database_made;

  bool is_present() const { return why == NotScanned::kNone; }

  /// Whole days since the database was made; nothing if that is not known.
  std::optional<std::int64_t> database_age_days(Instant now) const;
};

/// clamd's databases come daily; an older one than this is warned of.
inline constexpr std::int64_t kDatabaseAgeWarnDays = 7;

/// What Debian's clamd takes: MaxFileSize and StreamMaxLength are 25M in its clamd.conf.
inline constexpr std::uint64_t kScanBytesMaxDefault = 25ULL * 1024 * 1024;

class VirusScanner {
 public:
  /// Asks the scanner for its version. "" = none is configured. Never throws for what it finds.
  /// `bytes_max`: clamd says OK, without a look, for files beyond its MaxFileSize; so larger ones
  /// are not even sent and are "not scanned".
  static VirusScanner open(const std::filesystem::path& socket,
                           std::uint64_t bytes_max = kScanBytesMaxDefault,
                           const ScanTimes& times = {});

  const ScannerInfo& info() const { return info_; }

  /// Throws only Error(kInterrupted).
  VirusResult scan(const std::filesystem::path& file) const;

 private:
  VirusScanner(std::filesystem::path socket, std::uint64_t bytes_max, const ScanTimes& times);
  VirusResult stream(const FileHandle& file, std::uint64_t size, const std::string& subject) const;

  std::filesystem::path socket_;
  std::uint64_t bytes_max_;
  ScanTimes times_;
  ScannerInfo info_;
};

/// Reads "ClamAV 1.4.3/27123/Thu Nov 26 08:00:00 2026"; engine "" if it is nothing of the kind.
ScannerInfo parse_scanner_version(std::string_view reply);

}  // namespace anjuan::preservation
