#include <charconv>
#include <cmath>
#include <cstdlib>

#include "core/error.h"
#include "core/messages.h"
#include "core/xml_schema.h"
#include "preservation/sidecar/foreign_xml.h"
#include "preservation/sidecar/sidecar_words.h"
#include "preservation/sidecar/sidecar_xml.h"

namespace anjuan::preservation {

namespace {

/// The schema has been checked: what is asked for is there, and of its type. What no type of a
/// schema can hold back is checked here: numbers beyond the range of ours.
class Reader {
 public:
  explicit Reader(const std::string& subject) : subject_(subject) {}

  RecordingSidecar read(const XmlElement& root) {
    sidecar_.id = root.value_of("id");
    for (const XmlElement& part : root.children) {
      if (part.name == "title") sidecar_.title = part.text;
      if (part.name == "caseNo") sidecar_.case_no = part.text;
      if (part.name == "production") production(part);
      if (part.name == "content") content(part);
      if (part.name == "storage") storage(part);
      if (part.name == "segments") segments(part);
      if (part.name == "representations") representations(part);
      if (part.name == "technical") sidecar_.technical.push_back(technical(part));
      if (part.name == "photograph") sidecar_.photographs.push_back(photograph(part));
      if (part.name == "continuity") sidecar_.continuity = continuity(part);
      if (part.name == "notMeasured") sidecar_.not_measured = part.value_of("reason");
    }
    return std::move(sidecar_);
  }

 private:
  [[noreturn]] void refuse(const XmlElement& at, std::string_view what) const {
    throw Error(ErrorCode::kInvalid, subject_,
                say("recording.xml_invalid", {{"file", subject_},
                                              {"line", std::to_string(at.place.line)},
                                              {"what", std::string(what)}}));
  }

  template <typename Number>
  Number whole(const XmlElement& at, std::string_view what, const std::string& text) const {
    Number value = 0;
    const char* begin = text.data() + (!text.empty() && text.front() == '+' ? 1 : 0);
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) refuse(at, what);
    return value;
  }

  std::optional<std::int64_t> number(const XmlElement& at, std::string_view name) const {
    const std::string* text = at.attribute(name);
    if (text == nullptr) return std::nullopt;
    return whole<std::int64_t>(at, name, *text);
  }

  std::int64_t number_or_nought(const XmlElement& at, std::string_view name) const {
    return number(at, name).value_or(0);
  }

  std::size_t count(const XmlElement& at, std::string_view name) const {
    return whole<std::size_t>(at, name, at.value_of(name));
  }

  std::optional<double> real(const XmlElement& at, std::string_view name) const {
    const std::string* text = at.attribute(name);
    if (text == nullptr) return std::nullopt;
    const double value = std::strtod(text->c_str(), nullptr);
    if (!std::isfinite(value)) refuse(at, name);
    return value;
  }

  static bool flag(const XmlElement& at, std::string_view name) {
    const std::string value = at.value_of(name);
    return value == "true" || value == "1";
  }

  /// The value of an enumeration whose word stands in the attribute.
  template <typename Value>
  Value value_of_word(const XmlElement& at, std::string_view name, std::string_view (*word)(Value),
                      int values) const {
    const std::string text = at.value_of(name);
    for (int i = 0; i < values; ++i) {
      if (word(static_cast<Value>(i)) == text) return static_cast<Value>(i);
    }
    refuse(at, name);
  }

  static SidecarTime time(const XmlElement& at) { return {at.text, at.value_of("at")}; }

  void production(const XmlElement& at) {
    for (const XmlElement& one : at.children) {
      if (one.name == "method") {
        sidecar_.method = one.text;
        sidecar_.method_kind = value_of_word(one, "code", method_word, 5);
      }
      if (one.name == "started") sidecar_.started = time(one);
      if (one.name == "ended") sidecar_.ended = time(one);
      if (one.name == "durationMs") {
        sidecar_.duration_ms = whole<std::int64_t>(one, one.name, one.text);
      }
      if (one.name == "maker") {
        sidecar_.maker = {one.text, one.value_of("certNo"),
                          value_of_word(one, "role", role_word, 3)};
      }
      if (one.name == "evidentiaryPurpose") sidecar_.purpose = one.text;
      if (one.name == "device") sidecar_.device_id = one.text;
      if (one.name == "procedureStep") sidecar_.step = step(one);
      if (one.name == "clock") sidecar_.clock = clock(one);
    }
  }

  RecordedStep step(const XmlElement& at) const {
    RecordedStep step;
    step.event = at.value_of("event");
    step.kind = at.value_of("kind");
    step.uninterrupted = value_of_word(at, "uninterrupted", uninterrupted_word, 3);
    for (const XmlElement& one : at.children) {
      if (one.name == "name") step.name = one.text;
      if (one.name == "started") step.started = time(one);
      if (one.name == "ended") step.ended = time(one);
      if (one.name == "place") step.place = one.text;
      if (one.name == "witness") step.witnesses.push_back(one.text);
      if (one.name == "mandate") {
        step.rule = one.value_of("rule");
        step.article = one.value_of("article");
      }
    }
    return step;
  }

  RecordingClock clock(const XmlElement& at) const {
    return {at.value_of("zone"), value_of_word(at, "source", clock_source_word, 4),
            at.value_of("shown"), number(at, "offsetMs")};
  }

  void content(const XmlElement& at) {
    if (at.attribute("declaredContinuous") != nullptr) {
      sidecar_.said_continuous = flag(at, "declaredContinuous");
    }
    for (const XmlElement& one : at.children) {
      if (one.name == "summary") sidecar_.content_summary = one.text;
      if (one.name == "coverage") sidecar_.coverage.push_back(one.text);
      if (one.name == "mark") sidecar_.marks.push_back({number_or_nought(one, "atMs"), one.text});
      if (one.name == "transcript") sidecar_.transcript = one.text;
    }
  }

  void storage(const XmlElement& at) {
    RecordingStorage& storage = sidecar_.storage;
    storage.in_package = flag(at, "inPackage");
    storage.remote = flag(at, "remote");
    for (const XmlElement& one : at.children) {
      if (one.name == "system") storage.system = one.text;
      if (one.name == "place") storage.place = one.text;
      if (one.name == "carrierNo") storage.carrier_no = one.text;
      if (one.name == "stored") storage.stored = time(one);
      if (one.name == "returned") storage.returned = time(one);
      if (one.name == "remoteReason") storage.remote_reason = one.text;
      if (one.name == "deadline") {
        storage.deadline =
            StorageDeadline{one.value_of("due"), one.value_of("rule"), one.value_of("article"),
                            value_of_word(one, "kept", kept_word, 3)};
      }
    }
  }

  RecordedFile file(const XmlElement& at) const {
    return {at.value_of("path"),   whole<std::uint64_t>(at, "bytes", at.value_of("bytes")),
            at.value_of("sha512"), at.value_of("sm3"),
            at.value_of("mime"),   at.value_of("puid")};
  }

  /// Segments stand in order and are numbered so.
  void segments(const XmlElement& at) {
    for (const XmlElement& one : at.children) {
      if (count(one, "n") != sidecar_.segments.size() + 1) refuse(one, "n");
      RecordedSegment segment;
      segment.first_clock = one.value_of("firstClock");
      segment.last_clock = one.value_of("lastClock");
      segment.gap_before_ms = number(one, "gapBeforeMs");
      segment.duration_ms = number(one, "durationMs");
      for (const XmlElement& part : one.children) {
        if (part.name == "name") segment.name = part.text;
        if (part.name == "started") segment.started = time(part);
        if (part.name == "file") segment.file = file(part);
      }
      sidecar_.segments.push_back(std::move(segment));
    }
  }

  void representations(const XmlElement& at) {
    for (const XmlElement& one : at.children) {
      const auto role = value_of_word(one, "role", representation_word, 3);
      if (one.name == "notDerived") {
        sidecar_.not_derived.push_back({role, one.value_of("derivedFrom"), one.value_of("outcome"),
                                        one.value_of("reason"), one.value_of("because"), one.text});
        continue;
      }
      RecordedRepresentation made;
      made.role = role;
      made.derived_from = one.value_of("derivedFrom");
      for (const XmlElement& part : one.children) {
        if (part.name == "file") made.file = file(part);
        if (part.name == "proof") {
          made.proof_path = part.value_of("path");
          made.proof_sha512 = part.value_of("sha512");
        }
        if (part.name == "remark") made.remarks.push_back(part.text);
      }
      sidecar_.representations.push_back(std::move(made));
    }
  }

  RecordedTechnical technical(const XmlElement& at) const {
    RecordedTechnical technical;
    technical.segment = count(at, "segment");
    technical.container = at.value_of("container");
    technical.duration_ms = number_or_nought(at, "durationMs");
    technical.bit_rate = number_or_nought(at, "bitRate");
    for (const XmlElement& one : at.children) {
      if (one.name == "stream") technical.streams.push_back(stream(one));
      if (one.name == "foreign") {
        technical.foreign.push_back({one.value_of("standard"), foreign_xml(one.children.at(0))});
      }
    }
    return technical;
  }

  RecordedStream stream(const XmlElement& at) const {
    return {at.value_of("kind"),
            at.value_of("codec"),
            at.value_of("profile"),
            number_or_nought(at, "width"),
            number_or_nought(at, "height"),
            at.value_of("pixelFormat"),
            at.value_of("frameRate"),
            number_or_nought(at, "rotation"),
            number_or_nought(at, "sampleRate"),
            number_or_nought(at, "channels"),
            number_or_nought(at, "bits"),
            number_or_nought(at, "bitRate"),
            number_or_nought(at, "durationMs")};
  }

  RecordedPhotograph photograph(const XmlElement& at) const {
    return {
        count(at, "segment"),          at.value_of("taken"),  number_or_nought(at, "orientation"),
        at.value_of("make"),           at.value_of("model"),  real(at, "latitude"),
        real(at, "longitude"),         real(at, "altitudeM"), number_or_nought(at, "width"),
        number_or_nought(at, "height")};
  }

  RecordedContinuity continuity(const XmlElement& at) const {
    RecordedContinuity found;
    const auto verdict = formats::verdict_of_word(at.value_of("verdict"));
    if (!verdict) refuse(at, "verdict");
    found.verdict = *verdict;
    found.answer = value_of_word(at, "answer", answer_word, 3);
    found.coverage = real(at, "coverage").value_or(0);
    found.step_coverage = real(at, "stepCoverage");
    for (const XmlElement& one : at.children) {
      if (one.name == "gap") {
        found.gaps.push_back({count(one, "segment"), number_or_nought(one, "atMs"),
                              number_or_nought(one, "missingMs"), one.value_of("start"),
                              one.value_of("end")});
      }
      if (one.name == "report") {
        found.report_path = one.value_of("path");
        found.report_sha512 = one.value_of("sha512");
      }
    }
    return found;
  }

  const std::string& subject_;
  RecordingSidecar sidecar_;
};

}  // namespace

RecordingSidecar read_sidecar(std::string_view xml, const std::string& subject) {
  const auto& schemas = XmlSchemaSet::embedded_set({"recording.xsd"});
  return Reader(subject).read(read_xml_tree(xml, subject, &schemas));
}

}  // namespace anjuan::preservation
