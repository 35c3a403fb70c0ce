#include "core/base64.h"
#include "preservation/formats/continuity/continuity_words.h"
#include "preservation/formats/continuity/continuity_xml.h"

namespace anjuan::formats {

namespace {

constexpr std::size_t kCropsPerFinding = 8;
constexpr double kCropReachSeconds = 0.25;

std::string number(double value) { return fmt::format("{:.3f}", value); }

class Writer {
 public:
  Writer(const JudgeInput& input, const ContinuityJudgement& judgement, ByteSink sink)
      : input_(input), judged_(judgement), xml_(std::move(sink)) {}

  void write() {
    xml_.start("continuity");
    xml_.attribute("xmlns", "urn:anjuan:continuity:1");
    xml_.attribute("verdict", verdict_word(judged_.verdict));
    xml_.attribute("coverage", fmt::format("{:.6f}", judged_.coverage));
    if (judged_.step_coverage) {
      xml_.attribute("stepCoverage", fmt::format("{:.6f}", *judged_.step_coverage));
    }
    xml_.attribute("recordedS", number(judged_.recorded_s));
    wall("firstClock", judged_.first_wall_s);
    wall("lastClock", judged_.last_wall_s);
    xml_.attribute("tool", "anjuan " ANJUAN_VERSION);
    for (std::size_t i = 0; i < input_.segments.size(); ++i) segment(i);
    for (const ContinuityGap& one : judged_.gaps) gap(one);
    for (const ContinuityFinding& one : judged_.findings) finding(one);
    xml_.end();
    xml_.close();
  }

 private:
  void wall(const char* name, const std::optional<double>& wall_s) {
    if (wall_s) xml_.attribute(name, wall_text(*wall_s, judged_.has_date));
  }

  void segment(std::size_t index) {
    const SegmentInput& one = input_.segments[index];
    const SegmentObservation& seen = one.seen;
    xml_.start("segment");
    xml_.attribute("n", index + 1);
    xml_.attribute("name", to_xml_text(one.name));
    const double length = seen.video   ? seen.video->end_s - seen.video->start_s
                          : seen.sound ? seen.sound->end_s - seen.sound->start_s
                                       : 0;
    xml_.attribute("lengthS", number(length));
    if (!seen.container.format.empty()) {
      xml_.attribute("container", to_xml_text(seen.container.format));
    }
    if (seen.video) {
      xml_.attribute("codec", to_xml_text(seen.video->codec));
      xml_.attribute("width", static_cast<std::uint64_t>(seen.video->width));
      xml_.attribute("height", static_cast<std::uint64_t>(seen.video->height));
    }
    xml_.attribute("clock", !seen.clock.found ? "none" : seen.clock.has_date ? "date" : "time");
    xml_.attribute("secondsSampled", std::uint64_t{seen.clock.sampled});
    xml_.attribute("secondsRead", std::uint64_t{seen.clock.read});
    xml_.attribute("watchedS", number(seen.decoded_s));
    if (!seen.failure.empty()) xml_.attribute("failure", to_xml_text(seen.failure));
    xml_.end();
  }

  void gap(const ContinuityGap& one) {
    xml_.start("gap");
    xml_.attribute("segment", one.segment + 1);
    xml_.attribute("atS", number(one.at_s));
    wall("start", one.start_wall_s);
    wall("end", one.end_wall_s);
    xml_.attribute("missingS", number(one.missing_s));
    xml_.attribute("signal", signal_word(one.signal));
    xml_.end();
  }

  void finding(const ContinuityFinding& one) {
    xml_.start("finding");
    xml_.attribute("signal", signal_word(one.signal));
    xml_.attribute("kind", one.kind);
    xml_.attribute("weight", weight_word(one.weight));
    xml_.attribute("segment", one.segment + 1);
    xml_.attribute("atS", number(one.at_s));
    xml_.attribute("untilS", number(one.until_s));
    wall("wall", one.wall_s);
    xml_.attribute("measured", number(one.measured));
    xml_.attribute("threshold", number(one.threshold));
    for (const auto& [language, tag] :
         {std::pair{Language::kChinese, "zh-CN"}, std::pair{Language::kEnglish, "en"}}) {
      xml_.start("message");
      xml_.attribute("language", tag);
      xml_.text(to_xml_text(sentence_of(one, input_, judged_.has_date, language)));
      xml_.end();
    }
    crops(one);
    xml_.end();
  }

  void crops(const ContinuityFinding& one) {
    std::size_t count = 0;
    for (const Crop& crop : input_.segments[one.segment].seen.crops) {
      const bool near =
          crop.at_s >= one.at_s - kCropReachSeconds && crop.at_s <= one.until_s + kCropReachSeconds;
      if (!near || ++count > kCropsPerFinding) continue;
      xml_.start("crop");
      xml_.attribute("atS", number(crop.at_s));
      xml_.text(to_base64(crop.png));
      xml_.end();
    }
  }

  const JudgeInput& input_;
  const ContinuityJudgement& judged_;
  XmlWriter xml_;
};

}  // namespace

void write_continuity_xml(const JudgeInput& input, const ContinuityJudgement& judgement,
                          ByteSink sink) {
  Writer(input, judgement, std::move(sink)).write();
}

}  // namespace anjuan::formats
