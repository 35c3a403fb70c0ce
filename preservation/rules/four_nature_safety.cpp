// AQ-1-1 to AQ-3-1: viruses, carriers, the log of operations.
#include "preservation/rules/four_nature_checks.h"

namespace anjuan::rules::items {

namespace {

/// A carrier that gives less than this is failing or worn (single-speed DVD, 1.385 MB/s).
constexpr double kLeastBytesPerSecond = 1'385'000;

/// A scanner's reason in the words of the report.
std::string why(const std::string& word, Language language) {
  for (const std::string_view known : {"switched_off", "absent", "too_large", "unreadable",
                                       "timed_out", "broken", "scanner_error"}) {
    if (word == known) return say_in(language, "virus.why_" + word);
  }
  return word;
}

/// Why nothing was scanned; nothing if a scanner answered.
std::optional<Outcome> without_scanner(const CheckInput& in) {
  if (!in.facts.virus) return missing(in, "four_nature.no_scan");
  const VirusFact& virus = *in.facts.virus;
  if (!virus.engine.empty()) return std::nullopt;
  const Language language = in.facts.language;
  return not_run(
      say_in(language, "four_nature.no_scanner", {{"reason", why(virus.absent_reason, language)}}));
}

Outcome scanner(const CheckInput& in) {
  if (auto unscanned = without_scanner(in)) return *std::move(unscanned);
  const Language language = in.facts.language;
  const VirusFact& virus = *in.facts.virus;
  const MessageArgument engine{"engine", virus.engine};
  if (!virus.database_age_days) {
    return passed(say_in(language, "four_nature.scanner_undated", {engine}));
  }
  const MessageArgument database{"database", virus.database};
  const MessageArgument days{"days", std::to_string(*virus.database_age_days)};
  return passed(virus.is_database_old
                    ? say_in(language, "four_nature.scanner_old", {engine, database, days})
                    : say_in(language, "four_nature.scanner_dated", {engine, database, days}));
}

std::vector<std::string> shown(const std::vector<ScanFact>& rows, Language language) {
  std::vector<std::string> names;
  for (const ScanFact& row : rows) {
    const std::string detail = row.detail.empty() ? "" : ": " + row.detail;
    names.push_back(fmt::format("{}({}{})", row.name, why(row.reason, language), detail));
  }
  return names;
}

Outcome viruses(const CheckInput& in) {
  if (auto unscanned = without_scanner(in)) return *std::move(unscanned);
  const Language language = in.facts.language;
  const VirusFact& virus = *in.facts.virus;
  const MessageArgument engine{"engine", virus.engine};
  const MessageArgument clean{"clean", number(virus.clean)};
  if (!virus.infected.empty()) {
    return failed(say_in(language, "four_nature.infected",
                         {engine,
                          {"count", number(virus.infected.size())},
                          {"list", listed(shown(virus.infected, language), language)}}));
  }
  std::string evidence = say_in(language, "four_nature.clean", {engine, clean});
  if (!virus.not_scanned.empty()) {
    return not_run(say_in(language, "four_nature.not_scanned",
                          {{"count", number(virus.not_scanned.size())},
                           {"list", listed(shown(virus.not_scanned, language), language)}}),
                   virus.clean == 0 ? "" : std::move(evidence));
  }
  if (virus.clean == 0) return missing(in, "four_nature.no_files");
  return passed(std::move(evidence));
}

bool were_carriers_read(const CheckInput& in) {
  return in.facts.carriers && !in.facts.carriers->empty();
}

Outcome surplus_files(const CheckInput& in) {
  const Language language = in.facts.language;
  if (!were_carriers_read(in)) return missing(in, "four_nature.no_carrier");
  std::uint64_t files = 0;
  std::vector<std::string> faults;
  for (const CarrierFact& carrier : *in.facts.carriers) {
    files += carrier.files;
    for (const std::string& name : carrier.surplus) faults.push_back(carrier.id + ": " + name);
  }
  const MessageArgument count{"count", number(files)};
  if (!faults.empty()) {
    return failed(
        say_in(language, "four_nature.surplus_found", {count, {"list", listed(faults, language)}}));
  }
  if (files == 0) return missing(in, "four_nature.no_files");
  return passed(say_in(language, "four_nature.surplus_none", {count}));
}

Outcome reading_speed(const CheckInput& in) {
  const Language language = in.facts.language;
  if (!were_carriers_read(in)) return missing(in, "four_nature.no_carrier");
  std::vector<std::string> speeds;
  bool is_slow = false;
  for (const CarrierFact& carrier : *in.facts.carriers) {
    if (carrier.bytes_read == 0 || carrier.seconds <= 0) {
      return not_run(say_in(language, "four_nature.no_speed", {{"carrier", carrier.id}}));
    }
    const double speed = static_cast<double>(carrier.bytes_read) / carrier.seconds;
    is_slow = is_slow || speed < kLeastBytesPerSecond;
    speeds.push_back(fmt::format("{} {:.1f} MB/s", carrier.id, speed / 1'000'000));
  }
  std::string evidence = say_in(language, "four_nature.speed",
                                {{"list", listed(speeds, language)},
                                 {"least", fmt::format("{:.1f}", kLeastBytesPerSecond / 1e6)}});
  return is_slow ? failed(std::move(evidence)) : passed(std::move(evidence));
}

Outcome carrier_look(const CheckInput& in) { return by_person(in.facts, "AQ-2-3"); }

Outcome disc_quality(const CheckInput& in) { return by_person(in.facts, "AQ-2-4"); }

Outcome operations(const CheckInput& in) {
  const Language language = in.facts.language;
  if (!in.facts.log || (in.facts.log->entries == 0 && in.facts.log->faults.empty())) {
    return missing(in, "four_nature.no_log");
  }
  const LogFact& log = *in.facts.log;
  const MessageArgument count{"count", number(log.entries)};
  if (log.faults.empty()) return passed(say_in(language, "four_nature.log_good", {count}));
  return failed(
      say_in(language, "four_nature.log_bad", {count, {"list", listed(log.faults, language)}}));
}

}  // namespace

ItemChecks safety_checks() {
  return {{"AQ-1-1", scanner},       {"AQ-1-2", viruses},      {"AQ-2-1", surplus_files},
          {"AQ-2-2", reading_speed}, {"AQ-2-3", carrier_look}, {"AQ-2-4", disc_quality},
          {"AQ-3-1", operations}};
}

}  // namespace anjuan::rules::items
