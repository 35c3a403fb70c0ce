#include "preservation/exports.h"

#include "core/digest.h"
#include "core/error.h"
#include "core/fault_point.h"
#include "core/messages.h"
#include "core/text.h"
#include "packager/container_write_tar.h"
#include "packager/container_write_zip.h"
#include "packager/eep_reader.h"
#include "packager/folder_sink.h"
#include "preservation/export_forms.h"

namespace anjuan::preservation {

namespace {

namespace fs = std::filesystem;

using packager::PartFolder;

struct Form {
  std::string_view word;
  ExportForm form;
};

constexpr Form kForms[] = {{"eark-zip", ExportForm::kEarkZip},
                           {"eark-tar", ExportForm::kEarkTar},
                           {"bagit", ExportForm::kBagit},
                           {"eep", ExportForm::kEep},
                           {"folder", ExportForm::kFolder}};

template <typename Sink>
void write_with(const ExportWork& work, const PartFolder& part,
                void (*put)(const ExportWork&, packager::TreeSink&)) {
  Sink sink(part.path(kNewTarget));
  put(work, sink);
  sink.finish();
}

void put_folder(const ExportWork& work, packager::TreeSink& sink) { put_package(work, "", sink); }

void write_form(const ExportWork& work, const PartFolder& part) {
  switch (work.order.form) {
    case ExportForm::kEarkZip:
      return write_with<packager::ZipSink>(work, part, put_folder);
    case ExportForm::kEarkTar:
      return write_with<packager::TarSink>(work, part, put_folder);
    case ExportForm::kFolder:
      return write_with<packager::FolderSink>(work, part, put_folder);
    case ExportForm::kBagit:
      return write_with<packager::FolderSink>(work, part, put_bag);
    case ExportForm::kEep:
      return put_eep(work, part);
  }
}

/// Adds up what was written, reading it back from the medium.
void read_back(const fs::path& path, ExportReport& report) {
  if (fs::is_regular_file(path)) {
    report.bytes = fs::file_size(path);
    report.sha512 = sha512_from_disk(path);
    return;
  }
  std::map<std::string, fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) {
      files.emplace(entry.path().lexically_relative(path).string(), entry.path());
    }
  }
  Hasher lines(DigestAlgorithm::kSha512);
  for (const auto& [name, file] : files) {
    report.bytes += fs::file_size(file);
    lines.update(sha512_from_disk(file) + "  " + name + "\n");
  }
  report.sha512 = lines.finish();
}

void check_room(const ExportWork& work, const std::vector<PackageFile>& files) {
  std::uint64_t needed = 0;
  for (const PackageFile& file : files) needed += file.bytes;
  // Base64 makes four bytes of three.
  if (work.order.form == ExportForm::kEep) needed += needed / 3;
  const fs::path folder = fs::absolute(work.order.out).parent_path();
  std::error_code unknown;
  const auto space = fs::space(folder, unknown);
  if (unknown || needed <= space.available) return;
  throw Error(ErrorCode::kNoSpace, folder.string(),
              say("export.no_room", {{"path", folder.string()},
                                     {"needed", human_bytes(needed)},
                                     {"free", human_bytes(space.available)}}));
}

ExportReport write_out(const ExportWork& work) {
  const fs::path& out = work.order.out;
  PartFolder part(out);
  const auto files = work.reader.files(work.reader.head());
  check_room(work, files);
  write_form(work, part);
  ExportReport report;
  report.out = out;
  report.version = work.reader.head();
  report.files = files.size();
  report.from_replica = work.reader.from_replica();
  read_back(part.path(kNewTarget), report);
  if (fs::exists(part.path(kNewFiles))) {
    ExportReport outside;
    read_back(part.path(kNewFiles), outside);
    report.bytes += outside.bytes;
    part.place(kNewFiles, packager::eep_files_folder(out));
  }
  part.place(kNewTarget, out);
  return report;
}

/// The kernel's sentences promise that finished steps are kept: an export begins anew.
[[noreturn]] void explain(const Error& error, const fs::path& out) {
  const std::string path = out.string();
  if (error.code() == ErrorCode::kInterrupted) {
    throw Error(error.code(), path, say("export.interrupted", {{"path", path}}));
  }
  throw Error(error.code(), path, say("export.disk_full", {{"path", path}}));
}

ExportReport write_from_whole_copies(PackageReader& reader, const ExportWork& work) {
  try {
    return write_out(work);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kCorrupt) throw;
  }
  reader.examine(work.progress);
  return write_out(work);
}

/// "out/" and "out" are the same place.
fs::path without_slash(const fs::path& path) {
  return path.has_filename() ? path : path.parent_path();
}

}  // namespace

std::optional<ExportForm> export_form(std::string_view word) {
  for (const Form& form : kForms) {
    if (form.word == word) return form.form;
  }
  return std::nullopt;
}

std::vector<std::string> export_form_words() {
  std::vector<std::string> words;
  for (const Form& form : kForms) words.emplace_back(form.word);
  return words;
}

void put_package(const ExportWork& work, const std::string& prefix, packager::TreeSink& sink) {
  const auto files = work.reader.files(work.reader.head());
  std::uint64_t total = 0;
  for (const PackageFile& file : files) total += file.bytes;
  work.progress.begin(say("export.progress"), total);
  for (const PackageFile& file : files) {
    sink.begin(prefix + work.reader.id().objid() + "/" + file.path, file.bytes, file.stored);
    work.reader.read(file, [&](std::span<const std::byte> block) {
      sink.write(block);
      work.progress.advance(block.size());
    });
    sink.end();
    fault_point("export:file");
  }
  work.progress.end();
}

ExportReport export_package(const Store& store, const Config& config, const ExportOrder& order,
                            const Clock& clock, Progress& progress) {
  ExportOrder place = order;
  place.out = without_slash(order.out);
  PackageReader reader(store, order.package);
  const ExportWork work{reader, place, config, clock.now(), progress};
  try {
    return write_from_whole_copies(reader, work);
  } catch (const Error& error) {
    const bool is_ours =
        error.code() == ErrorCode::kInterrupted ||
        (error.code() == ErrorCode::kNoSpace && error.subject().find(".part") != std::string::npos);
    if (is_ours) explain(error, place.out);
    throw;
  } catch (const fs::filesystem_error& error) {
    throw_errno(error.code().value(), error.path1().string(), "kernel.read_failed");
  }
}

}  // namespace anjuan::preservation
