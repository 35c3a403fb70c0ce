#include "preservation/recomputed_periods.h"

#include <optional>
#include <set>
#include <utility>

#include "core/error.h"
#include "preservation/rules/judgement.h"
#include "preservation/store/package_reader.h"

namespace anjuan::preservation {

namespace {

constexpr const char* kCase = "metadata/descriptive/case.xml";

std::optional<CaseFile> declared_in(const Store& store, const packager::PackageId& id) {
  try {
    const PackageReader reader(store, id);
    return CaseFile::from_xml(reader.document(reader.head(), kCase), "case.xml");
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kInterrupted) throw;
    return std::nullopt;  // an adopted package, or one that verify finds damaged
  }
}

/// Rule and object of each open period that is provisional.
std::set<std::pair<std::string, std::string>> provisional_in(const CaseFile& declared,
                                                             const rules::LawBook& law) {
  std::set<std::pair<std::string, std::string>> found;
  for (const auto& deadline : rules::judge(declared, law).deadlines) {
    if (deadline.due.is_provisional) found.emplace(deadline.rule, deadline.object);
  }
  return found;
}

}  // namespace

std::size_t recomputed_packages(const Store& store, const rules::LawBook& law,
                                const WorkCalendar& before, const WorkCalendar& after) {
  rules::LawBook then = law;
  then.calendar = before;
  rules::LawBook now = law;
  now.calendar = after;
  std::size_t count = 0;
  store.for_each(
      [&](const StoredObject& object) {
        const auto declared = declared_in(store, object.id);
        if (!declared) return;
        const auto was_provisional = provisional_in(*declared, then);
        if (was_provisional.empty()) return;
        if (provisional_in(*declared, now) != was_provisional) ++count;
      },
      [](const std::string&, const Error&) {});
  return count;
}

}  // namespace anjuan::preservation
