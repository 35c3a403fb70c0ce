#include "ingest/gather_findings.h"

#include <set>

#include "core/case/named_files.h"
#include "core/messages.h"
#include "core/text.h"
#include "ingest/submission.h"

namespace anjuan::ingest {

namespace {

constexpr std::string_view kBasis = "docs/formats/submission.md";

/// Collects findings and keeps one code from flooding the list.
class Collector {
 public:
  void add(std::string_view code, Severity severity, std::string where, std::string message) {
    Count& count = counts_[std::string(code)];
    count.severity = severity;
    if (++count.found > kFindingsOfOneCode) return;
    Finding finding;
    finding.code = code;
    finding.severity = severity;
    finding.basis = kBasis;
    finding.where = std::move(where);
    finding.message = std::move(message);
    findings_.push_back(std::move(finding));
  }

  Findings take() {
    for (const auto& [code, count] : counts_) {
      if (count.found <= kFindingsOfOneCode) continue;
      const std::string more = std::to_string(count.found - kFindingsOfOneCode);
      findings_.push_back({code, count.severity, std::string(kBasis), "",
                           say("gather.more_findings", {{"code", code}, {"count", more}}),
                           CheckResult::kFailed});
    }
    return std::move(findings_);
  }

 private:
  struct Count {
    std::size_t found = 0;
    Severity severity = Severity::kInfo;
  };

  Findings findings_;
  std::map<std::string, Count> counts_;
};

/// Windows' reserved device names, with or without an extension (Naming Files, Paths, and
/// Namespaces, Microsoft).
bool is_device_name(std::string_view part) {
  static const std::set<std::string, std::less<>> kDevices = {
      "con",  "prn",  "aux",  "nul",  "com1", "com2", "com3", "com4", "com5", "com6", "com7",
      "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"};
  return kDevices.contains(collision_key(part.substr(0, part.find('.'))));
}

bool fits_windows(std::string_view path) {
  if (path.find_first_of("<>:\"|?*") != path.npos) return false;
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    const auto part = path.substr(0, end);
    if (part.ends_with('.') || part.ends_with(' ') || is_device_name(part)) return false;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return true;
}

void judge_named(const CaseFile& declared, const std::vector<GatheredName>& files,
                 const NamedIndex& named, Collector& out) {
  for (const NamedFile& file : declared.named_files()) {
    const auto found = named.find(file.path);
    if (found == named.end()) {
      out.add("GATHER-01", Severity::kError, file.path,
              say("gather.named_missing", {{"name", file.path}, {"by", file.named_by}}));
      continue;
    }
    const GatheredName& gathered = files[found->second];
    if (gathered.path != file.path) {
      out.add("GATHER-07", Severity::kWarn, gathered.path,
              say("gather.named_otherwise",
                  {{"name", gathered.path}, {"declared", file.path}, {"by", file.named_by}}));
    }
  }
}

void judge_file(const GatheredName& file, bool is_named, Collector& out) {
  const MessageArgument name{"name", file.path};
  const bool litter = is_litter(file.path) && !is_named;
  if (litter) out.add("GATHER-04", Severity::kWarn, file.path, say("gather.litter", {name}));
  if (!litter && !is_named) {
    out.add("GATHER-02", Severity::kWarn, file.path, say("gather.unnamed", {name}));
  }
  if (file.bytes == 0 && !litter) {
    out.add("GATHER-05", is_named ? Severity::kError : Severity::kWarn, file.path,
            say("gather.empty_file", {name}));
  }
  if (!file.raw_name.empty()) {
    out.add("GATHER-06", Severity::kInfo, file.path,
            say("gather.name_recovered", {name, {"bytes", to_hex(file.raw_name)}}));
  }
  if (!fits_windows(file.path)) {
    out.add("GATHER-08", Severity::kWarn, file.path, say("gather.name_not_windows", {name}));
  }
  if (!is_nfc(file.path)) {
    out.add("GATHER-10", Severity::kInfo, file.path, say("gather.name_not_nfc", {name}));
  }
}

/// Two names that one disc of Windows or macOS cannot hold side by side.
void judge_collisions(const std::vector<GatheredName>& files, Collector& out) {
  std::map<std::string, const std::string*> seen;
  for (const GatheredName& file : files) {
    const auto [found, fresh] = seen.try_emplace(collision_key(file.path), &file.path);
    if (fresh) continue;
    out.add("GATHER-03", Severity::kError, file.path,
            say("gather.names_collide", {{"name", file.path}, {"other", *found->second}}));
  }
}

}  // namespace

NamedIndex resolve_named(const CaseFile& declared, const std::vector<GatheredName>& files) {
  std::vector<std::string> paths;
  for (const GatheredName& file : files) paths.push_back(file.path);
  return resolve_named_files(declared, paths);
}

Findings judge_gathered(const CaseFile& declared, const std::string& declaration_name,
                        const std::vector<GatheredName>& files, const NamedIndex& named,
                        const std::vector<std::string>& empty_folders) {
  Collector out;
  std::set<std::size_t> is_named;
  for (const auto& [path, index] : named) is_named.insert(index);
  judge_named(declared, files, named, out);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const bool expected = is_named.contains(i) || files[i].path == declaration_name;
    judge_file(files[i], expected, out);
  }
  judge_collisions(files, out);
  for (const std::string& folder : empty_folders) {
    out.add("GATHER-09", Severity::kWarn, folder, say("gather.empty_folder", {{"name", folder}}));
  }
  return out.take();
}

}  // namespace anjuan::ingest
