#pragma once
// What every rule over one METS document works with, and the checks that most rules are made of.

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/clock.h"
#include "core/digest.h"
#include "packager/verify/aip_tree.h"
#include "packager/verify/eark/mets_model.h"
#include "packager/verify/eark/report.h"

namespace anjuan::packager::eark {

/// A digest that a METS states and that the bytes on the disk must still be held against.
struct PendingDigest {
  std::size_t file = 0;  ///< index in AipTree::files()
  DigestAlgorithm algorithm = DigestAlgorithm::kSha512;
  std::string checksum;    ///< lower case
  std::string_view id;     ///< requirement
  std::string_view where;  ///< the METS on the disk
  Place place;
};

/// All of a package, packed: 100,000 in some ten megabytes.
class PendingDigests {
 public:
  void add(const PendingDigest& digest);

  std::size_t size() const { return rows_.size(); }

  PendingDigest at(std::size_t index) const;

 private:
  struct Row {
    std::uint32_t file;
    std::uint32_t line;
    std::uint32_t column;
    DigestAlgorithm algorithm;
    std::uint16_t id;
    std::uint16_t where;
    std::uint32_t offset;  ///< of the digest in its chunk
    std::uint32_t chunk;
  };

  static std::uint16_t place_of(std::vector<std::string>& texts, std::string_view text);

  std::deque<Row> rows_;
  std::vector<std::string> ids_;
  std::vector<std::string> documents_;
  std::vector<std::string> chunks_;  ///< bytes of the digests
};

/// The names of a package without regard to case, as most systems that packages come from see them.
class CaselessNames {
 public:
  explicit CaselessNames(AipTree& tree);

  bool has_folder(std::string_view path) const;
  /// The only file that bears this name in another case, or nullptr.
  AipFile* find(std::string_view path);

 private:
  AipTree& tree_;
  std::set<std::string, std::less<>> folders_;
  std::optional<std::unordered_map<std::string, AipFile*>> files_;  ///< made when first asked for
};

/// Which specification's rules apply besides CSIP's.
enum class PackageRules { kCsipOnly, kSip, kAip, kDip };

class RuleContext {
 public:
  AipTree& tree;
  std::string path;    ///< of the METS inside the package
  std::string folder;  ///< name of the folder that it describes
  Instant now;
  Report& report;
  PendingDigests& pending;
  std::string where;  ///< the METS on the disk
  CaselessNames& names;
  PackageRules rules = PackageRules::kCsipOnly;

  /// The METS of the package, not of a representation.
  bool is_root() const { return path == "METS.xml"; }

  std::string here(Place place) const { return at(where, place); }

  void fails(std::string_view id, Place place, std::string_view fact) {
    report.fails(id, here(place), fact);
  }

  /// `what` is the attribute as the specification writes it, e.g. "mets/@OBJID". Each returns true
  /// if the value is right; a missing or empty value is a fault of its own.
  bool given(std::string_view id, const Value& value, std::string_view what, Place place);
  bool equals(std::string_view id, const Value& value, std::string_view wanted,
              std::string_view what, Place place);
  bool among(std::string_view id, const Value& value, bool (*known)(std::string_view),
             std::string_view what, Place place);
  bool time(std::string_view id, const Value& value, std::string_view what, Place place);
  bool identifier(std::string_view id, const Identifier& identifier, std::string_view what,
                  Place place);
  /// Says that the value breaks the requirement.
  void wrong(std::string_view id, const std::string& value, std::string_view what, Place place);
};

/// A list of IDs, separated by white space.
std::vector<std::string_view> id_list(std::string_view text);

}  // namespace anjuan::packager::eark
