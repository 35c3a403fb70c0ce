#include "packager/verify/bag_manifest.h"

#include "core/messages.h"
#include "packager/verify/bag_path.h"
#include "packager/verify/bag_text.h"
#include "packager/verify/digest_names.h"
#include "packager/verify/inventory_text.h"

namespace anjuan::packager {

namespace {

/// How often something was met, and where first.
struct Tally {
  std::uint64_t count = 0;
  std::uint64_t first_line = 0;

  void add(std::uint64_t line) {
    if (count++ == 0) first_line = line;
  }
};

/// md5sum writes "\\" for a backslash and "\n" for a line feed in a name, and a backslash in front
/// of the line.
std::string without_escapes(std::string_view path) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool escape = path[i] == '\\' && i + 1 < path.size();
    if (escape && path[i + 1] == 'n') {
      out += '\n';
    } else {
      out += path[i];
    }
    if (escape && (path[i + 1] == 'n' || path[i + 1] == '\\')) ++i;
  }
  return out;
}

class ManifestReader {
 public:
  ManifestReader(BagManifest manifest, BagRules rules, FindingSink& findings)
      : manifest_(std::move(manifest)), rules_(rules), findings_(findings) {
    if (manifest_.algorithm) digest_length_ = digest_hex_length(*manifest_.algorithm);
  }

  BagManifest read(std::string_view text) {
    each_line(text, [this](std::string_view line, std::uint64_t number) { take(line, number); });
    tell_habits();
    drop_duplicates();
    return std::move(manifest_);
  }

 private:
  void take(std::string_view line, std::uint64_t number) {
    if (trimmed(line).empty()) return blank_.add(number);
    const bool escapes = line.starts_with('\\');
    if (escapes) line.remove_prefix(1);
    const auto end = std::min(line.find_first_of(" \t"), line.size());
    const auto digest = line.substr(0, end);
    auto path = line.substr(end);
    while (!path.empty() && is_blank(path.front())) path.remove_prefix(1);
    const bool right_length = digest_length_ == 0 || digest.size() == digest_length_;
    if (digest.empty() || !is_hex(digest) || !right_length || path.empty()) {
      return report("BAG-LINE", "bagit.manifest_line", number, "");
    }
    const bool star = path.starts_with('*');
    if (star) path.remove_prefix(1);
    if (star || escapes) tools_.add(number);
    add(escapes ? without_escapes(path) : std::string(path), digest, number);
  }

  void add(const std::string& written, std::string_view digest, std::uint64_t number) {
    auto read = read_bag_path(written, rules_);
    if (!read) return report("BAG-PATH", "bagit.path_outside", number, written);
    if (read->was_relative) relative_.add(number);
    if (read->bare_percent) percent_.add(number);
    const bool payload = read->path.starts_with(kPayloadPrefix);
    if (manifest_.kind == ManifestKind::kPayload && !payload) {
      return report("BAG-SCOPE", "bagit.not_payload", number, written);
    }
    if (manifest_.kind == ManifestKind::kTag && (payload || is_tag_manifest(read->path))) {
      demand(findings_, rules_, "BAG-SCOPE", at_line(manifest_.file, number),
             say("bagit.not_for_tag_manifest", {{"path", written}, {"manifest", manifest_.file}}));
    }
    manifest_.entries.push_back({std::move(read->path), lower(digest), number});
  }

  static bool is_tag_manifest(std::string_view path) {
    const auto name = manifest_name(path);
    return name && name->kind == ManifestKind::kTag;
  }

  void report(std::string_view code, std::string_view message, std::uint64_t number,
              const std::string& path) {
    findings_.error(
        code, at_line(manifest_.file, number),
        say(message,
            {{"manifest", manifest_.file}, {"line", std::to_string(number)}, {"path", path}}));
  }

  std::string habit(std::string_view message, const Tally& tally) const {
    return say(message, {{"manifest", manifest_.file}, {"count", std::to_string(tally.count)}});
  }

  /// Once each for the whole manifest: a tool has its habit in every line.
  void tell_habits() {
    const auto warn = [this](std::string_view code, std::string_view message, const Tally& tally) {
      if (tally.count == 0) return;
      findings_.warn(code, at_line(manifest_.file, tally.first_line), habit(message, tally));
    };
    warn("BAG-BLANK", "bagit.blank_lines", blank_);
    warn("BAG-MD5SUM", "bagit.md5sum_lines", tools_);
    warn("BAG-RELATIVE", "bagit.relative_paths", relative_);
    if (percent_.count == 0) return;
    findings_.error("BAG-PERCENT", at_line(manifest_.file, percent_.first_line),
                    habit("bagit.bare_percent", percent_));
  }

  void drop_duplicates() {
    auto& entries = manifest_.entries;
    std::stable_sort(
        entries.begin(), entries.end(),
        [](const ManifestEntry& a, const ManifestEntry& b) { return a.path < b.path; });
    auto kept = entries.begin();
    for (auto next = entries.begin(); next != entries.end(); ++next) {
      if (next == entries.begin()) continue;
      if (next->path == kept->path) {
        report_duplicate(*kept, *next);
      } else if (++kept != next) {
        *kept = std::move(*next);
      }
    }
    if (!entries.empty()) entries.erase(kept + 1, entries.end());
  }

  void report_duplicate(const ManifestEntry& first, const ManifestEntry& again) {
    const bool same = first.digest == again.digest;
    demand(findings_, same ? rules_ : BagRules::kRfc, "BAG-DUPLICATE",
           at_line(manifest_.file, again.line),
           say(same ? "bagit.listed_twice" : "bagit.listed_twice_differently",
               {{"path", again.path}, {"manifest", manifest_.file}}));
  }

  BagManifest manifest_;
  BagRules rules_;
  FindingSink& findings_;
  std::size_t digest_length_ = 0;  ///< 0 = the algorithm is not known
  Tally blank_;
  Tally tools_;
  Tally relative_;
  Tally percent_;
};

}  // namespace

std::optional<ManifestName> manifest_name(std::string_view file) {
  constexpr std::string_view kTag = "tag";
  constexpr std::string_view kStart = "manifest-";
  constexpr std::string_view kEnd = ".txt";
  ManifestName name;
  if (file.starts_with(kTag)) {
    name.kind = ManifestKind::kTag;
    file.remove_prefix(kTag.size());
  }
  if (!file.starts_with(kStart) || !file.ends_with(kEnd)) return std::nullopt;
  file.remove_prefix(kStart.size());
  if (file.size() <= kEnd.size() || file.find('/') != file.npos) return std::nullopt;
  file.remove_suffix(kEnd.size());
  for (const char c : file) {
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if ((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9')) name.algorithm += low;
  }
  name.is_normalised = name.algorithm == file;
  return name;
}

const ManifestEntry* BagManifest::find(std::string_view path) const {
  const auto found = std::lower_bound(
      entries.begin(), entries.end(), path,
      [](const ManifestEntry& entry, std::string_view key) { return entry.path < key; });
  return found != entries.end() && found->path == path ? &*found : nullptr;
}

BagManifest read_manifest(const std::string& file, const ManifestName& name, std::string_view text,
                          BagRules rules, FindingSink& findings) {
  BagManifest manifest{file, name.kind, digest_by_plain_name(name.algorithm), {}};
  return ManifestReader(std::move(manifest), rules, findings).read(text);
}

}  // namespace anjuan::packager
