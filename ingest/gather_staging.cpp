#include "ingest/gather_staging.h"

#include <set>

#include "core/durable.h"
#include "core/error.h"
#include "core/fault_point.h"
#include "core/json.h"
#include "core/text.h"

namespace anjuan::ingest {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFile = "gather.file";
constexpr std::string_view kDropped = "gather.dropped";
constexpr std::string_view kContainer = "gather.container";
constexpr std::string_view kEnd = "gather.end";

Json text(std::string_view value) { return Json::string(std::string(value)); }

Json number(std::uint64_t value) { return Json::integer(static_cast<std::int64_t>(value)); }

std::uint64_t number_of(const Json& entry, std::string_view key) {
  const Json* value = entry.find(key);
  return value == nullptr ? 0 : static_cast<std::uint64_t>(value->as_integer());
}

void put_mark(Json& entry, const SourceMark& mark) {
  entry.set("bytes", number(mark.bytes));
  entry.set("modified_ns", Json::integer(mark.modified_ns));
  entry.set("inode", number(mark.inode));
}

SourceMark mark_in(const Json& entry) {
  return {number_of(entry, "bytes"), static_cast<std::int64_t>(number_of(entry, "modified_ns")),
          number_of(entry, "inode")};
}

Json line_of(const StagedFile& file) {
  Json entry = Json::object({{"step", text(kFile)}, {"path", text(file.path)}});
  if (!file.raw_name.empty()) {
    // Bytes that are no UTF-8 have no place in JSON.
    entry.set("raw_name_hex", Json::string(to_hex(file.raw_name)));
  }
  entry.set("copy", text(file.copy));
  entry.set("sha512", text(file.digests.sha512));
  entry.set("sm3", text(file.digests.sm3));
  entry.set("modified", Json::string(to_text_ms(file.modified)));
  put_mark(entry, file.mark);
  return entry;
}

std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoul(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

StagedFile file_in(const Json& entry) {
  StagedFile file;
  file.path = entry.text_or("path", "");
  file.raw_name = from_hex(entry.text_or("raw_name_hex", ""));
  file.copy = entry.text_or("copy", "");
  file.mark = mark_in(entry);
  file.digests = {entry.text_or("sha512", ""), entry.text_or("sm3", ""), file.mark.bytes};
  file.modified = parse_instant(entry.text_or("modified", ""));
  return file;
}

StagingEnd end_in(const Json& entry) {
  StagingEnd end{entry.text_or("kind", ""), entry.text_or("sandbox", ""), {}};
  if (const Json* folders = entry.find("empty_folders")) {
    for (const Json& folder : folders->items()) end.empty_folders.push_back(folder.as_string());
  }
  return end;
}

}  // namespace

Staging::Staging(Workspace& workspace) : workspace_(workspace) {
  load();
  const std::size_t gathered = files_.size();
  drop_unknown_copies();
  if (files_.size() != gathered) end_.reset();
}

void Staging::load() {
  for (const Json& entry : workspace_.journal().entries()) {
    const std::string step = entry.text_or("step", "");
    if (step == kContainer) container_ = mark_in(entry);
    if (step == kEnd) end_ = end_in(entry);
    if (step == kDropped) files_.erase(entry.text_or("path", ""));
    if (step != kFile) continue;
    StagedFile file = file_in(entry);
    number_ = std::max<std::uint64_t>(number_, std::stoull(file.copy));
    files_[file.path] = std::move(file);
  }
}

/// After a crash: what the journal does not know was being written, and what it knows but is not
/// there in full is gathered again.
void Staging::drop_unknown_copies() {
  std::set<std::string> known;
  for (auto at = files_.begin(); at != files_.end();) {
    std::error_code missing;
    const auto bytes = fs::file_size(copy_of(at->second), missing);
    const bool whole = !missing && bytes == at->second.digests.bytes;
    if (whole) known.insert(at->second.copy);
    at = whole ? std::next(at) : files_.erase(at);
  }
  std::vector<fs::path> unknown;
  for (const auto& entry : fs::directory_iterator(workspace_.files())) {
    if (!known.contains(entry.path().filename().string())) unknown.push_back(entry.path());
  }
  for (const fs::path& path : unknown) fs::remove(path);
}

const StagedFile* Staging::finished(const std::string& path, const SourceMark& mark) const {
  const auto found = files_.find(path);
  return found != files_.end() && found->second.mark == mark ? &found->second : nullptr;
}

fs::path Staging::next() { return workspace_.files() / fmt::format("{:06}", ++number_); }

void Staging::add(StagedFile file) {
  fault_point("gather:copied");
  batch_.push_back(file.path);
  batch_bytes_ += file.digests.bytes;
  files_[file.path] = std::move(file);
  if (batch_.size() >= kBatchFiles || batch_bytes_ >= kBatchBytes) flush();
}

void Staging::drop(const std::string& path) {
  const auto found = files_.find(path);
  if (found == files_.end()) return;
  workspace_.journal().append_lazily(
      Json::object({{"step", text(kDropped)}, {"path", text(path)}}));
  fs::remove(copy_of(found->second));
  files_.erase(found);
}

void Staging::flush() {
  if (batch_.empty()) return;
  sync_file_system(workspace_.files());
  for (std::size_t i = 0; i + 1 < batch_.size(); ++i) {
    workspace_.journal().append_lazily(line_of(files_.at(batch_[i])));
  }
  workspace_.journal().append(line_of(files_.at(batch_.back())));
  batch_.clear();
  batch_bytes_ = 0;
}

void Staging::set_container(const SourceMark& mark) {
  Json entry = Json::object({{"step", text(kContainer)}});
  put_mark(entry, mark);
  workspace_.journal().append(std::move(entry));
  container_ = mark;
}

void Staging::set_end(StagingEnd end) {
  flush();
  std::vector<Json> folders;
  for (const std::string& folder : end.empty_folders) folders.push_back(text(folder));
  workspace_.journal().append(Json::object({{"step", text(kEnd)},
                                            {"kind", text(end.kind)},
                                            {"sandbox", text(end.sandbox)},
                                            {"files", number(files_.size())},
                                            {"empty_folders", Json::array(std::move(folders))}}));
  end_ = std::move(end);
}

void Staging::start_anew() {
  workspace_.start_anew();
  files_.clear();
  batch_.clear();
  batch_bytes_ = 0;
  number_ = 0;
  container_.reset();
  end_.reset();
}

fs::path Staging::copy_of(const StagedFile& file) const { return workspace_.files() / file.copy; }

}  // namespace anjuan::ingest
