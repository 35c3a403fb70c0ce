#pragma once
// Builds the documents of one version in a VersionStage: the flow that first and later versions
// share. Used by package_builder alone.

#include <map>
#include <string>
#include <vector>

#include "packager/mets.h"
#include "packager/package_builder.h"
#include "packager/premis_writer.h"
#include "packager/version_stage.h"

namespace anjuan::packager {

class VersionBuilder {
 public:
  /// `previous` is the METS of the version before, or empty for a first version.
  VersionBuilder(const PackageDraft& draft, const BuildOptions& options, VersionStage& stage,
                 MetsDocument previous);

  Package build();

 private:
  void header();
  void link_files();
  void representation(const DraftRepresentation& draft);
  MetsSection representation_premis(const DraftRepresentation& draft, std::size_t number);
  PremisFile premis_file(const DraftRepresentation& draft, const DraftFile& file) const;
  std::string derivation_of(const std::string& path, const std::string& source) const;
  MetsDocument representation_document(const DraftRepresentation& draft, MetsDocument previous);
  void descriptions();
  void description(const DraftMetadata& draft);
  void constants();
  void constant(const std::string& path, std::string_view bytes, std::string_view mime,
                MetsGroup& group);
  void provenance();
  DraftRights rights() const;
  bool states_rights() const;
  void events(PremisWriter& premis) const;

  MetsGroup& group(const std::string& use, const std::string& content_type);
  MetsSection section(MetsSection::Kind kind, const std::string& path, const Digests& digests);
  std::string next_section_id(MetsSection::Kind kind) const;
  std::vector<DraftAgent> agents() const;
  std::string object_id(const std::string& path) const;
  std::string event_id(std::size_t index) const;

  std::string now() const { return to_text(draft_.created); }

  const PackageDraft& draft_;
  const BuildOptions& options_;
  VersionStage& stage_;
  MetsDocument mets_;
};

}  // namespace anjuan::packager
