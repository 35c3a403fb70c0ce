// What the rules may believe of a recording that was measured.
#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/messages.h"
#include "ingest/media.h"
#include "preservation/formats/continuity/continuity_words.h"
#include "preservation/sidecar/measured_facts.h"

namespace anjuan::ingest {

using formats::MediaFault;
using rules::MediaNote;

namespace {

constexpr std::chrono::hours kChina{8};

std::optional<double> length_of(const MeasuredMediaFile& file) {
  if (!file.pass || file.pass->facts.fault) return std::nullopt;
  const auto& seen = file.pass->observed.seen;
  if (seen.video && seen.video->pictures > 0) return seen.video->end_s - seen.video->start_s;
  if (seen.sound && seen.sound->packets > 0) return seen.sound->end_s - seen.sound->start_s;
  return std::nullopt;
}

/// Of all segments together; nothing unless each is known.
std::optional<double> length_of(const MeasuredRecording& measured) {
  double sum = 0;
  for (const MeasuredMediaFile& file : measured.files) {
    const auto length = length_of(file);
    if (!length) return std::nullopt;
    sum += *length;
  }
  return sum;
}

/// When a photograph says it was taken.
std::optional<Instant> picture_time(const MeasuredMediaFile& file) {
  const auto& photo = file.characteristics.photo;
  return photo ? instant_of(photo->taken) : std::nullopt;
}

/// The time that the container tells. Many recorders write the time of their clock where universal
/// time belongs: of both readings the one nearer to the picture's clock, else to the declaration.
std::optional<Instant> container_time(const CaseRecording& declared,
                                      const MeasuredRecording& measured) {
  const auto& pass = measured.files.front().pass;
  if (!pass || !pass->observed.seen.container.created_s) return std::nullopt;
  const Instant universal{std::chrono::seconds(*pass->observed.seen.container.created_s)};
  std::optional<Instant> near;
  if (measured.continuity && measured.continuity->judgement.has_date) {
    const auto& first = measured.continuity->judgement.first_wall_s;
    if (first) near = formats::wall_instant(*first);
  }
  if (!near) near = instant_of(declared.made_at);
  if (!near) return universal;
  const auto apart = [&](Instant time) { return time > *near ? time - *near : *near - time; };
  const Instant local = universal - kChina;
  return apart(local) < apart(universal) ? local : universal;
}

MediaNote note(std::string_view id, std::initializer_list<MessageArgument> arguments) {
  return {say_in(Language::kChinese, id, arguments), say_in(Language::kEnglish, id, arguments)};
}

MediaNote fault_note(const MediaFault& fault, const std::string& path) {
  using formats::MediaFaultKind;
  const bool over =
      fault.kind == MediaFaultKind::kOverTime || fault.kind == MediaFaultKind::kOverMemory;
  const MediaFaultKind kind = over ? MediaFaultKind::kTooLarge : fault.kind;
  constexpr MediaFaultKind kKnown[] = {MediaFaultKind::kUnreadable, MediaFaultKind::kEmpty,
                                       MediaFaultKind::kUnsupported, MediaFaultKind::kTooLarge,
                                       MediaFaultKind::kForbidden};
  const bool is_known = std::find(std::begin(kKnown), std::end(kKnown), kind) != std::end(kKnown);
  const auto word = is_known ? media_fault_word(kind) : "failed";
  return note(fmt::format("ingest.media_{}", word), {{"file", path}, {"detail", fault.detail}});
}

/// Why nothing could be measured of the first file that cannot be read.
MediaNote fault_of(const MeasuredRecording& measured) {
  for (const MeasuredMediaFile& file : measured.files) {
    if (file.pass && file.pass->facts.fault) {
      return fault_note(*file.pass->facts.fault, file.source.path);
    }
    if (!file.photograph) continue;
    if (file.photograph->fault) return fault_note(*file.photograph->fault, file.source.path);
    if (!file.photograph->whole()) {
      return note(
          "ingest.media_damaged",
          {{"file", file.source.path},
           {"count", std::to_string(file.photograph->warnings)},
           {"first", file.photograph->first.empty() ? "" : file.photograph->first.front()}});
    }
  }
  return {};
}

}  // namespace

rules::MediaFacts facts_for_rules(const CaseRecording& declared,
                                  const MeasuredRecording& measured) {
  rules::MediaFacts facts;
  facts.fault = fault_of(measured);
  if (!facts.was_measured()) {
    // What nobody could look at is no proof of what the case claims of it.
    if (declared.continuous == true) facts.continuity = rules::Continuity::kNeedsPerson;
    return facts;
  }
  facts.duration_s = length_of(measured);
  facts.file_time = measured.files.front().photograph ? picture_time(measured.files.front())
                                                      : container_time(declared, measured);
  if (measured.continuity) {
    const auto& judgement = measured.continuity->judgement;
    facts.continuity = preservation::continuity_fact(
        measured.continuity->answer, declared.continuous == true, judgement.step_coverage);
    facts.reservation = preservation::reservation_of(judgement.verdict);
    facts.continuity_note = preservation::continuity_note(judgement);
  }
  return facts;
}

}  // namespace anjuan::ingest
