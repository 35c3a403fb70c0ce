#pragma once
// An archive home with a store and an index, and packages built from the project's own cases.

#include <filesystem>
#include <string>

#include "catalog/index/index.h"
#include "core/case/case_file.h"
#include "core/case/case_xml.h"
#include "core/case/description.h"
#include "core/database.h"
#include "core/messages.h"
#include "packager/package_builder.h"
#include "preservation/store/store.h"
#include "tests/support/files.h"
#include "tests/support/packages.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {

class CatalogHome {
 public:
  CatalogHome() {
    preservation::Store::create(folder_.path(), Config{});
    store_.emplace(preservation::Store::open(folder_.path(), Config{}, clock_));
    index_.emplace(catalog::Index::open(index_file()));
  }

  std::filesystem::path path() const { return folder_.path(); }

  std::filesystem::path index_file() const { return folder_ / "index.db"; }

  const FixedClock& clock() const { return clock_; }

  preservation::Store& store() { return *store_; }

  catalog::Index& index() { return *index_; }

  void reopen_index() { index_.emplace(catalog::Index::open(index_file())); }

  void close_index() { index_.reset(); }

  /// One of tests/fixtures/cases, e.g. "A".
  static Json fixture(const std::string& name) {
    const auto file =
        std::filesystem::path(ANJUAN_SOURCE_DIR) / "tests/fixtures/cases" / (name + ".json");
    return Json::parse(read_text(file), name);
  }

  /// What a test puts into a package besides the case and its files.
  using More = std::function<void(packager::PackageDraft&)>;

  /// Builds and stores a package of the case; each file that it names holds a few bytes, or those
  /// of `content`. Does not touch the index.
  packager::PackageId store_case(const Json& value, const DraftContent& content = {},
                                 const More& more = {}) {
    const auto declared = CaseFile::from_value(value, "case.json");
    auto draft = draft_of(declared, content);
    if (more) more(draft);
    const auto staging = store_->staging_folder(draft.id);
    const auto package = packager::build_first_version(draft, staging);
    store_->accept(package, progress_);
    return draft.id;
  }

  /// The same, and projects it.
  packager::PackageId add_case(const Json& value, const DraftContent& content = {},
                               const More& more = {}) {
    const auto id = store_case(value, content, more);
    index_->project(*store_, id);
    return id;
  }

  /// A second version: the archive edits the title in its description. Not projected.
  void retitle(const packager::PackageId& id, const Json& value, const std::string& title) {
    const auto declared = CaseFile::from_value(value, "case.json");
    auto draft = draft_of(declared, {});
    draft.representations.clear();
    draft.message = "修改题名";
    draft.created += std::chrono::hours(24);
    draft.metadata.erase(draft.metadata.begin());
    auto& description = draft.metadata.front();
    description.bytes = edit_description(description.bytes, {{"title", title}}, draft.created);
    const auto staging = store_->staging_folder(id);
    store_->accept(packager::build_next_version(draft, object_of(id), staging), progress_);
  }

  std::filesystem::path object_of(const packager::PackageId& id) const {
    return folder_ / "storage" / id.object_path();
  }

  SilentProgress& progress() { return progress_; }

 private:
  static packager::DraftMetadata description_of(const packager::PackageDraft& draft,
                                                const CaseFile& declared) {
    DescriptionFacts facts;
    facts.record_id = draft.id.urn();
    facts.created = draft.created;
    facts.verdict = "unchecked";
    return {packager::DraftMetadata::Kind::kDescriptive, "description.xml",
            describe(declared, {}, facts), "OTHER", "urn:anjuan:description:1"};
  }

  packager::PackageDraft draft_of(const CaseFile& declared, const DraftContent& content) {
    packager::PackageDraft draft{
        packager::PackageId::of_case(declared.fonds(), declared.case_no())};
    draft.case_no = declared.case_no();
    draft.title = declared.title();
    draft.creator = declared.agency();
    draft.created = clock_.now();
    draft.actor = {ActorKind::kPerson, "os:liyang", "李阳"};
    draft.message = "首次入库";
    draft.metadata = {{packager::DraftMetadata::Kind::kDescriptive, "case.xml", to_xml(declared),
                       "OTHER", "urn:anjuan:case:1"},
                      description_of(draft, declared)};
    DraftContent files = content;
    if (files.empty()) {
      for (const auto& named : declared.named_files()) files.push_back({named.path, named.path});
    }
    const auto folder = folder_ / "workspace" / ("gathered-" + std::to_string(count_++));
    draft.representations = {{"original", staged_files(folder, files)}};
    draft.agents = {{"os:liyang", "李阳", "person", ""}};
    draft.events = {{"ingestion",
                     draft.created,
                     "收到并登记",
                     "success",
                     "",
                     {{"os:liyang", "implementer"}},
                     {}},
                    {"validation",
                     draft.created + std::chrono::milliseconds(1),
                     "未运行规则",
                     "not checked",
                     "",
                     {{"os:liyang", "implementer"}},
                     {}}};
    return draft;
  }

  TemporaryFolder folder_{fast_folder()};
  FixedClock clock_{parse_instant("2026-11-23T10:00:00+08:00")};
  std::optional<preservation::Store> store_;
  std::optional<catalog::Index> index_;
  SilentProgress progress_;
  int count_ = 0;
};

/// Every row of every table, as text, in a fixed order.
inline std::string dump_of(const std::filesystem::path& file) {
  auto database = Database::open(file);
  std::string out;
  for (const auto& table :
       database.run("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
    const auto name = table.text(0);
    const auto columns = database.run("SELECT name FROM pragma_table_info(?) ORDER BY cid", {name});
    std::string list;
    for (const auto& column : columns) {
      list += (list.empty() ? "" : " || '|' || ") + fmt::format("quote(\"{}\")", column.text(0));
    }
    out += "== " + name + "\n";
    for (const auto& row :
         database.run(fmt::format("SELECT {} AS line FROM \"{}\" ORDER BY line", list, name))) {
      out += row.text(0) + "\n";
    }
  }
  return out;
}

}  // namespace anjuan::test
