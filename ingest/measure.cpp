#include "ingest/accession.h"
#include "ingest/seen_case.h"
#include "ingest/stages.h"
#include "ingest/workspace.h"

namespace anjuan::ingest {

namespace {

/// Enough of a SHA-512 to tell the files of one case apart, in a name that people can read.
constexpr std::size_t kKeyDigits = 32;

MediaFile media_file(const GatheredFile& file) {
  return {file.path, file.staged, file.digests.sha512.substr(0, kKeyDigits)};
}

}  // namespace

MeasuredMedia measure_gathered(const GatheredCase& gathered, formats::PassDepth depth,
                               const Workspace& work, const std::optional<StoredCase>& stored,
                               const Desk& desk) {
  const StoredMedia known = StoredMedia::of(stored);
  const FindMedia find = [&gathered](const std::string& name) -> std::optional<MediaFile> {
    const GatheredFile* file = gathered.file(name);
    return file == nullptr ? std::nullopt : std::optional(media_file(*file));
  };
  const auto notes = [&](const CaseRecording& recording, std::size_t segment) {
    return notes_for(gathered.declared, recording.id, segment, desk.law);
  };
  const auto copies = [&](const MediaFile& file) {
    const GatheredFile* original = gathered.file_at(file.path);
    return original == nullptr ? std::nullopt
                               : known.copies_of(file.path, original->digests.sha512);
  };
  const MeasureJob job{gathered.declared,
                       find,
                       work.media(),
                       depth,
                       desk.policy,
                       notes,
                       copies,
                       desk.devices,
                       static_cast<double>(desk.law.recording_gap_limit_s()),
                       sandbox_level(desk.config.intake.sandbox_least)};
  return measure_media(job, desk.progress);
}

MeasuredMedia observe_seen(const SeenCase& seen, const rules::LawBook& law,
                           const std::optional<std::filesystem::path>& devices, SandboxLevel least,
                           Progress& progress) {
  const ScratchFolder results("media");
  const FindMedia find = [&seen](const std::string& name) -> std::optional<MediaFile> {
    const auto found = seen.named.find(name);
    if (found == seen.named.end()) return std::nullopt;
    const auto number = std::distance(seen.named.begin(), found);
    return MediaFile{name, found->second, std::to_string(number)};
  };
  const MeasureJob job{seen.declared,
                       find,
                       results.path(),
                       formats::PassDepth::kObserve,
                       formats::FormatPolicy{},
                       {},
                       {},
                       devices,
                       static_cast<double>(law.recording_gap_limit_s()),
                       least};
  return measure_media(job, progress);
}

MeasuredCase measure(GatheredCase gathered, formats::PassDepth depth, const Workspace& work,
                     const std::optional<StoredCase>& stored, const Desk& desk) {
  MeasuredCase measured(std::move(gathered));
  measured.media_ = measure_gathered(measured.gathered(), depth, work, stored, desk);
  return measured;
}

}  // namespace anjuan::ingest
