#pragma once
// Is this package whole? Reads a package from the disk alone and says what it finds.
//
// Reader and writer are separate code: nothing here uses the package builder. A package is never
// changed, no link is followed, nothing outside its folder is opened, no network is used.
// "Unchecked" is never "valid": what this version cannot check fully gets the verdict kUnchecked.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/finding.h"
#include "core/progress.h"

namespace anjuan::packager {

/// kAnjuan = an OCFL object whose head holds exactly one aip-*/METS.xml; kEark = a bare folder.
enum class PackageKind { kAnjuan, kOcfl, kEark, kBagit, kUnknown };

enum class Verdict { kValid, kInvalid, kUnchecked };

/// More threads than this do not make any disk faster.
inline constexpr unsigned kVerifyThreadsMax = 64;

/// A container that was unpacked, for as long as `guard` lives.
struct UnpackedContainer {
  std::filesystem::path folder;
  std::string root;    ///< the only folder at its top; "" if there is anything else
  std::string format;  ///< "zip", "tar", "tar.gz", ...
  std::shared_ptr<const void> guard;
};

/// kNone reads no content: what then finds no error is unchecked.
enum class DigestCheck { kAll, kNone };

struct VerifyOptions {
  std::optional<PackageKind> as;  ///< forces the kind instead of telling it from the marks
  unsigned threads = 2;           ///< that digest files; 1 to kVerifyThreadsMax
  /// Also SM3 fixities, the METS and PREMIS of every version, and the proofs of derivatives.
  bool deep = false;
  DigestCheck digests = DigestCheck::kAll;
  /// How containers are opened; without it they are "not checked".
  std::function<UnpackedContainer(const std::filesystem::path&)> unpack;
  /// Deep only: holds a derivative against the proof beside it, by decoding, which this layer
  /// cannot do. `where` names the derivative in findings. Without it the proofs are "not checked".
  std::function<Findings(const std::filesystem::path& derivative,
                         const std::filesystem::path& proof, const std::string& where,
                         Progress& progress)>
      check_derivative;
  Instant now = SystemClock().now();  ///< later times are times in the future
};

/// A finding's `where` is "path inside the package" or "path:line:column".
struct VerifyReport {
  std::string path;   ///< as given
  std::string label;  ///< the package's title and case number, "" if it has none that can be read
  PackageKind kind = PackageKind::kUnknown;
  bool is_storage_root = false;  ///< then only declaration and layout were judged, not the objects
  Verdict verdict = Verdict::kUnchecked;
  std::uint64_t files_expected = 0;  ///< content files that the package says it has
  std::uint64_t files_checked = 0;   ///< of them, digested
  std::uint64_t proofs_checked = 0;  ///< derivatives that were decoded again and compared
  std::uint64_t bytes_checked = 0;
  Findings findings;  ///< all of them, up to kFindingsMax of packager/verify/finding_sink.h
};

/// Verifies one package (or the declaration and layout of one OCFL storage root, not its objects).
/// What is wrong is in the report; throws only Error(kInterrupted), or what `progress` throws.
VerifyReport verify_package(const std::filesystem::path& path, const VerifyOptions& options,
                            Progress& progress);

/// The same; for an OCFL storage root also every object in it, in byte order of their paths.
/// `done` gets each report as soon as it is complete.
void verify_all(const std::filesystem::path& path, const VerifyOptions& options, Progress& progress,
                const std::function<void(const VerifyReport&)>& done);

/// "anjuan", "ocfl", "eark", "bagit", "unknown".
std::string_view kind_word(PackageKind kind);
/// The inverse; nothing for any other word.
std::optional<PackageKind> kind_of_word(std::string_view word);
/// "valid", "invalid", "unchecked".
std::string_view verdict_word(Verdict verdict);

/// From the findings alone: invalid with any failed error; else unchecked if an error-level check
/// was not carried out; else valid.
Verdict verdict_of(const Findings& findings);

/// 0 valid, 3 invalid, 4 unchecked (docs/cli.md).
int exit_status(Verdict verdict);

}  // namespace anjuan::packager
