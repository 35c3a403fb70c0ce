// anjuan list: the packages of a home, from the store itself.
#include <CLI/CLI.hpp>

#include "catalog/index/index.h"
#include "cli/context.h"
#include "core/messages.h"
#include "core/text.h"

namespace anjuan::cli {

namespace {

/// Columns that a Chinese character takes two of on a terminal.
std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (const char byte : text) {
    const auto value = static_cast<unsigned char>(byte);
    if ((value & 0xC0U) == 0x80U) continue;
    width += value >= 0xE3U ? 2 : 1;
  }
  return width;
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t has = display_width(text);
  if (has < width) text.append(width - has, ' ');
  return text;
}

std::vector<catalog::PackageRow> all_rows(const catalog::Index& index) {
  std::vector<catalog::PackageRow> rows;
  catalog::PackageFilter page;
  for (auto part = index.list(page); !part.rows.empty(); part = index.list(page)) {
    rows.insert(rows.end(), part.rows.begin(), part.rows.end());
    page.offset += static_cast<std::int64_t>(part.rows.size());
  }
  return rows;
}

int run_list(Context& context) {
  const auto home = context.open_home();
  const auto index = catalog::Index::open(home.index_file());
  const auto rows = all_rows(index);
  if (rows.empty()) context.print(say("cli.list.empty"));
  std::uint64_t bytes = 0;
  for (const auto& row : rows) {
    bytes += static_cast<std::uint64_t>(row.bytes);
    context.print(fmt::format("{}  v{}  {}  {:>10}  {}  {}", padded(row.case_no, 32), row.version,
                              padded(say("ingest.verdict_" + row.verdict), 6),
                              human_bytes(static_cast<std::uint64_t>(row.bytes)), row.id,
                              row.title));
    context.emit(json_line({{"package", Json::string(row.id)},
                            {"case", Json::string(row.case_no)},
                            {"title", Json::string(row.title)},
                            {"version", Json::integer(row.version)},
                            {"files", Json::integer(row.files)},
                            {"bytes", Json::integer(row.bytes)},
                            {"verdict", Json::string(row.verdict)}}));
  }
  context.print(say("cli.list.total",
                    {{"packages", std::to_string(rows.size())}, {"bytes", human_bytes(bytes)}}));
  return 0;
}

}  // namespace

void declare_list(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "list");
  verb->callback([&action] { action = [](Context& context) { return run_list(context); }; });
}

}  // namespace anjuan::cli
