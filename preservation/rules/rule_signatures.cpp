// The table itself: one line a parameter.

#include "preservation/rules/rule_signatures.h"

#include <algorithm>

#include "core/messages.h"
#include "core/working_days.h"

namespace anjuan::rules {

namespace {

using Parameters = std::vector<Parameter>;
using enum Subject;

const std::vector<Subject> kAnySubject{kCase, kEvent, kDocument, kRecording};
constexpr std::int64_t kCountMax = 1000;
constexpr std::int64_t kSecondsMax = 86'400;
constexpr std::int64_t kYearsMax = 1000;
constexpr std::int64_t kYuanMax = 1'000'000'000;

Parameter count(std::string_view name, std::int64_t least, std::int64_t most, Tightens tightens) {
  return {name, ParameterForm::kCount, Need::kRequired, tightens, least, most, {}, {}, false};
}

Parameter plain(std::string_view name, ParameterForm form, Tightens tightens = Tightens::kSame) {
  return {name, form, Need::kRequired, tightens, 0, 0, {}, {}, false};
}

Parameter word(std::string_view name, std::vector<std::string_view> words,
               Tightens tightens = Tightens::kSame) {
  auto made = plain(name, ParameterForm::kWord, tightens);
  made.words = std::move(words);
  return made;
}

Parameter keys(std::string_view name, KeyHome home, Tightens tightens = Tightens::kSuperset) {
  auto made = plain(name, ParameterForm::kKeys, tightens);
  made.home = home;
  return made;
}

Parameter key(std::string_view name, KeyHome home) {
  auto made = plain(name, ParameterForm::kKey);
  made.home = home;
  return made;
}

Parameter subject_key(std::string_view name) {
  auto made = plain(name, ParameterForm::kKey);
  made.is_of_subject = true;
  return made;
}

Parameter texts(std::string_view name, Tightens tightens,
                std::vector<std::string_view> words = {}) {
  auto made = plain(name, ParameterForm::kTexts, tightens);
  made.words = std::move(words);
  return made;
}

Parameter optional(Parameter made) {
  made.need = Need::kOptional;
  return made;
}

Parameter optional(Parameter made, Tightens tightens) {
  made.need = Need::kOptional;
  made.tightens = tightens;
  return made;
}

Parameter least_count() { return count("min", 1, kCountMax, Tightens::kHigher); }

Parameter period(std::string_view name) { return count(name, 1, kPeriodMax, Tightens::kLower); }

Parameter missing_to() { return optional(word("missing_to", {"fail"})); }

Parameters signing() {
  return {plain("roles", ParameterForm::kRoles, Tightens::kRoles),
          word("refusal", {"none", "note", "witness", "host_note", "note_and_(witness_or_video)"},
               Tightens::kRefusal)};
}

std::string both_or_neither(const Json& parameters, std::string_view one, std::string_view two) {
  if ((parameters.find(one) == nullptr) == (parameters.find(two) == nullptr)) return "";
  return say("rules.both_or_neither", {{"one", std::string(one)}, {"two", std::string(two)}});
}

std::string exactly_one(const Json& parameters, std::string_view one, std::string_view two) {
  if ((parameters.find(one) == nullptr) != (parameters.find(two) == nullptr)) return "";
  return say("rules.exactly_one", {{"one", std::string(one)}, {"two", std::string(two)}});
}

/// `low` <= `high`, where both are given.
std::string in_order(const Json& parameters, std::string_view low, std::string_view high) {
  const Json* a = parameters.find(low);
  const Json* b = parameters.find(high);
  if (a == nullptr || b == nullptr || a->as_integer() <= b->as_integer()) return "";
  return say("rules.not_in_order", {{"low", std::string(low)}, {"high", std::string(high)}});
}

std::string one_source_of_values(const Json& p) { return exactly_one(p, "values", "values_from"); }

std::string agreed_period(const Json& p) { return in_order(p, "base", "extended"); }

std::string agreed_extension(const Json& p) {
  return both_or_neither(p, "extended_until", "extension_doc");
}

std::string agreed_years(const Json& p) {
  auto paired = both_or_neither(p, "alt_max", "alt_flag");
  return paired.empty() ? in_order(p, "max", "alt_max") : paired;
}

/// `min` counts whole days.
std::string agreed_interval(const Json& p) {
  auto one = exactly_one(p, "max", "min");
  if (!one.empty() || p.find("min") == nullptr || p.find("unit")->as_string() == "day") return one;
  return say("rules.min_is_in_days");
}

std::vector<Signature> structure() {
  return {{"all", kAnySubject, {}},
          {"any", kAnySubject, {}},
          {"control", {kCase}, {plain("id", ParameterForm::kControl)}}};
}

std::vector<Signature> on_documents() {
  const auto content = KeyHome::kContent;
  auto signed_by = signing();
  signed_by.push_back(count("officer_min", 0, kCountMax, Tightens::kHigher));
  auto signed_docs = signing();
  signed_docs.push_back(plain("docs", ParameterForm::kDocuments));
  const auto any = plain("any", ParameterForm::kDocuments, Tightens::kSubset);
  const auto docs = plain("docs", ParameterForm::kDocuments);
  return {
      {"doc", {kCase, kEvent}, {any, least_count()}},
      {"doc_any", {kEvent}, {least_count()}},
      {"case_doc", kAnySubject, {any, least_count(), optional(keys("fields", content))}},
      {"doc_fields",
       {kEvent, kDocument},
       {plain("doc", ParameterForm::kDocuments), keys("fields", content)}},
      {"doc_fields_each", {kDocument}, {keys("fields", KeyHome::kDocument)}},
      {"group_fields",
       {kDocument},
       {docs, keys("fields", content), optional(word("scope", {"event"}))}},
      {"doc_before_event", {kEvent}, {plain("doc", ParameterForm::kDocument)}},
      {"participants_signed", {kEvent}, {plain("doc", ParameterForm::kDocument)}},
      {"signed", {kDocument}, signed_by},
      {"signed_event_doc", {kEvent}, signed_docs},
      {"served", {kEvent}, {docs, optional(word("scope", {"event", "case"}))}},
      {"served_copy", {kEvent}, {}},
      {"served_within", {kEvent}, {docs, period("max"), word("unit", {"hour", "workday", "day"})}},
  };
}

std::vector<Signature> on_events() {
  const auto of_event = KeyHome::kEvent;
  const auto event = [](std::string_view name) { return plain(name, ParameterForm::kEvent); };
  return {
      {"event_fields", {kEvent}, {keys("fields", of_event)}},
      {"event_any_field", {kEvent}, {keys("fields", of_event, Tightens::kSubset)}},
      {"event_enum",
       {kEvent},
       {key("field", of_event), optional(texts("values", Tightens::kSubset)),
        optional(plain("values_from", ParameterForm::kListName))},
       one_source_of_values},
      {"event_exists",
       kAnySubject,
       {plain("any", ParameterForm::kEvents, Tightens::kSubset),
        optional(plain("alt_after", ParameterForm::kPleaAfter), Tightens::kNone)}},
      {"order", kAnySubject, {event("before"), event("after")}},
      {"officers", {kEvent}, {least_count(), optional(keys("fields", KeyHome::kPerson))}},
      {"host_not_investigator", {kEvent}, {}},
      {"not_night_or_holiday",
       {kEvent},
       {plain("night", ParameterForm::kNight, Tightens::kWiderNight)}},
      {"spot_limit",
       {kEvent},
       {count("person", 0, kYuanMax, Tightens::kLower),
        count("org", 0, kYuanMax, Tightens::kLower)}},
      {"measure_period",
       {kEvent},
       {period("base"), period("extended"),
        optional(word("exclude", {"appraisal"}), Tightens::kNone)},
       agreed_period},
  };
}

std::vector<Signature> on_recordings() {
  const auto own = KeyHome::kRecording;
  return {
      {"av",
       {kEvent},
       {texts("method_any", Tightens::kSubset, {"照相", "录音", "录像", "视频监控"}),
        plain("continuous", ParameterForm::kFlag, Tightens::kTrue), least_count()}},
      {"event_av_tags", {kEvent}, {texts("all", Tightens::kSuperset)}},
      {"av_linked_event", {kRecording}, {}},
      {"av_fields", {kRecording}, {keys("fields", own)}},
      {"av_any_field", {kRecording}, {keys("fields", own, Tightens::kSubset)}},
      {"av_enum",
       {kRecording},
       {key("field", own), optional(texts("values", Tightens::kSubset)),
        optional(plain("values_from", ParameterForm::kListName))},
       one_source_of_values},
      {"av_tags", {kRecording}, {texts("min_any", Tightens::kSubset)}},
      {"av_note", {kRecording}, {keys("fields", own), optional(keys("audio_extra", own))}},
      {"av_time_match", {kRecording}, {count("tol_s", 0, kSecondsMax, Tightens::kLower)}},
      {"av_continuity",
       {kRecording},
       {count("gap_s", 0, kSecondsMax, Tightens::kLower),
        count("edge_s", 0, kSecondsMax, Tightens::kLower)}},
  };
}

std::vector<Signature> on_time() {
  auto from_choice = plain("frm", ParameterForm::kKeyChoice);
  from_choice.home = KeyHome::kEvent;
  const auto frm = subject_key("frm");
  const auto to = subject_key("to");
  const auto unit = word("unit", {"workday", "day"});
  return {
      {"deadline",
       kAnySubject,
       {frm, to, period("max"), word("unit", {"hour", "workday", "day"}), missing_to(),
        optional(subject_key("extended_until"), Tightens::kNone),
        optional(plain("extension_doc", ParameterForm::kDocument), Tightens::kNone)},
       agreed_extension},
      {"deadline_between_events",
       {kEvent},
       {plain("frm_event", ParameterForm::kEvent), from_choice, key("to", KeyHome::kEvent), unit,
        optional(period("max")), optional(count("min", 1, kPeriodMax, Tightens::kHigher))},
       agreed_interval},
      {"min_gap", kAnySubject, {frm, to, count("min", 1, kPeriodMax, Tightens::kHigher), unit}},
      {"months", kAnySubject, {frm, to, count("max", 1, 12 * kYearsMax, Tightens::kLower)}},
      {"years",
       kAnySubject,
       {frm, to, count("max", 1, kYearsMax, Tightens::kLower),
        optional(count("alt_max", 1, kYearsMax, Tightens::kLower)),
        optional(subject_key("alt_flag"), Tightens::kNone)},
       agreed_years},
  };
}

std::vector<Signature> on_case() {
  return {{"case_fields", kAnySubject, {keys("fields", KeyHome::kCase)}},
          {"case_officers", kAnySubject, {least_count()}},
          {"chronological", {kCase}, {}},
          {"index_matches", {kCase}, {}},
          {"page_numbers", {kCase}, {}},
          {"retention_min", {kCase}, {count("years", 1, kYearsMax, Tightens::kHigher)}},
          {"retention_longest", {kCase}, {}}};
}

}  // namespace

const std::vector<Signature>& signatures() {
  static const std::vector<Signature> all = [] {
    std::vector<Signature> made;
    for (const auto& group :
         {structure(), on_documents(), on_events(), on_recordings(), on_time(), on_case()}) {
      made.insert(made.end(), group.begin(), group.end());
    }
    return made;
  }();
  return all;
}

const Signature* signature_of(std::string_view op) {
  const auto& all = signatures();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& s) { return s.op == op; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string_view> operator_names() {
  std::vector<std::string_view> names;
  for (const auto& signature : signatures()) names.push_back(signature.op);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace anjuan::rules
