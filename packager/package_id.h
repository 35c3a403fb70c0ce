#pragma once
// The identity of one case's package: constant over all versions and for ever (AIPM1, OCFL E037).

#include <string>
#include <string_view>

namespace anjuan::packager {

class PackageId {
 public:
  /// The package of a case: the same fonds and case number always give the same identity, so that
  /// a case can never be stored twice (docs/adr: package identity).
  static PackageId of_case(std::string_view fonds_code, std::string_view case_no);

  /// The package that a foreign one is kept in: the same content always gives the same identity
  /// (docs/adr/0031-adopted-packages.md).
  static PackageId of_adopted(std::string_view file_set_digest);

  /// From a UUID, "urn:uuid:UUID" or "aip-UUID". Throws Error(kUsage) for anything else.
  static PackageId parse(std::string_view text);

  const std::string& uuid() const { return uuid_; }

  std::string urn() const { return "urn:uuid:" + uuid_; }  ///< OCFL id

  std::string objid() const { return "aip-" + uuid_; }  ///< METS OBJID and folder name

  /// Folder of the object below an OCFL storage root, by extension
  /// 0004-hashed-n-tuple-storage-layout (sha256 of the OCFL id, three tuples of three).
  std::string object_path() const;

  auto operator<=>(const PackageId&) const = default;

 private:
  explicit PackageId(std::string uuid) : uuid_(std::move(uuid)) {}

  std::string uuid_;
};

}  // namespace anjuan::packager
