#pragma once
// From a submission on the desk to a stored, indexed package: the pipeline as one function.
//
// Running it again after a crash goes on where it stopped; running it again after success finds
// that the case is stored and changes nothing.

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "core/actor.h"
#include "core/clock.h"
#include "core/config.h"
#include "core/durable.h"
#include "core/finding.h"
#include "core/progress.h"
#include "ingest/stages.h"
#include "preservation/formats/identify.h"
#include "preservation/formats/policy.h"
#include "preservation/formats/virus_scan.h"
#include "preservation/rules/law_book.h"
#include "preservation/store/store.h"

namespace anjuan::ingest {

/// Hears of each finished step; prints or records it.
class StepListener {
 public:
  virtual ~StepListener() = default;
  virtual void step(const std::string& case_no, std::string_view step, StepState state,
                    std::chrono::milliseconds took) = 0;
};

/// What an accession works with. All references outlive it.
struct Desk {
  const Config& config;
  std::filesystem::path workspace;  ///< folder for work in flight, on the store's file system
  preservation::Store& store;
  const rules::LawBook& law;
  const preservation::VirusScanner& scanner;
  const formats::Identifier& identifier;
  const formats::FormatPolicy& policy;
  /// Profiles of recorders, NUMBER.json each.
  std::filesystem::path devices;
  const Clock& clock;
  Actor actor;
  StepListener& steps;
  Progress& progress;
  /// Puts a stored package into the index. May be called again for the same package.
  std::function<void(const packager::PackageId&)> publish;
};

/// The yes to a submission that differs from what is stored under its case number.
struct Supplement {
  packager::PackageId package;
  std::string reason;
};

/// What is handed in at the desk.
struct HandedIn {
  std::filesystem::path submission;
  std::optional<Supplement> supplement;
  std::optional<std::filesystem::path> defects;  ///< a defect statement
  /// Why marks of secrets in it are none (非涉密): the actor answers for it, and an event keeps it.
  std::string not_secret;
};

/// A case that is sent back is expected again within so many working days.
inline constexpr int kReturnWorkdays = 5;

enum class Outcome {
  kStored,         ///< a new package or version
  kAlreadyStored,  ///< the same case number and the same set of files: nothing was changed
  kStopped,        ///< findings of severity error or worse: nothing was stored
};

struct Receipt {
  Outcome outcome = Outcome::kStopped;
  std::string case_no;
  std::string package;  ///< UUID, "" if nothing is stored
  int version = 0;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::string verdict;
  Findings findings;
  std::vector<std::string> notes;  ///< what every report of the case says
  std::string return_by;           ///< "2026-11-30" for a case that is sent back, else ""
};

/// One process at a time works on a case. Throws Error(kBusy).
FileLock lock_case(const Desk& desk, const packager::PackageId& id);

/// Throws Error for what stops it: refused or unreadable input, a full disk, an interruption.
Receipt accession(const HandedIn& handed_in, Desk& desk);

}  // namespace anjuan::ingest
