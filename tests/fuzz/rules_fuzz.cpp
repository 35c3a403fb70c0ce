// Any bytes as a bureau's rule file on top of the law, and as a retention schedule: never crashes.
// What is taken comes back from its canonical text unchanged.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/error.h"
#include "preservation/rules/retention.h"
#include "preservation/rules/rule_set.h"

namespace {

using anjuan::rules::RuleFile;
using anjuan::rules::RuleSet;

/// A law of a few rules, since it is read anew for each input.
const RuleFile& law() {
  static const RuleFile file{
      "law.json",
      R"({"schema": "urn:anjuan:rules:1", "layer": "seed", "version": "1", "title": "t",
  "values": {"config.designated_stores": ["a"]},
  "rules": [
    {"id": "QCL-01-1", "article": "1", "phase": "package", "severity": "error",
     "review_points": 1, "trigger": {"event": ["EV_SITE"], "where": {"mode_in": ["a", "b"]}},
     "require": {"op": "any", "of": [{"op": "doc", "any": ["D_SITE", "D_INQ"], "min": 2},
       {"op": "all", "of": [{"op": "served_copy"}, {"op": "officers", "min": 2}]}]},
     "message_zh": "m", "message_en": "m", "source_text": "s"},
    {"id": "QCL-02-1", "article": "2", "phase": "package", "severity": "error",
     "review_points": 1, "trigger": {"each": "doc"},
     "require": {"op": "signed", "roles": ["party|agent"], "officer_min": 1, "refusal": "note"},
     "message_zh": "m", "message_en": "m", "source_text": "s"}]})"};
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    const auto set = RuleSet::from_files({law(), {"fuzz.json", text}});
    const auto again = RuleSet::from_files({{"again.json", set->canonical_text()}});
    if (again->digest() != set->digest()) std::abort();
  } catch (const anjuan::Error& error) {
    if (error.code() == anjuan::ErrorCode::kInternal) std::abort();
    // Refused is an answer; but what was read once must not be refused in its canonical form.
    if (error.subject() == "again.json") std::abort();
  }
  try {
    anjuan::rules::RetentionSchedule::from_files({{"fuzz.json", text}});
  } catch (const anjuan::Error& error) {
    if (error.code() == anjuan::ErrorCode::kInternal) std::abort();
  }
  return 0;
}
