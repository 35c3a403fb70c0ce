#include "packager/eep_data.h"

#include <charconv>

#include "core/error.h"
#include "core/messages.h"
#include "packager/eep_reader.h"
#include "packager/package_layout.h"
#include "packager/verify/finding_sink.h"

namespace anjuan::packager {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSpool = ".anjuan-tmp-eep";
constexpr std::size_t kDigestLength = 128;

void make_folders(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) throw_errno(failure.value(), folder.string(), "kernel.write_failed");
}

bool is_digest(std::string_view text) {
  return text.size() == kDigestLength && text.find_first_not_of("0123456789abcdef") == text.npos;
}

bool is_safe(const std::string& path) {
  try {
    check_package_path(path);
    return true;
  } catch (const Error&) {
    return false;  // Its message is for packages of ours; here it is a finding.
  }
}

/// No link on the way: what is opened lies in `folder`.
bool lies_in(const fs::path& folder, const std::string& name) {
  fs::path path = folder;
  for (const fs::path& part : fs::path(name)) {
    std::error_code failure;
    if (fs::is_symlink(fs::symlink_status(path, failure)) || failure) return false;
    path /= part;
  }
  std::error_code failure;
  return fs::is_regular_file(fs::symlink_status(path, failure));
}

std::optional<std::uint64_t> number(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Takes the text up to the next blank off the front.
std::string_view word(std::string_view& text) {
  const auto space = std::min(text.find(' '), text.size());
  const auto first = text.substr(0, space);
  text.remove_prefix(std::min(space + 1, text.size()));
  return first;
}

}  // namespace

EepData::EepData(fs::path outside, fs::path target, Findings& findings)
    : outside_(std::move(outside)), target_(std::move(target)), findings_(findings) {
  if (!fs::create_directory(target_)) {
    throw Error(ErrorCode::kConflict, target_.string(),
                say("kernel.exists", {{"path", target_.string()}}));
  }
  make_folders(target_ / kSpool);
}

void EepData::begin(const EepEncoding& encoding) {
  current_ = encoding;
  files_.push_back(encoding);
  promise_ = promise_of(encoding);
  if (!encoding.refers_to.empty()) return;
  open_ = {target_ / kSpool / std::to_string(spooled_++), "", 0, false};
  hasher_.emplace(DigestAlgorithm::kSha512);
  base64_ = {};
  if (decoded_.contains(encoding.id)) {
    report("EEP-REF", "eep.id_twice", encoding.path);
    hasher_.reset();
  } else if (promise_ && promise_->is_outside) {
    hasher_.reset();
    take_outside(promise_->name);
  } else {
    file_ = FileHandle::create(open_.file);
  }
}

void EepData::write(std::string_view characters) {
  if (!hasher_) return;
  bytes_.clear();
  const bool is_base64 = base64_.write(characters, bytes_);
  hasher_->update(std::string_view(bytes_));
  file_.write_all(std::as_bytes(std::span(bytes_)), open_.file.string());
  open_.bytes += bytes_.size();
  if (is_base64) return;
  report("EEP-BASE64", "eep.not_base64", current_.path);
  hasher_.reset();
}

void EepData::end() {
  if (!hasher_) return;
  if (!base64_.is_whole()) report("EEP-BASE64", "eep.not_base64", current_.path);
  open_.sha512 = hasher_->finish();
  hasher_.reset();
  file_.close();
  check(open_);
  decoded_.emplace(current_.id, open_);
}

std::optional<EepData::Promise> EepData::promise_of(const EepEncoding& encoding) {
  std::string_view text = encoding.description;
  const auto method = word(text);
  const auto algorithm = word(text);
  const auto digest = word(text);
  if ((method == "Base64" || method == "外置") && algorithm == "SHA-512" && is_digest(digest)) {
    return Promise{method == "外置", std::string(digest), std::string(text)};
  }
  Finding finding;
  finding.code = "EEP-NO-DIGEST";
  finding.where = printable(encoding.path);
  finding.message = say("eep.no_digest", {{"path", finding.where}});
  finding.result = CheckResult::kNotChecked;
  findings_.push_back(std::move(finding));
  return std::nullopt;
}

void EepData::take_outside(const std::string& name) {
  if (!is_safe(name) || !lies_in(outside_, name)) {
    return report("EEP-MISSING", "eep.outside_missing", name);
  }
  const Digests digests = copy_and_digest(outside_ / name, open_.file);
  open_.sha512 = digests.sha512;
  open_.bytes = digests.bytes;
  check(open_);
  decoded_.emplace(current_.id, open_);
}

void EepData::check(const Decoded& decoded) {
  if (promise_ && promise_->sha512 != decoded.sha512) {
    report("EEP-DIGEST", "eep.digest_differs", current_.path);
  }
  if (number(current_.size) != decoded.bytes) {
    report("EEP-SIZE", "eep.size_differs", current_.path);
  }
}

std::vector<EepFile> EepData::finish() {
  std::vector<EepFile> files;
  if (is_bomb()) {
    report("EEP-BOMB", "eep.bomb", files_.front().path);
    files_.clear();
  }
  for (const EepEncoding& encoding : files_) {
    Decoded* const data = data_of(encoding);
    if (data == nullptr) {
      report("EEP-REF", "eep.no_data", encoding.path);
      continue;
    }
    give_name(encoding, *data);
    files.push_back({encoding.path, data->bytes, data->sha512});
  }
  std::error_code failure;
  fs::remove_all(target_ / kSpool, failure);
  if (failure) throw_errno(failure.value(), target_.string(), "kernel.write_failed");
  return files;
}

EepData::Decoded* EepData::data_of(const EepEncoding& encoding) {
  const auto found = decoded_.find(encoding.refers_to.empty() ? encoding.id : encoding.refers_to);
  return found == decoded_.end() ? nullptr : &found->second;
}

/// Every place that shares an encoding becomes a file of its own.
bool EepData::is_bomb() {
  std::uint64_t inside = 0;
  for (const auto& [id, data] : decoded_) inside += data.bytes;
  const std::uint64_t most = kEepRatioFreeBytes + kEepRatioMax * inside;
  std::uint64_t outcome = 0;
  for (const EepEncoding& encoding : files_) {
    const Decoded* const data = data_of(encoding);
    outcome += data == nullptr ? 0 : data->bytes;
    if (outcome > most) return true;
  }
  return false;
}

void EepData::give_name(const EepEncoding& encoding, Decoded& decoded) {
  if (!is_safe(encoding.path) || encoding.path.starts_with(kSpool)) {
    return report("EEP-NAME", "eep.bad_name", encoding.path);
  }
  if (!names_.insert(encoding.path).second) {
    return report("EEP-NAME", "eep.name_twice", encoding.path);
  }
  const fs::path target = target_ / encoding.path;
  std::error_code failure;
  fs::create_directories(target.parent_path(), failure);
  if (!failure && decoded.is_named) fs::copy_file(decoded.file, target, failure);
  if (!failure && !decoded.is_named) fs::create_hard_link(decoded.file, target, failure);
  decoded.is_named = true;
  if (!failure) return;
  // A file where another needs a folder: the same fault as a name that stands there twice.
  if (failure != std::errc::file_exists && failure != std::errc::not_a_directory) {
    throw_errno(failure.value(), target.string(), "kernel.write_failed");
  }
  report("EEP-NAME", "eep.name_twice", encoding.path);
}

void EepData::report(std::string_view code, std::string_view message_id, const std::string& where) {
  Finding finding;
  finding.code = code;
  finding.where = printable(where);
  finding.message = say(message_id, {{"path", finding.where}});
  findings_.push_back(std::move(finding));
}

}  // namespace anjuan::packager
