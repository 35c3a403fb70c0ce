#include "core/config.h"

#include <limits>
#include <sstream>

#include <toml++/toml.h>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

namespace {

constexpr std::uint64_t kFileBytesMax = 1024 * 1024;
constexpr std::size_t kTextBytesMax = 1000;

/// One row of the table that reading, writing and explaining share.
struct Key {
  std::string_view table;
  std::string_view name;
  /// The value as TOML.
  std::function<std::string(const Config&)> show;
  /// Takes a value over. Returns "" or the sentence that says what is allowed.
  std::function<std::string(Config&, const toml::node&)> set;

  std::string path() const { return fmt::format("{}.{}", table, name); }
};

std::string quoted(const std::string& text) {
  std::ostringstream out;
  out << toml::toml_formatter(toml::value<std::string>(text),
                              toml::format_flags::allow_unicode_strings);
  return out.str();
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char character) { return static_cast<unsigned char>(character) < 0x20; });
}

using TextCheck = std::string (*)(const std::string&);

/// "" or what is allowed instead.
std::string any_text(const std::string&) { return ""; }

std::string some_text(const std::string& text) {
  return text.empty() ? say("kernel.config_wants_some_text") : "";
}

std::string folder(const std::string& text) {
  return text.empty() || text == "." || text == ".." ? say("kernel.config_wants_folder") : "";
}

std::string sandbox_level(const std::string& text) {
  const bool known = text == "full" || text == "least" || text == "none";
  return known ? "" : say("kernel.config_wants_level");
}

std::string retention_start(const std::string& text) {
  const bool known = text == "next-year" || text == "closing-day";
  return known ? "" : say("kernel.config_wants_start");
}

std::string address(const std::string& text) {
  const auto colon = text.rfind(':');
  const std::string port = colon == text.npos ? "" : text.substr(colon + 1);
  const bool digits =
      !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == port.npos;
  const bool good = digits && colon > 0 && std::stoul(port) <= 65'535;
  return good ? "" : say("kernel.config_wants_address");
}

/// `access` gives the field of a Config, const or not.
template <typename Access>
Key text_key(std::string_view table, std::string_view name, Access access, TextCheck check) {
  const auto show = [access](const Config& config) { return quoted(std::string(access(config))); };
  const auto set = [access, check](Config& config, const toml::node& node) {
    const auto text = node.value_exact<std::string>();
    if (!text || has_control(*text) || text->size() > kTextBytesMax) {
      return say("kernel.config_wants_text", {{"limit", std::to_string(kTextBytesMax)}});
    }
    access(config) = *text;
    return check(*text);
  };
  return {table, name, show, set};
}

template <typename Access>
Key count_key(std::string_view table, std::string_view name, Access access, std::int64_t least,
              std::int64_t most) {
  const auto show = [access](const Config& config) { return std::to_string(access(config)); };
  const auto set = [access, least, most](Config& config, const toml::node& node) {
    const auto count = node.value_exact<std::int64_t>();
    if (!count || *count < least || *count > most) {
      return say("kernel.config_wants_count",
                 {{"least", std::to_string(least)}, {"most", std::to_string(most)}});
    }
    using Field = std::remove_reference_t<decltype(access(config))>;
    access(config) = static_cast<Field>(*count);
    return std::string();
  };
  return {table, name, show, set};
}

const std::vector<Key>& keys() {
  constexpr std::int64_t kMib = 1024 * 1024;
  static const std::vector<Key> table{
      text_key(
          "archive", "name", [](auto& c) -> auto& { return c.archive.name; }, any_text),
      text_key(
          "archive", "fonds_code", [](auto& c) -> auto& { return c.archive.fonds_code; }, any_text),
      text_key(
          "storage", "primary", [](auto& c) -> auto& { return c.storage.primary; }, folder),
      text_key(
          "storage", "replica", [](auto& c) -> auto& { return c.storage.replica; }, folder),
      text_key(
          "packages", "aip_profile", [](auto& c) -> auto& { return c.packages.aip_profile; },
          some_text),
      count_key(
          "intake", "files_max", [](auto& c) -> auto& { return c.intake.files_max; }, 1,
          10'000'000),
      count_key(
          "intake", "bytes_max", [](auto& c) -> auto& { return c.intake.bytes_max; }, kMib,
          std::numeric_limits<std::int64_t>::max()),
      count_key(
          "intake", "ratio_max", [](auto& c) -> auto& { return c.intake.ratio_max; }, 1, 100'000),
      count_key(
          "intake", "depth_max", [](auto& c) -> auto& { return c.intake.depth_max; }, 1, 200),
      text_key(
          "intake", "sandbox_least", [](auto& c) -> auto& { return c.intake.sandbox_least; },
          sandbox_level),
      text_key(
          "virus", "socket", [](auto& c) -> auto& { return c.virus.socket; }, any_text),
      count_key(
          "virus", "bytes_max", [](auto& c) -> auto& { return c.virus.bytes_max; }, kMib,
          std::numeric_limits<std::int64_t>::max()),
      text_key(
          "retention", "start", [](auto& c) -> auto& { return c.retention.start; },
          retention_start),
      text_key(
          "catalog", "listen", [](auto& c) -> auto& { return c.catalog.listen; }, address)};
  return table;
}

/// Levenshtein distance: how many keys were hit wrong.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

std::string nearest_key(const std::string& path) {
  const auto nearest =
      std::min_element(keys().begin(), keys().end(), [&](const Key& a, const Key& b) {
        return distance(path, a.path()) < distance(path, b.path());
      });
  return nearest->path();
}

std::string place_of(const std::string& file, const toml::source_region& region) {
  return fmt::format("{}:{}:{}", file, region.begin.line, region.begin.column);
}

[[noreturn]] void refuse_unknown(const std::string& place, const std::string& path) {
  throw Error(ErrorCode::kInvalid, place,
              say("kernel.config_unknown",
                  {{"place", place}, {"key", path}, {"nearest", nearest_key(path)}}));
}

[[noreturn]] void refuse_value(const std::string& place, const std::string& path,
                               const std::string& allowed) {
  throw Error(ErrorCode::kInvalid, place,
              say("kernel.config_value", {{"place", place}, {"key", path}, {"allowed", allowed}}));
}

toml::table parse(const std::string& file) {
  const std::string text = read_file(file, kFileBytesMax);
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    const std::string place = place_of(file, error.source());
    throw Error(ErrorCode::kInvalid, place,
                say("kernel.config_syntax",
                    {{"place", place}, {"reason", std::string(error.description())}}));
  }
}

void set_key(Config& config, const std::string& file, std::string_view table, const toml::key& name,
             const toml::node& node) {
  const std::string path = fmt::format("{}.{}", table, name.str());
  const auto key = std::find_if(keys().begin(), keys().end(),
                                [&](const Key& candidate) { return candidate.path() == path; });
  if (key == keys().end()) refuse_unknown(place_of(file, name.source()), path);
  if (const auto allowed = key->set(config, node); !allowed.empty()) {
    refuse_value(place_of(file, node.source()), path, allowed);
  }
}

/// Two copies in one place are one copy.
void refuse_same_copies(const Config& config, const std::string& file) {
  const auto place = [](const std::filesystem::path& path) {
    const auto normal = path.lexically_normal();
    return normal.has_filename() ? normal : normal.parent_path();
  };
  if (place(config.storage.primary) == place(config.storage.replica)) {
    refuse_value(file, "storage.replica", say("kernel.config_wants_other_folder"));
  }
}

/// The whole table as TOML, `comment` giving what stands before each table ("name") and key
/// ("table.name").
std::string written(const Config& config, const std::function<std::string(std::string)>& comment) {
  std::string text = comment("");
  std::string_view table;
  for (const Key& key : keys()) {
    if (key.table != table) {
      table = key.table;
      text +=
          fmt::format("{}{}[{}]\n", text.empty() ? "" : "\n", comment(std::string(table)), table);
    }
    text += fmt::format("{}{} = {}\n", comment(key.path()), key.name, key.show(config));
  }
  return text;
}

}  // namespace

Config Config::load(const std::filesystem::path& file) {
  Config config;
  for (const auto& [table_key, table_node] : parse(file.string())) {
    const std::string table(table_key.str());
    const auto* members = table_node.as_table();
    if (members == nullptr) refuse_unknown(place_of(file.string(), table_key.source()), table);
    for (const auto& [key, node] : *members) {
      set_key(config, file.string(), table, key, node);
    }
    const bool known = std::any_of(keys().begin(), keys().end(),
                                   [&](const Key& key) { return key.table == table; });
    if (!known) refuse_unknown(place_of(file.string(), table_key.source()), table);
  }
  refuse_same_copies(config, file.string());
  return config;
}

std::string Config::commented_defaults() {
  return written({}, [](std::string path) {
    std::replace(path.begin(), path.end(), '.', '_');
    const std::string id = path.empty() ? "kernel.config" : "kernel.config." + path;
    return fmt::format("# {}\n", say_in(Language::kChinese, id));
  });
}

std::string Config::show() const {
  return written(*this, [](const std::string&) { return std::string(); });
}

}  // namespace anjuan
