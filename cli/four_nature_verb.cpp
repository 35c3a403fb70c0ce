// anjuan four-nature: the four-nature checks of stored packages, printed and as XML.
#include <limits>

#include <CLI/CLI.hpp>

#include "catalog/index/index.h"
#include "cli/context.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/four_nature_of_package.h"

namespace anjuan::cli {

namespace {

namespace fs = std::filesystem;

struct FourNatureOptions {
  std::vector<std::string> packages;
  std::string phase = "BC";
  fs::path out;
  std::optional<std::uint64_t> list_items;
  std::optional<std::uint64_t> list_bytes;
};

void add_duplicate(rules::StoreFact& fact, std::string_view what, const std::string& value,
                   const std::string& other_value, const std::string& other) {
  if (!value.empty() && value == other_value)
    fact.duplicates.push_back({std::string(what), value, other});
}

/// 档号 and 案号 of the package compared with those of all others, by the index.
std::optional<rules::StoreFact> others_of(const preservation::Home& home,
                                          const packager::PackageId& id) {
  if (!fs::exists(home.index_file())) return std::nullopt;
  catalog::PackageFilter everything;
  everything.limit = std::numeric_limits<std::int64_t>::max();
  std::vector<catalog::PackageRow> rows;
  try {
    rows = catalog::Index::open(home.index_file()).list(everything).rows;
  } catch (const Error& error) {
    // An index that is damaged is found by KY-1-2; here it only means that nothing was compared.
    if (error.code() != ErrorCode::kCorrupt && error.code() != ErrorCode::kInvalid) throw;
    return std::nullopt;
  }
  const auto own =
      std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.id == id.uuid(); });
  if (own == rows.end()) return std::nullopt;
  rules::StoreFact fact;
  for (const auto& row : rows) {
    if (row.id == own->id) continue;
    ++fact.others;
    add_duplicate(fact, say("four_nature.word_code"), own->archival_code, row.archival_code,
                  row.id);
    add_duplicate(fact, say("four_nature.word_case_no"), own->case_no, row.case_no, row.id);
  }
  return fact;
}

void print_item(const Context& context, const rules::ItemResult& item) {
  context.print(say("four_nature.line",
                    {{"state", say(fmt::format("four_nature.state_{}", state_word(item.state)))},
                     {"code", item.code},
                     {"name", item.name}}));
  if (!item.evidence.empty()) context.print("      " + item.evidence);
  if (!item.reason.empty()) {
    context.print("      " + say("four_nature.because", {{"reason", item.reason}}));
  }
  context.emit(json_line({{"code", Json::string(item.code)},
                          {"name", Json::string(item.name)},
                          {"state", Json::string(std::string(state_word(item.state)))},
                          {"evidence", Json::string(item.evidence)},
                          {"reason", Json::string(item.reason)}}));
}

void print_report(const Context& context, const rules::FourNatureReport& report) {
  using rules::ItemState;
  for (const rules::ItemResult& item : report.items) print_item(context, item);
  const auto count = [&](ItemState state) { return report.count(state); };
  context.print(
      say("four_nature.summary", {{"package", report.subject},
                                  {"phase", report.phase_name},
                                  {"passed", std::to_string(count(ItemState::kPassed))},
                                  {"failed", std::to_string(count(ItemState::kFailed))},
                                  {"not_run", std::to_string(count(ItemState::kNotRun))}}));
  const auto number = [&](ItemState state) {
    return Json::integer(static_cast<std::int64_t>(count(state)));
  };
  context.emit(json_line({{"package", Json::string(report.subject)},
                          {"phase", Json::string(std::string(phase_code(report.phase)))},
                          {"passed", number(ItemState::kPassed)},
                          {"failed", number(ItemState::kFailed)},
                          {"not_run", number(ItemState::kNotRun)}}));
}

/// The document is Chinese whatever the screen speaks.
void write_report(const Context& context, const FourNatureOptions& options,
                  const rules::FourNatureReport& report) {
  const std::string name = fmt::format("four-nature-{}-{}.xml", options.phase, report.subject);
  create_durably(options.out / name, to_xml(report));
  context.print(say("four_nature.written", {{"path", (options.out / name).string()}}));
}

int run_four_nature(Context& context, const FourNatureOptions& options) {
  const auto home = context.open_home();
  const auto store = preservation::Store::open(home.path(), home.config(), context.clock(),
                                               preservation::OpenMode::kRead);
  const auto scanner =
      preservation::VirusScanner::open(home.config().virus.socket, home.config().virus.bytes_max);
  const auto formats = rules::FormatPolicy::load(home.data());
  const auto phase = rules::phase_of_code(options.phase).value();
  bool is_failed = false;
  for (const std::string& package : options.packages) {
    const auto id = packager::PackageId::parse(package);
    auto facts =
        preservation::facts_of_package({store, home, scanner, context.clock().now(),
                                        context.progress(), language(), others_of(home, id)},
                                       id);
    if (options.list_items || options.list_bytes) {
      facts.hand_over = {say("four_nature.hand_over_typed"), options.list_items,
                         options.list_bytes};
    }
    const auto report = rules::four_nature(phase, facts, formats);
    print_report(context, report);
    is_failed = is_failed || report.count(rules::ItemState::kFailed) > 0;
    if (options.out.empty()) continue;
    facts.language = Language::kChinese;
    write_report(context, options, rules::four_nature(phase, facts, formats));
  }
  return is_failed ? 3 : 0;
}

}  // namespace

void declare_four_nature(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "four-nature");
  auto options = std::make_shared<FourNatureOptions>();
  verb->add_option("PACKAGE-ID", options->packages, say("four_nature.package"))->required();
  verb->add_option("--phase", options->phase, say("four_nature.phase"))
      ->check(CLI::IsMember({"GD", "YJ", "BC"}));
  verb->add_option("--list-items", options->list_items, say("four_nature.list_items"));
  verb->add_option("--list-bytes", options->list_bytes, say("four_nature.list_bytes"));
  verb->add_option("--out", options->out, say("four_nature.out"))->check(CLI::ExistingDirectory);
  verb->callback([&action, options] {
    action = [options](Context& context) { return run_four_nature(context, *options); };
  });
}

}  // namespace anjuan::cli
