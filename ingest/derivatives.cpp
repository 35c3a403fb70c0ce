#include "ingest/derivatives.h"

#include <set>

#include "core/messages.h"
#include "ingest/gather.h"
#include "packager/package_layout.h"
#include "preservation/formats/continuity/continuity_words.h"
#include "preservation/formats/continuity/continuity_xml.h"
#include "preservation/formats/derivation_remarks.h"

namespace anjuan::ingest {

namespace {

using formats::DerivationOutcome;
using formats::DerivationResult;
using packager::DraftFile;

/// Event texts stay in the package for decades: Chinese, whatever the language of the screen.
std::string in_chinese(std::string_view id, std::initializer_list<MessageArgument> arguments) {
  return say_in(Language::kChinese, id, arguments);
}

std::string original_path(const std::string& path) { return path_in_package("original", path); }

constexpr std::string_view kVideoMatroska = "video/x-matroska";

bool has_sound_alone(const DerivationResult& result) {
  return std::none_of(result.streams.begin(), result.streams.end(),
                      [](const auto& stream) { return stream.kind == "video"; });
}

struct Kind {
  std::string_view mime;
  std::string_view puid;
};

/// Of what this program writes, by the ending it gives.
Kind kind_of(const std::filesystem::path& file) {
  const std::string ending = file.extension();
  if (ending == ".mkv") return {kVideoMatroska, "fmt/569"};
  if (ending == ".m4a") return {"audio/mp4", "fmt/199"};
  if (ending == ".png") return {"image/png", "fmt/13"};
  if (ending == formats::kProofSuffix) return {"text/plain", "x-fmt/111"};
  return {"video/mp4", "fmt/199"};
}

class Collector {
 public:
  Collector(const GatheredCase& gathered, const MeasuredMedia& media, Instant made)
      : gathered_(gathered), media_(media), made_(made) {}

  Derivatives collect() {
    for (const MeasuredRecording& recording : media_.recordings) {
      for (const MeasuredMediaFile& file : recording.files) add_file(file);
      add_continuity(recording);
    }
    return std::move(out_);
  }

 private:
  void add_file(const MeasuredMediaFile& file) {
    if (!seen_.insert(file.source.path).second) return;
    if (!file.stored) add_characteristics(file);
    if (file.pass) {
      add_derivation(file, file.pass->preservation, "preservation", "normalization");
      add_derivation(file, file.pass->access, "access", "migration");
    }
    add_derivation(file, file.picture, "preservation", "normalization");
  }

  void add_characteristics(const MeasuredMediaFile& file) {
    MediaAct act{"metadata extraction", "", "success", {original_path(file.source.path)}};
    std::string standards;
    std::size_t bytes = 0;
    for (const auto& extension : file.characteristics.extensions) {
      bytes += extension.xml.size();
      if (bytes > packager::kCharacteristicsBytesMax) break;
      out_.characteristics[file.source.path].push_back(extension.xml);
      standards += (standards.empty() ? "" : ", ") + extension.standard;
    }
    const bool is_whole = !standards.empty() && bytes <= packager::kCharacteristicsBytesMax;
    if (!is_whole) act.outcome = "warning";
    act.detail =
        in_chinese(is_whole ? "ingest.event_characterised" : "ingest.event_uncharacterised",
                   {{"path", file.source.path}, {"standards", standards}});
    out_.acts.push_back(std::move(act));
  }

  void add_derivation(const MeasuredMediaFile& file, const std::optional<DerivationResult>& result,
                      const std::string& representation, const std::string& type) {
    if (!result) return;
    MediaAct act{type, "", "success", {original_path(file.source.path)}};
    if (result->outcome == DerivationOutcome::kMade) {
      add_copy(file, *result, representation);
      const MediaCopy& copy = out_.copies.back();
      act.objects.push_back(path_in_package(representation, copy.file.path));
      if (copy.proof) act.objects.push_back(path_in_package(representation, copy.proof->path));
    }
    act.detail = detail_of(file, *result, representation);
    if (result->outcome == DerivationOutcome::kRefused) act.outcome = "failure";
    out_.acts.push_back(std::move(act));
  }

  void add_copy(const MeasuredMediaFile& file, const DerivationResult& result,
                const std::string& representation) {
    const std::string path = file.source.path + result.output.extension().string();
    MediaCopy copy{file.source.path,
                   representation,
                   draft_file(result.output, path),
                   {},
                   remarks_on(result, file.source.path, Language::kChinese)};
    if (copy.file.mime == kVideoMatroska && has_sound_alone(result)) {
      copy.file.mime = "audio/x-matroska";
    }
    copy.file.derived_from = original_path(file.source.path);
    if (!result.proof.empty()) {
      copy.proof = draft_file(result.proof, path + std::string(formats::kProofSuffix));
    }
    out_.copies.push_back(std::move(copy));
  }

  DraftFile draft_file(const std::filesystem::path& made, const std::string& path) const {
    DraftFile file;
    file.path = path;
    file.staged = made;
    file.digests = digest_file(made);
    const Kind kind = kind_of(made);
    file.mime = kind.mime;
    file.puid = kind.puid;
    file.modified = made_;
    return file;
  }

  static std::string detail_of(const MeasuredMediaFile& file, const DerivationResult& result,
                               const std::string& representation) {
    const std::string& path = file.source.path;
    if (result.outcome != DerivationOutcome::kMade) {
      return in_chinese("transcode.reason_" + result.reason,
                        {{"path", path}, {"detail", result.detail}});
    }
    std::string streams;
    for (const auto& stream : result.streams) {
      streams += fmt::format("{}{} -> {} ({})", streams.empty() ? "" : ", ", stream.source_codec,
                             stream.codec, stream.frames);
    }
    const bool is_proved = !result.proof.empty();
    std::string detail = in_chinese(is_proved ? "ingest.event_derived" : "ingest.event_access",
                                    {{"path", path},
                                     {"kind", in_chinese("ingest.kind_" + representation, {})},
                                     {"streams", streams},
                                     {"lines", std::to_string(result.proof_lines)},
                                     {"sandbox", result.sandbox.detail}});
    for (const auto& remark : remarks_on(result, path, Language::kChinese)) detail += remark;
    return detail;
  }

  void add_continuity(const MeasuredRecording& recording) {
    if (!recording.continuity) return;
    const auto& [input, judgement, answer] = *recording.continuity;
    packager::DraftMetadata document;
    document.kind = packager::DraftMetadata::Kind::kOther;
    document.name =
        fmt::format("continuity-{}.xml", recording_number(gathered_.declared, recording.id));
    write_continuity_xml(input, judgement,
                         [&](std::string_view bytes) { document.bytes += bytes; });
    document.mdtype = "OTHER";
    document.othermdtype = "urn:anjuan:continuity:1";
    out_.continuity.push_back({recording.id, std::move(document)});
    MediaAct act{"forensic feature analysis", "", "success", {}};
    const bool is_clean = answer == formats::ContinuityAnswer::kContinuous;
    if (!is_clean) act.outcome = "warning";
    for (const auto& file : recording.files) act.objects.push_back(original_path(file.source.path));
    act.detail = in_chinese("ingest.event_continuity",
                            {{"recording", recording.id},
                             {"verdict", verdict_sentence(judgement, Language::kChinese)},
                             {"sandbox", recording.files.front().pass->observed.sandbox.detail}});
    out_.acts.push_back(std::move(act));
  }

  const GatheredCase& gathered_;
  const MeasuredMedia& media_;
  Instant made_;
  std::set<std::string> seen_;  ///< files that two recordings name come once
  Derivatives out_;
};

}  // namespace

std::string path_in_package(std::string_view representation, const std::string& path) {
  return packager::representation_folder(representation) + "data/" + path;
}

std::string recording_number(const CaseFile& declared, std::string_view id) {
  const auto& all = declared.recordings();
  const auto found =
      std::find_if(all.begin(), all.end(), [id](const auto& one) { return one.id == id; });
  return fmt::format("{:04}", found - all.begin() + 1);
}

std::vector<packager::DraftRepresentation> representations_of(const Derivatives& derivatives) {
  std::vector<packager::DraftRepresentation> representations;
  for (const char* name : {"preservation", "access"}) {
    packager::DraftRepresentation one{name, {}};
    for (const MediaCopy& copy : derivatives.copies) {
      if (copy.representation != name) continue;
      one.files.push_back(copy.file);
      if (copy.proof) one.files.push_back(*copy.proof);
    }
    if (!one.files.empty()) representations.push_back(std::move(one));
  }
  return representations;
}

std::string copies_note(const Derivatives& derivatives) {
  const auto count = [&](auto is) {
    const auto& copies = derivatives.copies;
    return std::to_string(std::count_if(copies.begin(), copies.end(), is));
  };
  return say(
      "ingest.copies",
      {{"preservation",
        count([](const MediaCopy& copy) { return copy.representation == "preservation"; })},
       {"access", count([](const MediaCopy& copy) { return copy.representation == "access"; })},
       {"proved", count([](const MediaCopy& copy) { return copy.proof.has_value(); })}});
}

Findings reading_findings(const MeasuredMedia& media) {
  Findings findings;
  for (const MeasuredRecording& recording : media.recordings) {
    for (const MeasuredMediaFile& file : recording.files) {
      const auto& characterised = file.characteristics.findings;
      findings.insert(findings.end(), characterised.begin(), characterised.end());
      if (!file.pass || file.pass->facts.fault || file.pass->observed.seen.failure.empty())
        continue;
      findings.push_back(
          {"MEDIA-OBSERVE", Severity::kWarn, "", file.source.path,
           say("ingest.media_unobserved",
               {{"file", file.source.path}, {"reason", file.pass->observed.seen.failure}}),
           CheckResult::kNotChecked});
    }
  }
  return findings;
}

Findings copies_findings(const MeasuredMedia& media) {
  Findings findings;
  const auto look = [&](const MeasuredMediaFile& file, const auto& result) {
    if (!result) return;
    Finding finding;
    finding.code = "MEDIA-COPY";
    finding.where = file.source.path;
    finding.severity = Severity::kInfo;
    for (auto& remark : remarks_on(*result, file.source.path, language())) {
      finding.message = std::move(remark);
      findings.push_back(finding);
    }
    const bool is_refused = result->outcome == DerivationOutcome::kRefused;
    if (!is_refused && result->reason != "budget") return;
    finding.severity = Severity::kWarn;
    finding.message = formats::reason_sentence(result->reason, file.source.path, result->detail);
    findings.push_back(std::move(finding));
  };
  for (const MeasuredRecording& recording : media.recordings) {
    for (const MeasuredMediaFile& file : recording.files) {
      if (file.pass) look(file, file.pass->preservation);
      if (file.pass) look(file, file.pass->access);
      look(file, file.picture);
    }
  }
  return findings;
}

Derivatives derivatives_of(const GatheredCase& gathered, const MeasuredMedia& media, Instant made) {
  return Collector(gathered, media, made).collect();
}

}  // namespace anjuan::ingest
