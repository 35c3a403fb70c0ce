#pragma once
// Findings under requirement ids of the E-ARK specifications, with the requirement in plain words.

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "packager/verify/finding_sink.h"

namespace anjuan::packager::eark {

/// One row of schemas/eark/requirements.json.
struct Requirement {
  Severity level = Severity::kError;  ///< MUST error, SHOULD warn, MAY info
  std::string chinese;                ///< what it demands
  std::string english;
};

/// Throws Error(kInternal) for an id that the table does not have.
const Requirement& requirement(std::string_view id);

/// A tree of a million faults of one kind says it this often, then only how often it was.
inline constexpr std::size_t kSameFaultMax = 1000;

/// Adds the requirement to what a rule found. `fact` is a whole sentence with the next step.
class Report {
 public:
  explicit Report(FindingSink& findings) : findings_(findings) {}

  /// Says for each requirement how many faults were counted and not listed.
  void close();

  /// At the level of the requirement.
  void fails(std::string_view id, std::string_view where, std::string_view fact);
  /// At a level of its own: a MUST that holds only for some, a word that the standard only advises.
  void fails_as(Severity level, std::string_view id, std::string_view where, std::string_view fact);

  /// For what is not said in terms of a requirement.
  FindingSink& findings() { return findings_; }

 private:
  FindingSink& findings_;
  std::map<std::string, std::size_t, std::less<>> counts_;  ///< by id
};

}  // namespace anjuan::packager::eark
