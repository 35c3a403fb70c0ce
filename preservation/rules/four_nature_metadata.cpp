// ZS-2-1 to ZS-2-7: the values of the metadata.
#include <set>

#include "core/case/case_keys.h"
#include "core/case/description_types.h"
#include "core/case/kinds.h"
#include "core/error.h"
#include "core/text.h"
#include "preservation/rules/four_nature_checks.h"

namespace anjuan::rules::items {

namespace {

/// The founding of the People's Republic: no enforcement file of a bureau is older.
constexpr std::string_view kEarliest = "1949-10-01";

/// Counts what was looked at and collects what is off.
struct Tally {
  std::size_t count = 0;
  std::vector<std::string> faults;

  void look(bool is_good, const std::string& shown) {
    ++count;
    if (!is_good) faults.push_back(shown);
  }
};

Outcome judged(const CheckInput& in, const Tally& tally, std::string_view what_id) {
  const Language language = in.facts.language;
  const std::string what = say_in(language, what_id);
  const std::string count = std::to_string(tally.count);
  if (tally.count == 0) return not_run(say_in(language, "four_nature.no_values", {{"what", what}}));
  if (tally.faults.empty()) {
    return passed(say_in(language, "four_nature.values_good", {{"count", count}, {"what", what}}));
  }
  return failed(say_in(language, "four_nature.values_bad",
                       {{"count", count},
                        {"what", what},
                        {"bad", std::to_string(tally.faults.size())},
                        {"list", listed(tally.faults, language)}}));
}

struct DeclaredTime {
  std::string name;  ///< "E01 开始时间"
  std::string text;
};

std::string label_of(const CaseShape& shape, std::string_view key) {
  const CaseKey* found = shape.by_json(key);
  return found == nullptr ? std::string(key) : found->label;
}

/// Every date and time of the declaration that is filled in.
std::vector<DeclaredTime> declared_times(const CaseFile& declared) {
  std::vector<DeclaredTime> times;
  const auto add = [&times](const std::string& id, const std::string& label,
                            const std::string& text) {
    if (!text.empty()) times.push_back({id.empty() ? label : id + " " + label, text});
  };
  const CaseShape& shape = case_shape();
  for (const char* key :
       {"filed_at", "decided_at", "closed_at", "file_formed_at", "handed_over_at"}) {
    add("", label_of(shape, key), declared.text(key));
  }
  const CaseShape& event = *shape.by_json("events")->shape;
  for (const CaseEvent& step : declared.events()) {
    add(step.id, label_of(event, "start"), step.start);
    add(step.id, label_of(event, "end"), step.end);
  }
  const CaseShape& document = *shape.by_json("docs")->shape;
  for (const CaseDocument& paper : declared.documents()) {
    add(paper.id, label_of(document, "date"), paper.date);
  }
  const CaseShape& recording = *shape.by_json("av")->shape;
  for (const CaseRecording& av : declared.recordings()) {
    add(av.id, label_of(recording, "made_at"), av.made_at);
    add(av.id, label_of(recording, "stored_at"), av.stored_at);
  }
  return times;
}

/// Least and most characters of the types whose length is fixed.
struct TypeLength {
  std::string_view type;
  std::size_t least;
  std::size_t most;
};

constexpr TypeLength kLengths[] = {{"date", 10, 10},        {"year", 4, 4},   {"serial", 3, 4},
                                   {"retentionCode", 1, 4}, {"uscc", 18, 18}, {"urn", 45, 45},
                                   {"sha512", 128, 128},    {"sm3", 64, 64}};

Outcome lengths(const CheckInput& in) {
  if (in.facts.description == nullptr) return missing(in, "four_nature.no_description");
  Tally tally;
  for (const DescribedValue& value : described_values(*in.facts.description)) {
    const std::size_t characters = count_characters(value.entry.value);
    if (value.field->characters_max > 0) {
      tally.look(characters <= value.field->characters_max, value.shown());
    }
    for (const TypeLength& length : kLengths) {
      if (length.type != value.field->type) continue;
      tally.look(characters >= length.least && characters <= length.most, value.shown());
    }
  }
  return judged(in, tally, "four_nature.what_length");
}

bool has_form(std::string_view type) { return type != "text" && type != "choice"; }

Outcome types(const CheckInput& in) {
  if (in.facts.description == nullptr) return missing(in, "four_nature.no_description");
  Tally tally;
  for (const DescribedValue& value : described_values(*in.facts.description)) {
    if (has_form(value.field->type) && value.field->type != "group") {
      tally.look(fits(*value.field, value.entry.value), value.shown());
    }
  }
  if (in.facts.declared != nullptr) {
    for (const DeclaredTime& time : declared_times(*in.facts.declared)) {
      tally.look(fits_type("time", time.text), time.name + shortened(time.text));
    }
  }
  return judged(in, tally, "four_nature.what_type");
}

Outcome choices(const CheckInput& in) {
  if (in.facts.description == nullptr) return missing(in, "four_nature.no_description");
  Tally tally;
  for (const DescribedValue& value : described_values(*in.facts.description)) {
    if (value.field->type == "choice") {
      tally.look(fits(*value.field, value.entry.value), value.shown());
    }
  }
  if (in.facts.declared != nullptr) {
    for (const CaseEvent& event : in.facts.declared->events()) {
      tally.look(is_event_kind(event.kind), event.id + shortened(event.kind));
    }
    for (const CaseDocument& document : in.facts.declared->documents()) {
      tally.look(is_document_kind(document.kind), document.id + shortened(document.kind));
    }
  }
  return judged(in, tally, "four_nature.what_choice");
}

/// Both known and in the wrong order.
void in_order(Tally& tally, const std::string& before, const std::string& after,
              const std::string& shown) {
  const auto first = instant_of(before);
  const auto second = instant_of(after);
  if (first && second) tally.look(*first <= *second, shown);
}

void look_at_times(const CaseFile& declared, Instant now, Tally& tally) {
  const Instant earliest = parse_instant(kEarliest);
  for (const DeclaredTime& time : declared_times(declared)) {
    const auto instant = instant_of(time.text);
    if (!instant) continue;
    tally.look(*instant <= now && *instant >= earliest, time.name + shortened(time.text));
  }
  constexpr const char* kChain[] = {"filed_at", "decided_at", "closed_at", "handed_over_at"};
  for (std::size_t i = 1; i < std::size(kChain); ++i) {
    const std::string before = declared.text(kChain[i - 1]);
    const std::string after = declared.text(kChain[i]);
    in_order(tally, before, after,
             fmt::format("{}{}>{}{}", label_of(case_shape(), kChain[i - 1]), shortened(before),
                         label_of(case_shape(), kChain[i]), shortened(after)));
  }
}

void look_at_documents(const CaseFile& declared, Tally& tally) {
  const CaseShape& shape = *case_shape().by_json("docs")->shape;
  for (const CaseDocument& document : declared.documents()) {
    if (document.pages) {
      tally.look(*document.pages > 0, document.id + " " + label_of(shape, "pages") +
                                          shortened(std::to_string(*document.pages)));
    }
    if (!document.page_from || !document.page_to) continue;
    const std::string pages = fmt::format("{}-{}", *document.page_from, *document.page_to);
    tally.look(*document.page_from > 0 && *document.page_from <= *document.page_to,
               document.id + " " + label_of(shape, "page_from") + shortened(pages));
  }
}

void look_at_objects(const CaseFile& declared, Tally& tally) {
  const CaseShape& shape = *case_shape().by_json("av")->shape;
  for (const CaseEvent& event : declared.events()) {
    in_order(tally, event.start, event.end, event.id + shortened(event.start + "/" + event.end));
  }
  for (const CaseRecording& av : declared.recordings()) {
    in_order(tally, av.made_at, av.stored_at, av.id + shortened(av.made_at + "/" + av.stored_at));
    if (!av.duration_s) continue;
    tally.look(*av.duration_s >= 0, av.id + " " + label_of(shape, "duration_s") +
                                        shortened(fmt::format("{}", *av.duration_s)));
  }
}

Outcome reasonable(const CheckInput& in) {
  if (in.facts.declared == nullptr) {
    return missing(in, "four_nature.no_case");
  }
  const CaseFile& declared = *in.facts.declared;
  Tally tally;
  look_at_times(declared, in.facts.now, tally);
  look_at_objects(declared, tally);
  look_at_documents(declared, tally);
  if (declared.year()) {
    const std::int64_t latest = std::stoll(to_date_text(in.facts.now).substr(0, 4));
    tally.look(*declared.year() >= 1949 && *declared.year() <= latest,
               fmt::format("{} {}", label_of(case_shape(), "year"), *declared.year()));
  }
  const Json* fine = declared.declared().find("fine");
  if (fine != nullptr && (fine->is(Json::Type::kInteger) || fine->is(Json::Type::kNumber))) {
    tally.look(!fine->lexical().starts_with('-'),
               label_of(case_shape(), "fine") + shortened(fine->lexical()));
  }
  return judged(in, tally, "four_nature.what_reason");
}

/// Control, replacement, private-use, invisible and direction-changing characters; a line end or
/// tab in a text is none.
bool is_special(char32_t c) {
  if (c == U'\n' || c == U'\r' || c == U'\t') return false;
  const bool control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
  const bool invisible = (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
                         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
  const bool private_use = (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
  return control || invisible || private_use || c == 0xFFFD || (c & 0xFFFEU) == 0xFFFEU;
}

bool is_plain(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    char32_t character = 0;
    const std::size_t length = decode_utf8(text, at, character);
    if (length == 0 || is_special(character)) return false;
    at += length;
  }
  return true;
}

void look_at_texts(const Json& value, const std::string& path, Tally& tally) {
  if (value.is_string()) {
    tally.look(is_plain(value.lexical()), path);
  } else if (value.is_array()) {
    std::size_t number = 0;
    for (const Json& item : value.items()) {
      look_at_texts(item, fmt::format("{}[{}]", path, ++number), tally);
    }
  } else if (value.is_object()) {
    for (const auto& [key, item] : value.members()) {
      look_at_texts(item, path.empty() ? key : path + "/" + key, tally);
    }
  }
}

Outcome characters(const CheckInput& in) {
  Tally tally;
  if (in.facts.description != nullptr) {
    for (const DescribedValue& value : described_values(*in.facts.description)) {
      tally.look(is_plain(value.entry.value), value.entry.chinese + "(" + value.entry.path + ")");
    }
  }
  if (in.facts.declared != nullptr) look_at_texts(in.facts.declared->declared(), "", tally);
  return judged(in, tally, "four_nature.what_character");
}

/// DA/T 13-2022: 全宗号-类别号·年度·保管期限-案卷号, each part as it is described.
Outcome archival_codes(const CheckInput& in) {
  if (in.facts.description == nullptr) return missing(in, "four_nature.no_description");
  const Description& description = *in.facts.description;
  const Language language = in.facts.language;

  struct Part {
    const char* path;
    const char* type;
    std::string value{};
  };

  Part parts[] = {{"fonds/code", ""},
                  {"archivalCode/category", "category"},
                  {"archivalCode/year", "year"},
                  {"archivalCode/retention", "retentionCode"},
                  {"archivalCode/fileNo", "serial"}};
  std::vector<std::string> faults;
  for (Part& part : parts) {
    part.value = description.value(part.path);
    const bool good =
        !part.value.empty() && (*part.type == '\0' || fits_type(part.type, part.value));
    if (!good) faults.push_back(part.path + shortened(part.value));
  }
  const std::string code = description.value("archivalCode");
  const std::string composed = fmt::format("{}-{}·{}·{}-{}", parts[0].value, parts[1].value,
                                           parts[2].value, parts[3].value, parts[4].value);
  const MessageArgument code_argument{"code", code};
  if (!faults.empty() || code.empty()) {
    return failed(say_in(language, "four_nature.code_parts",
                         {code_argument, {"list", listed(faults, language)}}));
  }
  if (code != composed) {
    return failed(
        say_in(language, "four_nature.code_differs", {code_argument, {"composed", composed}}));
  }
  return passed(say_in(language, "four_nature.code_good", {code_argument}));
}

/// 文书编号, 文号, and 题名 with the same date, twice in one file.
std::vector<std::string> duplicates_inside(const CaseFile& declared) {
  std::vector<std::string> faults;
  std::set<std::string> seen;
  for (const CaseDocument& document : declared.documents()) {
    const std::string number = "number\n" + document.doc_no;
    if (!document.doc_no.empty() && !seen.insert(number).second) {
      faults.push_back(document.id + shortened(document.doc_no));
    }
    const std::string title =
        fmt::format("{}\n{}\n{}", document.title, document.date, document.doc_no);
    if (!document.title.empty() && !seen.insert(title).second) {
      faults.push_back(document.id + shortened(document.title));
    }
  }
  return faults;
}

Outcome duplicates(const CheckInput& in) {
  const Language language = in.facts.language;
  if (in.facts.declared == nullptr) return missing(in, "four_nature.no_case");
  const std::size_t documents = in.facts.declared->documents().size();
  std::vector<std::string> faults = duplicates_inside(*in.facts.declared);
  if (in.facts.store) {
    for (const DuplicateFact& twin : in.facts.store->duplicates) {
      faults.push_back(twin.what + shortened(twin.value) + "=" + twin.other);
    }
  }
  const MessageArgument count{"count", std::to_string(documents)};
  if (!faults.empty()) {
    return failed(say_in(language, "four_nature.duplicates_found",
                         {count, {"list", listed(faults, language)}}));
  }
  const std::string inside = say_in(language, "four_nature.duplicates_none_inside", {count});
  if (!in.facts.store) return not_run(say_in(language, "four_nature.store_not_compared"), inside);
  return passed(say_in(language, "four_nature.duplicates_none",
                       {{"inside", inside}, {"others", std::to_string(in.facts.store->others)}}));
}

}  // namespace

ItemChecks metadata_checks() {
  return {{"ZS-2-1", lengths},    {"ZS-2-2", types},      {"ZS-2-3", choices},
          {"ZS-2-4", reasonable}, {"ZS-2-5", characters}, {"ZS-2-6", archival_codes},
          {"ZS-2-7", duplicates}};
}

}  // namespace anjuan::rules::items
