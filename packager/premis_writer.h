#pragma once
// Writes one PREMIS 3.0 document, streaming. docs/formats/premis.md shows what stands in it.
//
// Rules for the caller: objects first, then events, agents and rights (the schema's order); at
// least one object; close() at the end.

#include <filesystem>
#include <string>
#include <vector>

#include "core/digest.h"
#include "core/xml_writer.h"
#include "packager/package_draft.h"

namespace anjuan::packager {

/// A file as PREMIS describes it. Identifiers are UUIDs without prefix.
struct PremisFile {
  std::string id;
  Digests digests;
  std::string mime;
  std::string puid;           ///< "" = not identified
  std::string original_name;  ///< as it came
  std::string location;       ///< path from the package's folder; "" = in no package
  std::string part_of;        ///< identifier of the representation or package, or ""
  std::vector<std::string> characteristics{};  ///< DraftFile's
  std::string source{};      ///< identifier of the file that this one was made from, or ""
  std::string derivation{};  ///< identifier of the event that made it from its source, or ""
};

struct PremisEvent {
  std::string id;
  const DraftEvent* event = nullptr;
  std::vector<std::string> objects;  ///< identifiers
};

class PremisWriter {
 public:
  explicit PremisWriter(const std::filesystem::path& target);

  /// The case file as such: urn:uuid of the package, case number, title.
  void package(const PackageDraft& draft);
  void representation(const std::string& id, const std::string& name, const std::string& package);
  void file(const PremisFile& file);
  void event(const PremisEvent& event);
  void agent(const DraftAgent& agent);
  void rights(const DraftRights& rights, const PackageId& package, int version);

  /// Returns the digests of the document.
  Digests close();

 private:
  void begin_object(std::string_view type, const std::string& id);
  void identifier(std::string_view element, std::string_view type, std::string_view value);
  void part_of(const std::string& id);
  void derived(const PremisFile& file);
  void fixity(std::string_view algorithm, const std::string& digest);
  void format(const PremisFile& file);
  void location(const std::string& path);
  void statute(const DraftRights& rights);
  void free_text(std::string_view element, std::string_view value);

  DigestingFile file_;
  XmlWriter xml_;
};

}  // namespace anjuan::packager
