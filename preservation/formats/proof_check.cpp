#include "preservation/formats/proof_check.h"

#include <array>
#include <cmath>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/media_facts.h"
#include "preservation/formats/media_program.h"
#include "preservation/formats/proof_check_worker.h"

namespace anjuan::formats {

namespace {

constexpr double kToleranceS = 0.0015;  ///< Matroska keeps milliseconds

unsigned nibble(char digit) {
  return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

/// A line of the proof in 48 bytes, so that an hour of pictures takes 5 MB.
struct Expected {
  std::array<std::uint8_t, 32> digest{};
  std::uint64_t bytes = 0;
  std::int64_t pts = 0;

  explicit Expected(const ProofLine& line) : bytes(line.bytes), pts(line.pts) {
    for (std::size_t i = 0; i < digest.size(); ++i) {
      digest[i] = static_cast<std::uint8_t>((nibble(line.sha256[2 * i]) << 4U) |
                                            nibble(line.sha256[2 * i + 1]));
    }
  }
};

/// A stored proof, stream by stream, against the lines that the child makes again.
class Comparison {
 public:
  Comparison(const std::filesystem::path& proof, ProofCheck& check) : check_(check) {
    streams_ = read_proof(proof, [this](const ProofLine& line) {
      if (expected_.size() <= line.stream) expected_.resize(line.stream + std::size_t{1});
      expected_[line.stream].emplace_back(line);
      ++check_.lines;
    });
    expected_.resize(streams_.size());
    read_.resize(streams_.size());
  }

  std::vector<ProofOrder> orders(ProofSide side) const {
    std::vector<ProofOrder> orders;
    for (std::size_t i = 0; i < streams_.size(); ++i) {
      const ProofStream& stream = streams_[i];
      const int number = side == ProofSide::kSource ? stream.source_stream : static_cast<int>(i);
      orders.push_back({number, stream.kind, stream.codec, !stream.packets});
    }
    return orders;
  }

  void take(const ProofLine& line, const std::vector<ProofStream>& found) {
    const std::size_t at = read_.at(line.stream)++;
    if (at >= expected_[line.stream].size()) return differ(line.stream, at);
    const Expected& want = expected_[line.stream][at];
    const Expected got(line);
    const double moved = static_cast<double>(line.pts) * found[line.stream].time_base.value() -
                         time_s(line.stream, at);
    if (!offset_s_) offset_s_ = std::abs(moved) <= kToleranceS ? 0 : moved;
    const bool in_time = std::abs(moved - *offset_s_) <= kToleranceS;
    ++check_.checked;
    if (want.digest != got.digest || want.bytes != got.bytes || !in_time) differ(line.stream, at);
  }

  /// What was not made again is missing.
  void finish() {
    for (std::uint32_t stream = 0; stream < expected_.size(); ++stream) {
      for (std::size_t at = read_[stream]; at < expected_[stream].size(); ++at) differ(stream, at);
    }
  }

  std::size_t streams() const { return streams_.size(); }

 private:
  double time_s(std::uint32_t stream, std::size_t at) const {
    if (at >= expected_[stream].size()) return 0;
    return static_cast<double>(expected_[stream][at].pts) * streams_[stream].time_base.value();
  }

  void differ(std::uint32_t stream, std::size_t at) {
    ++check_.different;
    if (check_.differences.size() == ProofCheck::kDifferencesMax) return;
    check_.differences.push_back({stream, at, time_s(stream, at)});
  }

  ProofCheck& check_;
  std::vector<ProofStream> streams_;
  std::vector<std::vector<Expected>> expected_;
  std::vector<std::size_t> read_;
  std::optional<double> offset_s_;  ///< of the first line; all others must share it
};

/// What the child says.
class Listener {
 public:
  Listener(Comparison& comparison, ProofCheck& check, Progress& progress)
      : comparison_(comparison), check_(check), progress_(progress), reader_("worker") {}

  void line(std::string_view text) {
    if (text.starts_with('{')) return json(Json::parse(text, "worker"));
    const auto line = reader_.take(text);
    if (!line) return;
    if (reader_.streams().size() != comparison_.streams()) {
      throw Error(ErrorCode::kRefused, "worker", say("transcode.child_nonsense"));
    }
    comparison_.take(*line, reader_.streams());
  }

  bool finished() const { return finished_; }

 private:
  void json(const Json& json) {
    if (const Json* at = json.find("at")) {
      const auto position = static_cast<std::uint64_t>(std::max<std::int64_t>(at->as_integer(), 0));
      if (position > position_) progress_.advance(position - position_);
      position_ = std::max(position_, position);
    } else if (json.find("fault") != nullptr) {
      check_.fault = fault_from(json);
      finished_ = true;
    } else if (const Json* errors = json.find("errors")) {
      if (errors->as_integer() != 0) {
        check_.fault = MediaFault{MediaFaultKind::kDamaged, errors->lexical()};
      }
      finished_ = true;
    }
  }

  Comparison& comparison_;
  ProofCheck& check_;
  Progress& progress_;
  ProofReader reader_;
  std::uint64_t position_ = 0;
  bool finished_ = false;
};

}  // namespace

ProofCheck check_proof(const std::filesystem::path& path, const std::filesystem::path& proof,
                       ProofSide side, SandboxLevel least, Progress& progress) {
  ProofCheck check;
  Comparison comparison(proof, check);
  const FileHandle file = FileHandle::open_read(path);
  const std::uint64_t bytes = bytes_of(file);
  progress.begin(say("transcode.proof_step"), bytes);
  Listener listener(comparison, check, progress);
  SandboxJob job;
  job.worker = kProofCheckWorker;
  job.program = kMediaProgram;
  job.arguments = {Json::object({{"streams", to_json(comparison.orders(side))},
                                 {"source", Json::boolean(side == ProofSide::kSource)}})
                       .dump()};
  job.input_descriptor = file.get();
  job.limits = media_limits(bytes);
  job.least = least;
  SandboxReport ignored;
  const auto fault = run_media_worker(
      job, [&listener](std::string_view line) { listener.line(line); }, ignored);
  if (fault) check.fault = fault;
  if (!fault && !listener.finished()) {
    check.fault = MediaFault{MediaFaultKind::kInternal, "no report"};
  }
  comparison.finish();
  progress.end();
  return check;
}

Findings findings_of(const ProofCheck& check, const std::string& subject) {
  Findings findings;
  if (check.holds()) return findings;
  if (check.fault && check.checked == 0) {
    findings.push_back(
        {"PROOF", Severity::kError, "", subject,
         say("transcode.proof_not_checked", {{"path", subject}, {"detail", check.fault->detail}}),
         CheckResult::kNotChecked});
    return findings;
  }
  const double first = check.differences.empty() ? 0 : check.differences.front().time_s;
  const std::string id = check.fault ? "transcode.proof_differs_fault" : "transcode.proof_differs";
  findings.push_back({"PROOF", Severity::kError, "", subject,
                      say(id, {{"path", subject},
                               {"lines", std::to_string(check.lines)},
                               {"different", std::to_string(check.different)},
                               {"time", fmt::format("{:.3f}", first)},
                               {"detail", check.fault ? check.fault->detail : ""}}),
                      CheckResult::kFailed});
  return findings;
}

}  // namespace anjuan::formats
