#pragma once
// Who and what the PREMIS documents of a package describe, and whether all that they name is
// described: identifiers are unique, references lead somewhere.
//
// Identifiers are kept as 64-bit hashes, so memory is bounded by some 50 bytes for each. Somebody
// who makes two hashes collide on purpose gains nothing: he could describe the object as well.

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "packager/verify/finding_sink.h"
#include "packager/verify/premis_reader.h"

namespace anjuan::packager {

/// How hard the rules are for a package.
enum class PremisProfile {
  kAnjuan,  ///< written by this program: our own XSD, and every rule an error
  kAip,     ///< an E-ARK AIP of others: AIP16 and AIP18 are errors
  kOther,   ///< another E-ARK package: events and agents as PREMIS recommends
};

class PremisHistory {
 public:
  PremisHistory(PremisProfile profile, FindingSink& findings)
      : profile_(profile), findings_(findings) {}

  /// The documents are told one after the other. `where` is the document's place on the disk.
  void begin_document(std::string where);
  /// PREMIS-ID if an identifier is taken, AIP16 if an event links no agent.
  void describe(const PremisEntity& entity);
  void refer(PremisKind to, const PremisIdentifier& id);

  /// AIP18 and PREMIS-REF, after the last document.
  void report();

 private:
  struct Described {
    std::uint32_t document;
    std::uint64_t sense;  ///< what must be the same where it is described again
  };

  struct Known {
    std::unordered_map<std::uint64_t, Described> identifiers;  ///< by type and value
    std::unordered_set<std::uint64_t> values;
  };

  struct Reference {
    std::uint64_t identifier;
    std::uint64_t value_hash;
    PremisKind kind;
    std::uint32_t document;
    Place place;
    std::string value;
  };

  std::string where(std::uint32_t document, Place place) const;
  void report(const Reference& reference);
  void complain(bool must, std::string_view code, const std::string& where,
                std::string_view message);

  PremisProfile profile_;
  FindingSink& findings_;
  std::vector<std::string> documents_;
  std::array<Known, 4> known_;  ///< by PremisKind
  std::vector<Reference> pending_;
  bool complete_ = true;
};

}  // namespace anjuan::packager
