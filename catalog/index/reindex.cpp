#include <set>

#include "catalog/index/index.h"
#include "catalog/index/index_file.h"
#include "catalog/index/projection.h"
#include "catalog/index/queries.h"
#include "core/database.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/messages.h"

namespace anjuan::catalog {

namespace {

// Every table, parents before children.
constexpr std::array<std::string_view, 17> kTables = {
    "package",        "file",          "party",          "step",
    "document",       "recording",     "segment",        "recording_measured",
    "recording_part", "recording_gap", "recording_copy", "recording_finding",
    "index_item",     "event",         "agent",          "event_agent",
    "finding"};

/// Fills a new, empty index from every package of the store.
void fill(Database& fresh, const preservation::Store& store, Progress& progress) {
  // It is thrown away after a crash, so nothing in it need be durable.
  fresh.run("PRAGMA synchronous = OFF");
  progress.begin(say("catalog.reindexing"), 0);
  store.for_each(
      [&](const preservation::StoredObject& object) {
        stop_if_interrupted();
        project_package(fresh, store, object);
        progress.advance(1);
      },
      [&](const std::string& key, const Error& error) {
        project_unreadable(fresh, key, {}, error);
        progress.advance(1);
      });
  progress.end();
}

/// A package of the old index that the new one lacks or has in an older version.
struct Doubtful {
  packager::PackageId id;
  std::int64_t version = 0;

  auto operator<=>(const Doubtful&) const = default;
};

/// They may have been stored while the new index was being filled, or are gone from the store.
std::vector<Doubtful> doubtful_packages(Database& database) {
  std::vector<Doubtful> doubtful;
  for (const auto& row : database.run(
           "SELECT o.id, o.version FROM main.package o LEFT JOIN fresh.package n ON n.id = o.id"
           " WHERE n.id IS NULL OR n.version < o.version")) {
    doubtful.push_back({packager::PackageId::parse(row.text(0)), row.integer(1)});
  }
  return doubtful;
}

/// In one transaction, unless the old index holds something that `settled` does not know of:
/// then nothing happens and that is returned.
std::vector<Doubtful> try_take_over(Database& database, const std::set<Doubtful>& settled) {
  Transaction transaction(database);
  auto doubtful = doubtful_packages(database);
  std::erase_if(doubtful, [&](const Doubtful& one) { return settled.contains(one); });
  if (!doubtful.empty()) return doubtful;
  database.run("DELETE FROM main.finding");
  database.run("DELETE FROM main.package");
  for (const auto table : kTables) {
    database.run(fmt::format("INSERT INTO main.{0} SELECT * FROM fresh.{0}", table));
  }
  transaction.commit();
  return {};
}

/// Replaces the rows of `database` by those of `fresh`, which lies at `built`. Ingest may go on
/// meanwhile: what it stores is asked of the store again, until the two indexes agree.
void take_over(Database& database, Database& fresh, const std::filesystem::path& built,
               const preservation::Store& store) {
  database.run("ATTACH DATABASE ? AS fresh", {built.string()});
  std::set<Doubtful> settled;
  for (auto open = try_take_over(database, settled); !open.empty();
       open = try_take_over(database, settled)) {
    for (const auto& one : open) {
      project_stored(fresh, store, one.id);
      settled.insert(one);
    }
  }
  database.run("DETACH DATABASE fresh");
}

/// The index as it is, or a new one if what lies there cannot be opened as an index.
Database open_or_put_aside(const std::filesystem::path& file) {
  try {
    return open_index_file(file);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kCorrupt && error.code() != ErrorCode::kInvalid) throw;
  }
  const auto aside = std::filesystem::path(file.string() + ".unreadable");
  remove_index_file(aside);
  rename_durably(file, aside);
  remove_index_file(file);
  return open_index_file(file);
}

}  // namespace

ReindexReport Index::reindex(const std::filesystem::path& file, const preservation::Store& store,
                             Progress& progress) {
  const auto lock = FileLock::take(file.string() + ".lock");
  const auto built = std::filesystem::path(file.string() + ".new");
  remove_index_file(built);
  auto database = open_or_put_aside(file);
  {
    auto fresh = open_index_file(built);
    fill(fresh, store, progress);
    take_over(database, fresh, built, store);
  }
  remove_index_file(built);
  ReindexReport report;
  report.packages = count_packages(database);
  report.unreadable = count_unreadable(database);
  report.findings = select_findings(database);
  return report;
}

}  // namespace anjuan::catalog
