#pragma once
// continuity.xml (schemas/xml/continuity.xsd, docs/formats/continuity.md): writer and reader.

#include "core/xml_writer.h"
#include "preservation/formats/continuity/judge.h"

namespace anjuan::formats {

void write_continuity_xml(const JudgeInput& input, const ContinuityJudgement& judgement,
                          ByteSink sink);

/// What is read back: enough for the sidecar, the rules, the index and a page.
struct ContinuityDocument {
  struct Segment {
    std::string name;
    double length_s = 0;
    bool clock_found = false;
  };

  struct Finding {
    std::string signal;
    std::string kind;
    Weight weight = Weight::kNote;
    std::size_t segment = 0;
    double at_s = 0;
    double measured = 0;
    double threshold = 0;
    std::string message_zh;
    std::string message_en;
    std::vector<Crop> crops;
  };

  struct Gap {
    std::size_t segment = 0;
    double at_s = 0;
    std::string start;  ///< as the clock showed it; "" = not known
    std::string end;
    double missing_s = 0;
    std::string signal;
  };

  ContinuityVerdict verdict = ContinuityVerdict::kUndetermined;
  double coverage = 0;
  std::optional<double> step_coverage;
  std::vector<Segment> segments;
  std::vector<Gap> gaps;
  std::vector<Finding> findings;
};

/// Validated against the schema. Throws Error(kInvalid | kRefused) naming `subject`.
ContinuityDocument read_continuity_xml(std::string_view text, const std::string& subject);

}  // namespace anjuan::formats
