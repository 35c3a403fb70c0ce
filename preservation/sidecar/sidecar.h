#pragma once
// The sidecar of one logical recording: what the law wants written down beside it, and what the
// archive found out about it (schemas/xml/recording.xsd, docs/formats/recording.md).
//
// A plain value. declared_sidecar() fills in what the case says; ingest adds files, digests, clock,
// characteristics and the verdict; sidecar_xml.h writes it, notes_of() puts it into derivatives.
// Texts are kept as they were declared, whatever they hold.
// Sources: 细则 Art. 15, 16, 30-32; DA/T 63-2017 for the attribute daT63.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/case/case_file.h"
#include "preservation/formats/continuity/judge.h"

namespace anjuan::preservation {

/// 照相, 录音, 录像, 视频监控 (细则 Art. 3).
enum class RecordingMethod { kPhotograph, kSound, kVideo, kSurveillance, kOther };

/// "photograph", "sound", "video", "surveillance", "other".
std::string_view method_word(RecordingMethod method);
RecordingMethod method_of(std::string_view declared);

struct SidecarTime {
  std::string declared;  ///< as written in the case; "" = nothing is
  std::string at;        ///< the same as RFC 3339 at +08:00; "" where it is no time

  bool operator==(const SidecarTime&) const = default;
};

SidecarTime sidecar_time(std::string declared);

/// Where the case lists a person.
enum class PersonRole { kOfficer, kWitness, kNotListed };

struct RecordingMaker {
  std::string name;
  std::string cert_no;  ///< 执法证件编号; "" where the case gives none, or more than one
  PersonRole role = PersonRole::kNotListed;

  bool operator==(const RecordingMaker&) const = default;
};

/// kUnknown: no rules were asked.
enum class Uninterrupted { kUnknown, kRequired, kNotRequired };

/// 执法环节 that was recorded.
struct RecordedStep {
  std::string event;  ///< id in the case; "" = the recording belongs to none
  std::string kind;   ///< EV_*
  std::string name;
  SidecarTime started;
  SidecarTime ended;
  std::string place;
  std::vector<std::string> witnesses;
  Uninterrupted uninterrupted = Uninterrupted::kUnknown;
  std::string rule;  ///< that decides it, "QCL-15-1"; "" = none
  std::string article;

  bool operator==(const RecordedStep&) const = default;
};

/// Something that happens in the recording.
struct RecordingMark {
  std::int64_t at_ms = 0;  ///< after its start
  std::string label;

  bool operator==(const RecordingMark&) const = default;
};

enum class DeadlineKept { kYes, kNo, kUnknown };

/// Art. 30: within two working days, or 24 hours after the return.
struct StorageDeadline {
  std::string due;  ///< RFC 3339 at +08:00; "" = cannot be worked out
  std::string rule;
  std::string article;
  DeadlineKept kept = DeadlineKept::kUnknown;

  bool operator==(const StorageDeadline&) const = default;
};

struct RecordingStorage {
  std::string system;      ///< 执法信息系统, 本单位专用存储器
  std::string place;       ///< path in it
  std::string carrier_no;  ///< of a disc or stick in the file
  bool in_package = false;
  SidecarTime stored;
  SidecarTime returned;  ///< to the office, where duty was remote
  bool remote = false;
  std::string remote_reason;
  std::optional<StorageDeadline> deadline;  ///< absent: no rules were asked

  bool operator==(const RecordingStorage&) const = default;
};

/// What the rules say of one recording: a parameter, for they are known elsewhere.
struct RecordingLaw {
  Uninterrupted uninterrupted = Uninterrupted::kUnknown;
  std::string rule;
  std::string article;
  std::optional<StorageDeadline> deadline;
};

struct RecordedFile {
  std::string path;  ///< in the package; "" = it is not in one yet
  std::uint64_t bytes = 0;
  std::string sha512;
  std::string sm3;
  std::string mime;
  std::string puid;

  bool operator==(const RecordedFile&) const = default;
};

/// One file of the recording as the device made it; the only one, or one of several in order.
struct RecordedSegment {
  std::string name;  ///< as the case names it
  SidecarTime started;
  std::optional<std::int64_t> duration_ms;
  std::optional<RecordedFile> file;  ///< absent: only declared
  std::string first_clock;           ///< what the burnt-in clock showed, as in continuity.xml
  std::string last_clock;            ///< "" = it could not be read
  std::optional<std::int64_t> gap_before_ms;  ///< between the clocks, after the segment before

  bool operator==(const RecordedSegment&) const = default;
};

enum class RepresentationRole { kOriginal, kPreservation, kAccess };

std::string_view representation_word(RepresentationRole role);  ///< "original", ...

struct RecordedRepresentation {
  RepresentationRole role = RepresentationRole::kOriginal;
  RecordedFile file;
  std::string derived_from;  ///< path in the package; "" for originals
  std::string proof_path;    ///< "" = nothing to prove, or not provable
  std::string proof_sha512;
  /// What the copy does not have of the original, or shows otherwise: sentences for people.
  std::vector<std::string> remarks = {};

  bool operator==(const RecordedRepresentation&) const = default;
};

/// A derivative that there is none of, and why.
struct NotDerived {
  RepresentationRole role = RepresentationRole::kPreservation;
  std::string derived_from;  ///< the path of what it would have been made from
  std::string outcome;       ///< "skipped", "refused"
  std::string reason;        ///< word: "stable", "budget", "damaged", ...
  std::string because;       ///< the policy's reason; may be ""
  std::string message;       ///< the sentence for people; may be ""

  bool operator==(const NotDerived&) const = default;
};

enum class ClockSource { kNone, kPicture, kContainer, kExif };

std::string_view clock_source_word(ClockSource source);  ///< "none", "picture", ...

/// The device's clock against the declared time; the original is never set right.
struct RecordingClock {
  std::string zone = "+08:00";
  ClockSource source = ClockSource::kNone;
  std::string shown;                      ///< at the start, by that source
  std::optional<std::int64_t> offset_ms;  ///< shown minus declared

  bool operator==(const RecordingClock&) const = default;
};

struct RecordedStream {
  std::string kind;  ///< "video", "audio", ...
  std::string codec;
  std::string profile;
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::string pixel_format;
  std::string frame_rate;  ///< "25/1"
  std::int64_t rotation_deg = 0;
  std::int64_t sample_rate = 0;
  std::int64_t channels = 0;
  std::int64_t bits = 0;
  std::int64_t bit_rate = 0;
  std::int64_t duration_ms = 0;

  bool operator==(const RecordedStream&) const = default;
};

/// Another standard's own document, in the form of foreign_xml().
struct ForeignXml {
  std::string standard;  ///< "EBUCore", "MIX"
  std::string xml;

  bool operator==(const ForeignXml&) const = default;
};

struct RecordedTechnical {
  std::size_t segment = 1;  ///< number of the file that it describes
  std::string container;
  std::int64_t duration_ms = 0;
  std::int64_t bit_rate = 0;
  std::vector<RecordedStream> streams;
  std::vector<ForeignXml> foreign;

  bool operator==(const RecordedTechnical&) const = default;
};

/// What the camera wrote into a photograph.
struct RecordedPhotograph {
  std::size_t segment = 1;
  std::string taken;  ///< "2008-10-22T16:28:39", with "+08:00" if the file tells
  std::int64_t orientation = 0;
  std::string make;
  std::string model;
  std::optional<double> latitude;  ///< degrees, WGS 84, north positive
  std::optional<double> longitude;
  std::optional<double> altitude_m;
  std::int64_t width = 0;
  std::int64_t height = 0;

  bool operator==(const RecordedPhotograph&) const = default;
};

struct RecordedGap {
  std::size_t segment = 1;  ///< it lies in it, or after it
  std::int64_t at_ms = 0;
  std::int64_t missing_ms = 0;
  std::string start;  ///< as the clock showed it; "" = not known
  std::string end;

  bool operator==(const RecordedGap&) const = default;
};

struct RecordedContinuity {
  formats::ContinuityVerdict verdict = formats::ContinuityVerdict::kUndetermined;
  formats::ContinuityAnswer answer = formats::ContinuityAnswer::kNeedsPerson;
  double coverage = 0;  ///< 0 to 1
  std::optional<double> step_coverage;
  std::vector<RecordedGap> gaps;
  std::string report_path;  ///< continuity.xml in the package
  std::string report_sha512;

  bool operator==(const RecordedContinuity&) const = default;
};

struct RecordingSidecar {
  std::string id;
  std::string case_no;
  std::string title;  ///< of the step and the method: "现场检查（勘验）录像"

  // Art. 31
  std::string method;  ///< as declared
  RecordingMethod method_kind = RecordingMethod::kOther;
  SidecarTime started;
  SidecarTime ended;  ///< start and length; declared.empty(): no case declares an end
  std::optional<std::int64_t> duration_ms;
  RecordingMaker maker;
  std::string purpose;
  std::string device_id;
  RecordedStep step;

  // Art. 16, 32
  std::string content_summary;
  std::vector<std::string> coverage;  ///< 画面内容: 现场环境, 人员体貌言行, ...
  std::vector<RecordingMark> marks;
  std::string transcript;               ///< id of the document; "" = none
  std::optional<bool> said_continuous;  ///< what the case claims

  RecordingStorage storage;
  std::vector<RecordedSegment> segments;

  // found by the archive
  std::vector<RecordedRepresentation> representations;
  std::vector<NotDerived> not_derived;
  std::optional<RecordingClock> clock;
  std::vector<RecordedTechnical> technical;
  std::vector<RecordedPhotograph> photographs;
  std::optional<RecordedContinuity> continuity;
  std::string
      not_measured;  ///< why there is no verdict: "photograph", "sound", "not_observed", ...

  bool operator==(const RecordingSidecar&) const = default;
};

/// Everything that the case declares of its recording number `index` (in recordings()). Never
/// throws for what a case declares.
RecordingSidecar declared_sidecar(const CaseFile& file, std::size_t index,
                                  const RecordingLaw& law = {});

/// Of the four facts of Art. 31 those that are empty, as keys of the case: "method", "made_at",
/// "maker", "purpose". While there is one, no sidecar can be written.
std::vector<std::string> missing_facts(const RecordingSidecar& sidecar);

}  // namespace anjuan::preservation
