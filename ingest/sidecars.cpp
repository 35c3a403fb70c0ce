#include "ingest/sidecars.h"

#include "core/messages.h"
#include "preservation/sidecar/recording_law.h"
#include "preservation/sidecar/sidecar_found.h"
#include "preservation/sidecar/sidecar_notes.h"
#include "preservation/sidecar/sidecar_words.h"
#include "preservation/sidecar/sidecar_xml.h"

namespace anjuan::ingest {

using preservation::RecordedFile;
using preservation::RecordingSidecar;
using preservation::RepresentationRole;

namespace {

RecordedFile recorded(const packager::DraftFile& file, std::string_view representation) {
  return {path_in_package(representation, file.path),
          file.digests.bytes,
          file.digests.sha512,
          file.digests.sm3,
          file.mime,
          file.puid};
}

RepresentationRole role_of(const MediaCopy& copy) {
  return copy.representation == "access" ? RepresentationRole::kAccess
                                         : RepresentationRole::kPreservation;
}

/// One recording's sidecar, filled with what was found.
class Filler {
 public:
  Filler(RecordingSidecar& sidecar, const IdentifiedFiles& identified,
         const Derivatives& derivatives)
      : sidecar_(sidecar), identified_(identified), derivatives_(derivatives) {}

  void fill(const MeasuredRecording& measured) {
    for (std::size_t i = 0; i < measured.files.size(); ++i) {
      const MeasuredMediaFile& file = measured.files[i];
      add_original(file, i);
      add_copies(file);
      add_not_derived(file);
      if (file.stored) add_stored(*file.stored);
      add_characteristics(sidecar_, i + 1, file.characteristics);
    }
    if (measured.continuity) {
      add_verdict(measured);
    } else {
      const bool is_picture = measured.files.front().photograph.has_value();
      sidecar_.not_measured = is_picture ? "photograph" : "unreadable";
    }
  }

 private:
  void add_original(const MeasuredMediaFile& file, std::size_t segment) {
    const auto found = std::find_if(identified_.files.begin(), identified_.files.end(),
                                    [&](const auto& one) { return one.path == file.source.path; });
    RecordedFile original = recorded(*found, "original");
    if (segment < sidecar_.segments.size()) sidecar_.segments[segment].file = original;
    sidecar_.representations.push_back(
        {RepresentationRole::kOriginal, std::move(original), "", "", ""});
  }

  void add_copies(const MeasuredMediaFile& file) {
    for (const MediaCopy& copy : derivatives_.copies) {
      if (copy.source != file.source.path) continue;
      preservation::RecordedRepresentation one{
          role_of(copy), recorded(copy.file, copy.representation), copy.file.derived_from, "", "",
          copy.remarks};
      if (copy.proof) {
        one.proof_path = path_in_package(copy.representation, copy.proof->path);
        one.proof_sha512 = copy.proof->digests.sha512;
      }
      sidecar_.representations.push_back(std::move(one));
    }
  }

  void add_stored(const StoredCopies& stored) {
    auto& copies = sidecar_.representations;
    copies.insert(copies.end(), stored.copies.begin(), stored.copies.end());
    auto& none = sidecar_.not_derived;
    none.insert(none.end(), stored.none.begin(), stored.none.end());
  }

  void add_not_derived(const MeasuredMediaFile& file) {
    if (file.pass) {
      add_not_derived(file, RepresentationRole::kPreservation, file.pass->preservation);
      add_not_derived(file, RepresentationRole::kAccess, file.pass->access);
    }
    add_not_derived(file, RepresentationRole::kPreservation, file.picture);
  }

  void add_not_derived(const MeasuredMediaFile& file, RepresentationRole role,
                       const std::optional<formats::DerivationResult>& result) {
    if (!result || result->outcome == formats::DerivationOutcome::kMade) return;
    const std::string path = path_in_package("original", file.source.path);
    auto none = not_derived_of(role, path, *result);
    none.message = say_in(Language::kChinese, "transcode.reason_" + result->reason,
                          {{"path", file.source.path}, {"detail", result->detail}});
    sidecar_.not_derived.push_back(std::move(none));
  }

  void add_verdict(const MeasuredRecording& measured) {
    const auto& [input, judgement, answer] = *measured.continuity;
    preservation::ContinuityReport report;
    for (const ContinuityDocument& one : derivatives_.continuity) {
      if (one.recording != measured.id) continue;
      report.path = "metadata/other/" + one.document.name;
      report.sha512 = digest_hex(DigestAlgorithm::kSha512, one.document.bytes);
    }
    add_continuity(sidecar_, input, judgement, answer, report);
  }

  RecordingSidecar& sidecar_;
  const IdentifiedFiles& identified_;
  const Derivatives& derivatives_;
};

MediaAct without_sidecar(const RecordingSidecar& sidecar, const std::vector<std::string>& missing) {
  return {"metadata extraction",
          say_in(Language::kChinese, "ingest.event_no_sidecar",
                 {{"recording", sidecar.id}, {"facts", preservation::fact_names(missing)}}),
          "failure",
          {}};
}

packager::DraftMetadata document_of(const RecordingSidecar& sidecar, const std::string& number) {
  packager::DraftMetadata document;
  document.kind = packager::DraftMetadata::Kind::kOther;
  document.name = fmt::format("recording-{}.xml", number);
  document.bytes = write_sidecar(sidecar);
  document.mdtype = "OTHER";
  document.othermdtype = preservation::kSidecarNamespace;
  return document;
}

}  // namespace

Sidecars sidecars_of(const CaseFile& declared, const IdentifiedFiles& identified,
                     const MeasuredMedia& media, const Derivatives& derivatives,
                     const rules::LawBook& law) {
  Sidecars out;
  const auto& recordings = declared.recordings();
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    auto sidecar =
        preservation::declared_sidecar(declared, i, preservation::recording_law(declared, i, law));
    const auto missing = preservation::missing_facts(sidecar);
    if (!missing.empty()) {
      out.acts.push_back(without_sidecar(sidecar, missing));
      continue;
    }
    if (const auto* measured = media.find(recordings[i].id)) {
      Filler(sidecar, identified, derivatives).fill(*measured);
    } else {
      sidecar.not_measured = "elsewhere";
    }
    out.documents.push_back(document_of(sidecar, recording_number(declared, recordings[i].id)));
  }
  return out;
}

formats::MuxNotes notes_for(const CaseFile& declared, std::string_view recording,
                            std::size_t segment, const rules::LawBook& law) {
  const auto& all = declared.recordings();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == recording; });
  if (found == all.end()) return {};
  const auto index = static_cast<std::size_t>(found - all.begin());
  return preservation::notes_of(
      preservation::declared_sidecar(declared, index,
                                     preservation::recording_law(declared, index, law)),
      segment);
}

}  // namespace anjuan::ingest
