#include "preservation/rules/retention.h"

#include <algorithm>

#include "core/embedded.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/rules/conditions.h"
#include "preservation/rules/layers.h"

namespace anjuan::rules {

namespace {

constexpr std::string_view kSchema = "urn:anjuan:retention:1";
constexpr std::string_view kCompiledIn = "rules/retention.json";
constexpr std::string_view kPermanentWord = "permanent";
constexpr int kLineYearsMax = 1000;

/// A line that lasts no less and matches no fewer cases asks no less.
std::string weaker_line(const RetentionLine& now, const RetentionLine& before) {
  if (now.years < before.years) return "years";
  return is_wider(now.where, before.where) ? "" : "where";
}

int read_years(const DataReader& reader, const Json& json) {
  const Json* years = json.find("years");
  if (years != nullptr && years->is_string()) {
    reader.check_word(*years, "years", {kPermanentWord});
    return kPermanent;
  }
  return static_cast<int>(reader.integer(json, "years", 1, kLineYearsMax));
}

std::vector<Condition> read_where(const DataReader& reader, const Json& json,
                                  const KeyNames& names) {
  const Json* where = reader.maybe(json, "where", Json::Type::kObject);
  if (where == nullptr) return {};
  return read_conditions(reader, *where, KeyHome::kCase, names);
}

RetentionLine read_line(const DataReader& reader, const Json& json, bool is_bureau,
                        const KeyNames& names) {
  std::vector<std::string_view> keys{"id",    "title",       "years",           "where",
                                     "basis", "source_text", "source_verified", "note"};
  if (!is_bureau) keys.push_back("layer");
  reader.check_keys(json, keys);
  RetentionLine line;
  line.id = reader.id(json, "id");
  line.title = reader.text(json, "title");
  line.years = read_years(reader, json);
  line.where = read_where(reader, json, names);
  line.basis = reader.text(json, "basis");
  line.source_text = reader.text(json, "source_text");
  line.is_source_verified = reader.boolean_or(json, "source_verified", true);
  line.note = reader.text_or_none(json, "note");
  line.layer = Layer::kBureau;
  if (!is_bureau) {
    const auto seed = layer_word(Layer::kSeed);
    const auto layer = reader.word(json, "layer", {seed, layer_word(Layer::kNational)});
    line.layer = layer == seed ? Layer::kSeed : Layer::kNational;
  }
  line.origin = fmt::format("{}:{}", reader.file(), json.place().line);
  return line;
}

Layers<RetentionLine>::Items read_lines(const DataReader& reader, const Json& root, bool is_bureau,
                                        const KeyNames& names) {
  Layers<RetentionLine>::Items lines;
  const Json* written = reader.maybe(root, "lines", Json::Type::kArray);
  if (written == nullptr) return lines;
  for (const auto& json : reader.items(*written, "lines")) {
    lines.push_back({read_line(reader, json, is_bureau, names), json.place()});
  }
  return lines;
}

std::vector<RetentionExemption> read_exemptions(const DataReader& reader, const Json& root) {
  std::vector<RetentionExemption> exemptions;
  const Json* written = reader.maybe(root, "exempt", Json::Type::kArray);
  if (written == nullptr) return exemptions;
  for (const auto& json : reader.items(*written, "exempt")) {
    reader.check_keys(json, {"where", "basis", "source_text"});
    reader.need(json, "where", Json::Type::kObject);
    exemptions.push_back({read_where(reader, json, KeyNames()), reader.text(json, "basis"),
                          reader.text(json, "source_text")});
  }
  return exemptions;
}

/// Only what is compiled in may exempt, and says its layers line by line.
Json read_head(const DataReader& reader, std::string_view text, bool is_bureau) {
  Json root = reader.parse(text);
  std::vector<std::string_view> keys{"schema", "version", "title", "lines"};
  keys.push_back(is_bureau ? "weakened" : "exempt");
  reader.check_keys(root, keys);
  reader.word(root, "schema", {kSchema});
  reader.text(root, "version");
  reader.text(root, "title");
  return root;
}

}  // namespace

RetentionSchedule RetentionSchedule::load(const std::optional<std::filesystem::path>& bureau,
                                          const std::vector<std::string>& own_keys) {
  return from_files(bureau ? data_files(*bureau) : std::vector<DataFile>(), own_keys);
}

RetentionSchedule RetentionSchedule::from_files(const std::vector<DataFile>& files,
                                                const std::vector<std::string>& own_keys) {
  const KeyNames names(own_keys);
  RetentionSchedule schedule;
  Layers<RetentionLine> layers(weaker_line);
  const DataReader first{std::string(kCompiledIn)};
  const Json root = read_head(first, embedded(kCompiledIn), false);
  schedule.exemptions_ = read_exemptions(first, root);
  layers.take_over(first, read_lines(first, root, false, names), {});
  for (const auto& file : files) {
    const DataReader reader(file.name);
    const Json own = read_head(reader, file.text, true);
    layers.lay(reader, Layer::kBureau, read_lines(reader, own, true, names),
               read_weakened(reader, own));
  }
  schedule.lines_ = layers.take_items();
  schedule.weakened_ = layers.take_weakened();
  return schedule;
}

const RetentionExemption* RetentionSchedule::exemption(const CaseFile& declared) const {
  for (const auto& exemption : exemptions_) {
    if (holds(exemption.where, declared.declared())) return &exemption;
  }
  return nullptr;
}

std::vector<const RetentionLine*> RetentionSchedule::matching(const CaseFile& declared) const {
  std::vector<const RetentionLine*> found;
  if (exemption(declared) != nullptr) return found;
  for (const auto& line : lines_) {
    if (holds(line.where, declared.declared())) found.push_back(&line);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](auto* a, auto* b) { return a->years > b->years; });
  return found;
}

int RetentionSchedule::longest(const CaseFile& declared) const {
  const auto found = matching(declared);
  return found.empty() ? 0 : found.front()->years;
}

namespace {

std::chrono::year year_of(Day day) { return std::chrono::year_month_day(day).year(); }

}  // namespace

std::optional<Day> retention_start(const CaseFile& declared) {
  const auto closed = instant_of(declared.closed_at());
  if (!closed) return std::nullopt;  // no date, or none that can be read: rules report that
  return Day{(year_of(day_of(*closed)) + std::chrono::years(1)) / std::chrono::January / 1};
}

std::optional<Day> retention_end(const CaseFile& declared, int years) {
  const auto start = retention_start(declared);
  if (!start || years < 1 || years > kLineYearsMax) return std::nullopt;
  const auto after = year_of(*start) + std::chrono::years(years);
  return Day{after / std::chrono::January / 1} - std::chrono::days(1);
}

}  // namespace anjuan::rules
