#include "core/case/kinds.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/xml_schema.h"
#include "preservation/sidecar/foreign_xml.h"
#include "preservation/sidecar/sidecar_words.h"
#include "preservation/sidecar/sidecar_xml.h"

namespace anjuan::preservation {

namespace {

/// Numbers of DA/T 63-2017 (docs/formats/recording.md clause 4).
constexpr std::string_view kTitle = "M7";
constexpr std::string_view kActivity = "M83";
constexpr std::string_view kRelated = "M87";
constexpr std::string_view kPerson = "M88";
constexpr std::string_view kMandate = "M93";

/// The writer, with every text made fit for XML. What is empty or nought is left out.
class Writer {
 public:
  Writer() : xml_([this](std::string_view bytes) { out_ += bytes; }) {}

  std::string write(const RecordingSidecar& sidecar) {
    xml_.start("recording");
    xml_.attribute("xmlns", kSidecarNamespace);
    xml_.attribute("id", to_xml_text(sidecar.id));
    xml_.attribute("daT63profile", "2017");
    numbered("title", kTitle, sidecar.title);
    numbered("caseNo", kRelated, sidecar.case_no);
    production(sidecar);
    content(sidecar);
    storage(sidecar.storage);
    segments(sidecar);
    representations(sidecar);
    for (const auto& one : sidecar.technical) technical(one);
    for (const auto& one : sidecar.photographs) photograph(one);
    continuity(sidecar);
    xml_.end();
    xml_.close();
    return std::move(out_);
  }

 private:
  void mark(std::string_view name, std::string_view value) {
    if (!value.empty()) xml_.attribute(name, to_xml_text(value));
  }

  void number(std::string_view name, std::int64_t value) {
    if (value != 0) xml_.attribute(name, std::to_string(value));
  }

  void number(std::string_view name, std::optional<std::int64_t> value) {
    if (value) xml_.attribute(name, std::to_string(*value));
  }

  /// The shortest text that reads back as the same number.
  void real(std::string_view name, std::optional<double> value) {
    if (value) xml_.attribute(name, fmt::format("{}", *value));
  }

  void flag(std::string_view name, bool value) { xml_.attribute(name, value ? "true" : "false"); }

  void element(std::string_view name, std::string_view value) {
    if (!value.empty()) xml_.element(name, to_xml_text(value));
  }

  void numbered(std::string_view name, std::string_view da_t_63, std::string_view value) {
    xml_.start(name);
    xml_.attribute("daT63", da_t_63);
    xml_.text(to_xml_text(value));
    xml_.end();
  }

  void time(std::string_view name, const SidecarTime& value) {
    if (value == SidecarTime{}) return;
    xml_.start(name);
    mark("at", value.at);
    xml_.text(to_xml_text(value.declared));
    xml_.end();
  }

  void production(const RecordingSidecar& sidecar) {
    xml_.start("production");
    xml_.start("method");
    xml_.attribute("code", method_word(sidecar.method_kind));
    xml_.text(to_xml_text(sidecar.method));
    xml_.end();
    time("started", sidecar.started);
    time("ended", sidecar.ended);
    if (sidecar.duration_ms) xml_.element("durationMs", std::to_string(*sidecar.duration_ms));
    xml_.start("maker");
    xml_.attribute("daT63", kPerson);
    xml_.attribute("role", role_word(sidecar.maker.role));
    mark("certNo", sidecar.maker.cert_no);
    xml_.text(to_xml_text(sidecar.maker.name));
    xml_.end();
    element("evidentiaryPurpose", sidecar.purpose);
    element("device", sidecar.device_id);
    step(sidecar.step);
    if (sidecar.clock) clock(*sidecar.clock);
    xml_.end();
  }

  void step(const RecordedStep& step) {
    xml_.start("procedureStep");
    xml_.attribute("daT63", kActivity);
    mark("event", step.event);
    mark("kind", step.kind);
    xml_.attribute("uninterrupted", uninterrupted_word(step.uninterrupted));
    element("name", step.name);
    time("started", step.started);
    time("ended", step.ended);
    element("place", step.place);
    for (const auto& witness : step.witnesses) element("witness", witness);
    if (!step.rule.empty() || !step.article.empty()) {
      xml_.start("mandate");
      xml_.attribute("daT63", kMandate);
      mark("rule", step.rule);
      mark("article", step.article);
      xml_.end();
    }
    xml_.end();
  }

  void clock(const RecordingClock& clock) {
    xml_.start("clock");
    mark("zone", clock.zone);
    xml_.attribute("source", clock_source_word(clock.source));
    mark("shown", clock.shown);
    number("offsetMs", clock.offset_ms);
    xml_.end();
  }

  void content(const RecordingSidecar& sidecar) {
    xml_.start("content");
    if (sidecar.said_continuous) flag("declaredContinuous", *sidecar.said_continuous);
    element("summary", sidecar.content_summary);
    for (const auto& one : sidecar.coverage) element("coverage", one);
    for (const auto& one : sidecar.marks) {
      xml_.start("mark");
      xml_.attribute("atMs", std::to_string(one.at_ms));
      xml_.text(to_xml_text(one.label));
      xml_.end();
    }
    element("transcript", sidecar.transcript);
    xml_.end();
  }

  void storage(const RecordingStorage& storage) {
    xml_.start("storage");
    flag("inPackage", storage.in_package);
    flag("remote", storage.remote);
    element("system", storage.system);
    element("place", storage.place);
    element("carrierNo", storage.carrier_no);
    time("stored", storage.stored);
    time("returned", storage.returned);
    element("remoteReason", storage.remote_reason);
    if (storage.deadline) {
      xml_.start("deadline");
      xml_.attribute("kept", kept_word(storage.deadline->kept));
      mark("due", storage.deadline->due);
      mark("rule", storage.deadline->rule);
      mark("article", storage.deadline->article);
      xml_.end();
    }
    xml_.end();
  }

  void file(const RecordedFile& file) {
    xml_.start("file");
    xml_.attribute("path", to_xml_text(file.path));
    xml_.attribute("bytes", file.bytes);
    xml_.attribute("sha512", file.sha512);
    xml_.attribute("sm3", file.sm3);
    mark("mime", file.mime);
    mark("puid", file.puid);
    xml_.end();
  }

  void segments(const RecordingSidecar& sidecar) {
    if (sidecar.segments.empty()) return;
    xml_.start("segments");
    std::uint64_t n = 0;
    for (const auto& one : sidecar.segments) {
      xml_.start("segment");
      xml_.attribute("n", ++n);
      mark("firstClock", one.first_clock);
      mark("lastClock", one.last_clock);
      number("gapBeforeMs", one.gap_before_ms);
      number("durationMs", one.duration_ms);
      element("name", one.name);
      time("started", one.started);
      if (one.file) file(*one.file);
      xml_.end();
    }
    xml_.end();
  }

  void representations(const RecordingSidecar& sidecar) {
    if (sidecar.representations.empty() && sidecar.not_derived.empty()) return;
    xml_.start("representations");
    for (const auto& one : sidecar.representations) {
      xml_.start("representation");
      xml_.attribute("role", representation_word(one.role));
      mark("derivedFrom", one.derived_from);
      file(one.file);
      if (!one.proof_path.empty()) linked("proof", one.proof_path, one.proof_sha512);
      for (const auto& remark : one.remarks) element("remark", remark);
      xml_.end();
    }
    for (const auto& one : sidecar.not_derived) {
      xml_.start("notDerived");
      xml_.attribute("role", representation_word(one.role));
      mark("derivedFrom", one.derived_from);
      xml_.attribute("outcome", one.outcome);
      mark("reason", one.reason);
      mark("because", one.because);
      xml_.text(to_xml_text(one.message));
      xml_.end();
    }
    xml_.end();
  }

  void linked(std::string_view name, std::string_view path, std::string_view sha512) {
    xml_.start(name);
    xml_.attribute("path", to_xml_text(path));
    xml_.attribute("sha512", sha512);
    xml_.end();
  }

  void technical(const RecordedTechnical& technical) {
    xml_.start("technical");
    xml_.attribute("segment", std::uint64_t{technical.segment});
    mark("container", technical.container);
    number("durationMs", technical.duration_ms);
    number("bitRate", technical.bit_rate);
    for (const auto& one : technical.streams) stream(one);
    for (const auto& one : technical.foreign) {
      xml_.start("foreign");
      xml_.attribute("standard", to_xml_text(one.standard));
      put_foreign(xml_, read_xml_tree(one.xml, one.standard), kSidecarNamespace);
      xml_.end();
    }
    xml_.end();
  }

  void stream(const RecordedStream& stream) {
    xml_.start("stream");
    mark("kind", stream.kind);
    mark("codec", stream.codec);
    mark("profile", stream.profile);
    number("width", stream.width);
    number("height", stream.height);
    mark("pixelFormat", stream.pixel_format);
    mark("frameRate", stream.frame_rate);
    number("rotation", stream.rotation_deg);
    number("sampleRate", stream.sample_rate);
    number("channels", stream.channels);
    number("bits", stream.bits);
    number("bitRate", stream.bit_rate);
    number("durationMs", stream.duration_ms);
    xml_.end();
  }

  void photograph(const RecordedPhotograph& photograph) {
    xml_.start("photograph");
    xml_.attribute("segment", std::uint64_t{photograph.segment});
    mark("taken", photograph.taken);
    number("orientation", photograph.orientation);
    mark("make", photograph.make);
    mark("model", photograph.model);
    real("latitude", photograph.latitude);
    real("longitude", photograph.longitude);
    real("altitudeM", photograph.altitude_m);
    number("width", photograph.width);
    number("height", photograph.height);
    xml_.end();
  }

  void continuity(const RecordingSidecar& sidecar) {
    if (!sidecar.continuity) {
      xml_.start("notMeasured");
      mark("reason", sidecar.not_measured);
      xml_.end();
      return;
    }
    const RecordedContinuity& found = *sidecar.continuity;
    xml_.start("continuity");
    xml_.attribute("verdict", formats::verdict_word(found.verdict));
    xml_.attribute("answer", answer_word(found.answer));
    real("coverage", found.coverage);
    real("stepCoverage", found.step_coverage);
    for (const auto& gap : found.gaps) {
      xml_.start("gap");
      xml_.attribute("segment", std::uint64_t{gap.segment});
      xml_.attribute("atMs", std::to_string(gap.at_ms));
      xml_.attribute("missingMs", std::to_string(gap.missing_ms));
      mark("start", gap.start);
      mark("end", gap.end);
      xml_.end();
    }
    if (!found.report_path.empty()) linked("report", found.report_path, found.report_sha512);
    xml_.end();
  }

  std::string out_;
  XmlWriter xml_;
};

std::string name_of(const RecordingSidecar& sidecar) {
  return sidecar.id.empty() ? sidecar.title : sidecar.id;
}

/// Where a file without a digest or a path would stand, nothing is written.
void check_valid(const std::string& xml, const RecordingSidecar& sidecar) {
  Findings findings;
  const auto& schemas = XmlSchemaSet::embedded_set({"recording.xsd"});
  read_xml_tree(xml, "recording.xml", &schemas, &findings);
  if (findings.empty()) return;
  throw Error(ErrorCode::kInternal, name_of(sidecar),
              say("recording.not_valid", {{"recording", to_xml_text(name_of(sidecar))},
                                          {"reason", findings.front().message}}));
}

}  // namespace

std::string write_sidecar(const RecordingSidecar& sidecar) {
  if (const auto missing = missing_facts(sidecar); !missing.empty()) {
    throw Error(ErrorCode::kInvalid, name_of(sidecar),
                say("recording.lacks_facts", {{"recording", to_xml_text(name_of(sidecar))},
                                              {"facts", fact_names(missing)}}));
  }
  std::string xml = Writer().write(sidecar);
  check_valid(xml, sidecar);
  return xml;
}

}  // namespace anjuan::preservation
