// KY-1-1 to KY-4-1: can it be read, now and later.
#include <algorithm>
#include <cctype>

#include "preservation/rules/four_nature_checks.h"

namespace anjuan::rules::items {

namespace {

Outcome metadata_readable(const CheckInput& in) {
  if (in.facts.metadata.empty()) return missing(in, "four_nature.no_metadata");
  const Language language = in.facts.language;
  std::vector<std::string> read;
  std::vector<std::string> faults;
  for (const MetadataFact& document : in.facts.metadata) {
    read.push_back(document.name);
    if (!document.problem.empty()) faults.push_back(document.name + ": " + document.problem);
  }
  const MessageArgument count{"count", number(read.size())};
  if (!faults.empty()) {
    return failed(say_in(language, "four_nature.metadata_unreadable",
                         {count, {"list", listed(faults, language)}}));
  }
  return passed(
      say_in(language, "four_nature.metadata_readable", {count, {"list", listed(read, language)}}));
}

Outcome database(const CheckInput& in) {
  if (!in.facts.database) return missing(in, "four_nature.no_database");
  const DatabaseFact& file = *in.facts.database;
  if (file.was_opened && file.integrity.empty()) return missing(in, "four_nature.no_integrity");
  const MessageArgument name{"name", file.name};
  if (file.was_opened && file.integrity == "ok") {
    return passed(say_in(in.facts.language, "four_nature.database_good", {name}));
  }
  return failed(
      say_in(in.facts.language, "four_nature.database_bad", {name, {"reason", file.integrity}}));
}

std::string extension_of(std::string_view path) {
  const auto dot = path.rfind('.');
  std::string extension(dot == path.npos ? "" : path.substr(dot + 1));
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

struct FormatTally {
  std::size_t count = 0;
  std::vector<std::string> faults;
  std::vector<std::string> unknown;
};

bool is_identified(const FactFile& file) {
  return !file.puid.empty() || (!file.mime.empty() && file.mime != "application/octet-stream");
}

/// `allowed` is the column of the table that counts.
FormatTally formats_of(const CheckInput& in, std::optional<bool> FormatRow::*allowed) {
  FormatTally tally;
  for (const FactFile& file : in.facts.content->files) {
    if (file.is_declaration) continue;
    ++tally.count;
    const FormatRow* row = in.formats.find(file.puid, file.mime);
    const auto shown = [&] {
      return fmt::format("{}({})", file.path, file.puid.empty() ? file.mime : file.puid);
    };
    if (!is_identified(file) || (row != nullptr && !(row->*allowed))) {
      tally.unknown.push_back(shown());
      continue;
    }
    const bool fits_name =
        row != nullptr && std::find(row->extensions.begin(), row->extensions.end(),
                                    extension_of(file.path)) != row->extensions.end();
    if (!fits_name || !*(row->*allowed)) tally.faults.push_back(shown());
  }
  return tally;
}

Outcome by_format(const CheckInput& in, std::optional<bool> FormatRow::*allowed,
                  std::string_view what_id) {
  if (!in.facts.content) return missing(in, "four_nature.no_content");
  const Language language = in.facts.language;
  const FormatTally tally = formats_of(in, allowed);
  if (tally.count == 0) return missing(in, "four_nature.no_files");
  const std::string what = say_in(language, what_id);
  const MessageArgument count{"count", number(tally.count)};
  if (!tally.faults.empty()) {
    return failed(say_in(language, "four_nature.formats_bad",
                         {count,
                          {"what", what},
                          {"bad", number(tally.faults.size())},
                          {"list", listed(tally.faults, language)}}));
  }
  if (tally.unknown.empty()) {
    return passed(say_in(language, "four_nature.formats_good", {count, {"what", what}}));
  }
  return not_run(say_in(language, "four_nature.formats_unknown",
                        {{"unknown", number(tally.unknown.size())},
                         {"list", listed(tally.unknown, language)}}),
                 say_in(language, "four_nature.formats_part",
                        {{"count", number(tally.count - tally.unknown.size())}, {"what", what}}));
}

Outcome archival_format(const CheckInput& in) {
  return by_format(in, &FormatRow::archival, "four_nature.what_archival");
}

Outcome long_term_format(const CheckInput& in) {
  return by_format(in, &FormatRow::long_term, "four_nature.what_long_term");
}

Outcome content_readable(const CheckInput& in) {
  if (!in.facts.content) return missing(in, "four_nature.no_content");
  const Language language = in.facts.language;
  std::size_t opened = 0;
  std::size_t untried = 0;
  std::vector<std::string> faults;
  for (const FactFile& file : in.facts.content->files) {
    if (file.is_declaration) continue;
    if (!file.opens) {
      ++untried;
    } else if (*file.opens) {
      ++opened;
    } else {
      faults.push_back(file.path);
    }
  }
  if (!faults.empty()) {
    return failed(say_in(language, "four_nature.unreadable",
                         {{"opened", number(opened)}, {"list", listed(faults, language)}}));
  }
  if (untried > 0) {
    const MessageArgument count{"count", number(untried)};
    std::string part =
        opened == 0 ? "" : say_in(language, "four_nature.opened", {{"opened", number(opened)}});
    return not_run(say_in(language, "four_nature.not_opened", {count}), std::move(part));
  }
  if (opened == 0) return missing(in, "four_nature.no_files");
  return passed(say_in(language, "four_nature.opened", {{"opened", number(opened)}}));
}

/// Devices of recordings and programs that made documents, as described and as declared.
struct Environment {
  std::size_t recorded = 0;
  std::vector<std::string> unrecorded;
  std::vector<std::string> differing;
};

std::string device_of(const std::shared_ptr<const CaseFile>& declared, std::string_view id) {
  if (declared == nullptr) return "";
  for (const CaseRecording& av : declared->recordings()) {
    if (av.id == id) return av.device_id;
  }
  return "";
}

std::string attribute_or(const DescriptionNode& node, std::string_view name,
                         std::string_view fallback) {
  const auto* value = node.attribute(name);
  return value == nullptr ? std::string(fallback) : *value;
}

Environment environment_of(const FourNatureFacts& facts) {
  Environment out;
  for (const DescriptionNode& node : facts.description->root().children) {
    const std::string id = attribute_or(node, "id", node.name);
    if (node.name == "av") {
      const auto* device = node.child("captureDevice");
      const std::string described = device == nullptr ? "" : device->value;
      const std::string declared = device_of(facts.declared, id);
      if (described.empty()) {
        out.unrecorded.push_back(id);
      } else {
        ++out.recorded;
        const bool same = declared.empty() || described.find(declared) != described.npos;
        if (!same) out.differing.push_back(id + shortened(described) + "≠" + shortened(declared));
      }
    }
    if (node.name != "item") continue;
    for (const DescriptionNode& file : node.children) {
      if (file.name != "file") continue;
      if (file.attribute("creatingApp") == nullptr) {
        out.unrecorded.push_back(id);
      } else {
        ++out.recorded;
      }
    }
  }
  return out;
}

Outcome environment(const CheckInput& in) {
  if (in.facts.description == nullptr) return missing(in, "four_nature.no_description");
  const Language language = in.facts.language;
  const Environment found = environment_of(in.facts);
  const MessageArgument count{"count", number(found.recorded)};
  if (!found.differing.empty()) {
    return failed(say_in(language, "four_nature.environment_differs",
                         {count, {"list", listed(found.differing, language)}}));
  }
  if (found.recorded == 0) return missing(in, "four_nature.no_environment");
  std::string evidence = say_in(language, "four_nature.environment_recorded", {count});
  if (found.unrecorded.empty()) return passed(std::move(evidence));
  return not_run(say_in(language, "four_nature.environment_part",
                        {{"count", number(found.unrecorded.size())},
                         {"list", listed(found.unrecorded, language)}}),
                 std::move(evidence));
}

Outcome open_formats(const CheckInput& in) {
  if (!in.facts.content) return missing(in, "four_nature.no_content");
  const Language language = in.facts.language;
  std::size_t count = 0;
  std::vector<std::string> faults;
  std::vector<std::string> unknown;
  for (const FactFile& file : in.facts.content->files) {
    if (file.is_declaration) continue;
    ++count;
    if (file.is_encrypted.value_or(false) || file.is_archive.value_or(false)) {
      faults.push_back(file.path);
    } else if (!file.is_encrypted || !file.is_archive) {
      unknown.push_back(file.path);
    }
  }
  const MessageArgument counted{"count", number(count)};
  if (!faults.empty()) {
    return failed(say_in(language, "four_nature.closed_formats",
                         {counted, {"list", listed(faults, language)}}));
  }
  if (count == 0) return missing(in, "four_nature.no_files");
  if (!unknown.empty()) {
    return not_run(say_in(language, "four_nature.maybe_encrypted",
                          {{"bad", number(unknown.size())}, {"list", listed(unknown, language)}}));
  }
  return passed(say_in(language, "four_nature.open_formats", {counted}));
}

}  // namespace

ItemChecks usability_checks() {
  return {{"KY-1-1", metadata_readable}, {"KY-1-2", database},         {"KY-2-1", archival_format},
          {"KY-2-2", content_readable},  {"KY-2-3", long_term_format}, {"KY-3-1", environment},
          {"KY-4-1", open_formats}};
}

}  // namespace anjuan::rules::items
