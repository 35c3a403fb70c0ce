#include "ingest/edit_description.h"

#include "core/case/case_file.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "ingest/describe.h"
#include "ingest/draft.h"
#include "ingest/stored_case.h"

namespace anjuan::ingest {

namespace {

namespace fs = std::filesystem;

bool changes_nothing(const std::string& xml, const std::vector<DescriptionChange>& changes) {
  const auto current = read_description(xml);
  return std::all_of(changes.begin(), changes.end(), [&](const DescriptionChange& change) {
    return current.value(change.path) == change.value;
  });
}

}  // namespace

int edit_stored_description(const DescriptionEdit& edit, Desk& desk) {
  const auto one_at_a_time = lock_case(desk, edit.package);
  const fs::path staging = desk.workspace / ("edit-" + edit.package.uuid());
  fs::remove_all(staging);  // of an interrupted run
  const auto stored = StoredCase::find(desk.store, edit.package);
  if (!stored) {
    throw Error(ErrorCode::kNotFound, edit.package.uuid(),
                say("ingest.no_package", {{"package", edit.package.uuid()}}));
  }
  const std::string before = stored->read(std::string(kDescriptionPath));
  if (changes_nothing(before, edit.changes)) return stored->version();
  const Instant now = desk.clock.now();
  const auto declared = CaseFile::from_xml(stored->read(std::string(kCasePath)), "case.xml");
  auto draft = draft_edit(declared, edit, now, desk);
  draft.verdict = stored->verdict();
  draft.metadata = {description_document(edit_description(before, edit.changes, now))};

  const packager::BuildOptions options{desk.config.packages.aip_profile};
  const auto package = packager::build_next_version(draft, stored->object(), staging, options);
  desk.store.accept(package, desk.progress);
  desk.publish(edit.package);
  fs::remove_all(staging);
  return package.version;
}

}  // namespace anjuan::ingest
