// WZ-1-1 to WZ-4-3: counts, obligatory metadata, sequences, content, scope.
#include <limits>
#include <set>

#include "core/case/case_keys.h"
#include "preservation/rules/four_nature_checks.h"

namespace anjuan::rules::items {

namespace {

Outcome compared(const CheckInput& in, std::string_view what_id, std::uint64_t listed_count,
                 std::uint64_t counted) {
  const Language language = in.facts.language;
  std::string evidence = say_in(language, "four_nature.hand_over_compared",
                                {{"what", say_in(language, what_id)},
                                 {"list", in.facts.hand_over->list},
                                 {"listed", number(listed_count)},
                                 {"counted", number(counted)}});
  return listed_count == counted ? passed(std::move(evidence)) : failed(std::move(evidence));
}

Outcome items_total(const CheckInput& in) {
  if (!in.facts.hand_over || !in.facts.hand_over->items) {
    return missing(in, "four_nature.no_hand_over");
  }
  if (in.facts.declared == nullptr) return missing(in, "four_nature.no_case");
  const CaseFile& declared = *in.facts.declared;
  return compared(in, "four_nature.what_items", *in.facts.hand_over->items,
                  declared.documents().size() + declared.recordings().size());
}

Outcome bytes_total(const CheckInput& in) {
  if (!in.facts.hand_over || !in.facts.hand_over->bytes) {
    return missing(in, "four_nature.no_hand_over");
  }
  if (!in.facts.content) return missing(in, "four_nature.no_content");
  std::uint64_t bytes = 0;
  for (const FactFile& file : in.facts.content->files) {
    if (!file.is_declaration) bytes += file.bytes;
  }
  return compared(in, "four_nature.what_bytes", *in.facts.hand_over->bytes, bytes);
}

/// Walks the scheme: each obligatory element must stand in the description, with a value or
/// with the statement that it is not described.
struct Scheme {
  std::size_t required = 0;
  std::vector<std::string> absent;  ///< no element
  std::vector<std::string> empty;   ///< an element without a value

  void walk(const DescriptionNode& node, const DescriptionElement& kind) {
    for (const DescriptionField* field : kind.attributes) {
      if (!field->is_required) continue;
      ++required;
      const auto name = field->path.substr(field->path.find('@') + 1);
      if (node.attribute(name) == nullptr) empty.push_back(field->chinese);
    }
    for (const DescriptionElement& child : kind.children) walk_child(node, child);
  }

  void walk_child(const DescriptionNode& node, const DescriptionElement& child) {
    bool is_there = false;
    for (const DescriptionNode& each : node.children) {
      if (each.name != child.name) continue;
      is_there = true;
      walk(each, child);
      const bool has_value = !child.is_group() || child.has_value_attribute();
      if (child.is_required && has_value && each.value.empty()) empty.push_back(child.chinese);
    }
    if (!child.is_required) return;
    ++required;
    if (!is_there) absent.push_back(child.chinese);
  }
};

std::optional<Scheme> scheme_of(const CheckInput& in) {
  if (in.facts.description == nullptr) return std::nullopt;
  Scheme scheme;
  scheme.walk(in.facts.description->root(), description_root());
  return scheme;
}

/// Equal names once, in their first order.
std::vector<std::string> once(const std::vector<std::string>& names) {
  std::set<std::string> seen;
  std::vector<std::string> different;
  for (const std::string& name : names) {
    if (seen.insert(name).second) different.push_back(name);
  }
  return different;
}

Outcome obligatory(const CheckInput& in, const Scheme& scheme,
                   const std::vector<std::string>& faults, std::string_view good,
                   std::string_view bad) {
  const Language language = in.facts.language;
  const MessageArgument count{"count", number(scheme.required)};
  if (faults.empty()) return passed(say_in(language, good, {count}));
  return failed(
      say_in(language, bad,
             {count, {"bad", number(faults.size())}, {"list", listed(once(faults), language)}}));
}

Outcome elements_present(const CheckInput& in) {
  const auto scheme = scheme_of(in);
  if (!scheme) return missing(in, "four_nature.no_description");
  return obligatory(in, *scheme, scheme->absent, "four_nature.elements_present",
                    "four_nature.elements_absent");
}

Outcome elements_filled(const CheckInput& in) {
  const auto scheme = scheme_of(in);
  if (!scheme) return missing(in, "four_nature.no_description");
  std::vector<std::string> faults = scheme->absent;
  faults.insert(faults.end(), scheme->empty.begin(), scheme->empty.end());
  return obligatory(in, *scheme, faults, "four_nature.elements_filled",
                    "four_nature.elements_empty");
}

/// Every step has a kind and a time; every document and recording belongs to a step that is there.
Outcome process(const CheckInput& in) {
  if (in.facts.declared == nullptr) return missing(in, "four_nature.no_case");
  const Language language = in.facts.language;
  const CaseFile& declared = *in.facts.declared;
  if (declared.events().empty()) return missing(in, "four_nature.no_events");
  std::vector<std::string> faults;
  std::set<std::string> steps;
  for (const CaseEvent& event : declared.events()) {
    steps.insert(event.id);
    if (event.kind.empty() || event.start.empty()) faults.push_back(event.id);
  }
  const auto belongs = [&](const std::string& id, const std::string& event) {
    if (!event.empty() && !steps.contains(event)) faults.push_back(id + "→" + event);
  };
  for (const CaseDocument& document : declared.documents()) belongs(document.id, document.event);
  for (const CaseRecording& av : declared.recordings()) {
    belongs(av.id, av.event);
    if (av.event.empty()) faults.push_back(av.id);
  }
  const MessageArgument count{"count", number(declared.events().size())};
  if (faults.empty()) return passed(say_in(language, "four_nature.process_good", {count}));
  return failed(
      say_in(language, "four_nature.process_bad", {count, {"list", listed(faults, language)}}));
}

/// The numbers from 1 without a hole; names the first that is not next.
void in_sequence(const std::vector<std::optional<std::int64_t>>& numbers, const std::string& what,
                 std::vector<std::string>& faults) {
  std::int64_t next = 1;
  for (const auto& each : numbers) {
    if (!each || *each != next) {
      faults.push_back(fmt::format("{} {}", what, next));
      return;
    }
    ++next;
  }
}

void pages_in_sequence(const CaseFile& declared, std::vector<std::string>& faults) {
  std::int64_t next = 1;
  for (const CaseDocument& document : declared.documents()) {
    const bool follows = document.page_from == next && document.page_to &&
                         *document.page_to >= next &&
                         *document.page_to < std::numeric_limits<std::int64_t>::max();
    if (!follows) {
      const CaseShape& shape = *case_shape().by_json("docs")->shape;
      faults.push_back(
          fmt::format("{} {} {}", document.id, shape.by_json("page_from")->label, next));
      return;
    }
    next = *document.page_to + 1;
  }
}

Outcome sequences(const CheckInput& in) {
  if (in.facts.declared == nullptr) return missing(in, "four_nature.no_case");
  const Language language = in.facts.language;
  const CaseFile& declared = *in.facts.declared;
  if (declared.documents().empty()) return missing(in, "four_nature.no_documents");
  std::vector<std::optional<std::int64_t>> documents;
  std::vector<std::optional<std::int64_t>> lines;
  for (const CaseDocument& document : declared.documents()) documents.push_back(document.seq);
  for (const CaseIndexItem& line : declared.index()) lines.push_back(line.seq);
  std::vector<std::string> faults;
  in_sequence(documents, say_in(language, "four_nature.word_documents"), faults);
  in_sequence(lines, say_in(language, "four_nature.word_index"), faults);
  // Several volumes count their pages each from 1; that is judged by the rules of the law.
  if (declared.volumes().size() <= 1) pages_in_sequence(declared, faults);
  const MessageArgument count{"count", number(documents.size())};
  const MessageArgument index{"lines", number(lines.size())};
  if (faults.empty()) return passed(say_in(language, "four_nature.sequence_good", {count, index}));
  return failed(say_in(language, "four_nature.sequence_bad",
                       {count, index, {"list", listed(faults, language)}}));
}

Outcome content_whole(const CheckInput& in) {
  if (!in.facts.content) return missing(in, "four_nature.no_content");
  const Language language = in.facts.language;
  std::vector<std::string> faults = in.facts.content->missing;
  std::vector<std::string> unread;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  for (const FactFile& file : in.facts.content->files) {
    if (file.bytes == 0) faults.push_back(file.path);
    if (file.sha512.empty()) unread.push_back(file.path);
    ++files;
    bytes += file.bytes;
  }
  if (in.facts.package) {
    for (const Finding& finding : in.facts.package->fixity) faults.push_back(finding.where);
  }
  const MessageArgument count{"count", number(files)};
  if (!faults.empty()) {
    return failed(
        say_in(language, "four_nature.content_bad", {count, {"list", listed(faults, language)}}));
  }
  if (files == 0) return missing(in, "four_nature.no_files");
  if (!unread.empty()) {
    return not_run(
        say_in(language, "four_nature.content_unread", {{"list", listed(unread, language)}}));
  }
  return passed(say_in(language, "four_nature.content_good", {count, {"bytes", number(bytes)}}));
}

/// Documents without a file, recordings without a file or a place where they are kept.
std::vector<std::string> without_file(const CaseFile& declared) {
  std::vector<std::string> ids;
  for (const CaseDocument& document : declared.documents()) {
    if (document.file.empty()) ids.push_back(document.id);
  }
  for (const CaseRecording& av : declared.recordings()) {
    if (av.file.empty() && av.segments.empty() && av.location.empty()) ids.push_back(av.id);
  }
  return ids;
}

Outcome attachments(const CheckInput& in) {
  if (in.facts.declared == nullptr) return missing(in, "four_nature.no_case");
  if (!in.facts.content) return missing(in, "four_nature.no_content");
  const Language language = in.facts.language;
  const CaseFile& declared = *in.facts.declared;
  const std::size_t documents = declared.documents().size();
  std::vector<std::string> faults = without_file(declared);
  faults.insert(faults.end(), in.facts.content->missing.begin(), in.facts.content->missing.end());
  const std::size_t lines = declared.index().size();
  const bool differs = lines > 0 && lines != documents;
  const MessageArgument counts[] = {{"documents", number(documents)},
                                    {"recordings", number(declared.recordings().size())},
                                    {"lines", number(lines)}};
  if (!faults.empty() || differs) {
    return failed(say_in(language, "four_nature.attachments_bad",
                         {counts[0],
                          counts[1],
                          counts[2],
                          {"bad", number(faults.size())},
                          {"list", listed(faults, language)}}));
  }
  if (lines == 0) return missing(in, "four_nature.no_index");
  return passed(
      say_in(language, "four_nature.attachments_good", {counts[0], counts[1], counts[2]}));
}

Outcome scope(const CheckInput& in) {
  if (!in.facts.judgement) return missing(in, "four_nature.no_judgement");
  const Language language = in.facts.language;
  const JudgementFact& judgement = *in.facts.judgement;
  std::string evidence = say_in(language, "four_nature.judged",
                                {{"rules", judgement.rules},
                                 {"passed", number(judgement.passed)},
                                 {"failed", number(judgement.failed.size())},
                                 {"not_checked", number(judgement.not_checked)},
                                 {"needs_person", number(judgement.needs_person)},
                                 {"declared", number(judgement.declared)},
                                 {"list", listed(judgement.failed, language)}});
  if (!judgement.failed.empty()) return failed(std::move(evidence));
  const bool is_all =
      judgement.not_checked == 0 && judgement.needs_person == 0 && judgement.declared == 0;
  if (judgement.passed > 0 && is_all) return passed(std::move(evidence));
  return not_run(say_in(language, "four_nature.judged_part"), std::move(evidence));
}

Outcome package_metadata(const CheckInput& in) {
  if (!in.facts.package || in.facts.package->metadata_expected.empty()) {
    return missing(in, "four_nature.no_package");
  }
  const Language language = in.facts.language;
  const PackageFact& package = *in.facts.package;
  const MessageArgument count{"count", number(package.metadata_expected.size())};
  if (package.metadata_missing.empty()) {
    return passed(say_in(language, "four_nature.metadata_present",
                         {count, {"list", listed(package.metadata_expected, language)}}));
  }
  return failed(say_in(language, "four_nature.metadata_missing",
                       {count, {"list", listed(package.metadata_missing, language)}}));
}

Outcome package_content(const CheckInput& in) {
  if (!in.facts.package) return missing(in, "four_nature.no_package");
  const PackageFact& package = *in.facts.package;
  if (package.content_listed == 0 && package.content_present == 0) {
    return missing(in, "four_nature.no_files");
  }
  std::string evidence = say_in(
      in.facts.language, "four_nature.content_counted",
      {{"listed", number(package.content_listed)}, {"present", number(package.content_present)}});
  const bool same = package.content_listed == package.content_present;
  return same ? passed(std::move(evidence)) : failed(std::move(evidence));
}

}  // namespace

ItemChecks completeness_checks() {
  return {{"WZ-1-1", items_total},      {"WZ-1-2", bytes_total},    {"WZ-2-1", elements_present},
          {"WZ-2-2", elements_filled},  {"WZ-2-3", process},        {"WZ-2-4", sequences},
          {"WZ-3-1", content_whole},    {"WZ-3-2", attachments},    {"WZ-4-1", scope},
          {"WZ-4-2", package_metadata}, {"WZ-4-3", package_content}};
}

}  // namespace anjuan::rules::items
