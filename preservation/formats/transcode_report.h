#pragma once
// What the child tells of the derivatives that it makes, believed only where it agrees with itself
// and with the plan. The lines: transcode_worker.h.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "preservation/formats/continuity/observation_json.h"
#include "preservation/formats/derivation.h"
#include "preservation/formats/media_facts.h"
#include "preservation/formats/new_file.h"
#include "preservation/formats/proof.h"

namespace anjuan::formats {

/// Of one derivative. Writes its proof again, line by line, into a file of the parent's.
class TargetReport {
 public:
  /// All stay. `source` is what the plan was made for.
  TargetReport(const DerivationPlan& plan, const AvFileInfo& source, NewFile& proof)
      : plan_(plan), source_(source), proof_(proof), reader_("proof") {}

  /// Throws Error(kInvalid | kRefused) for nonsense.
  void line(std::string_view text);

  /// The fault, or nothing if all is as it should be: kNotEqual if the proof is not whole, or if
  /// there is one of what cannot be proved. Throws Error(kInvalid | kRefused) for nonsense.
  std::optional<MediaFault> finish();

  /// One entry for each stream of the plan.
  const std::vector<Json>& tracks() const { return made_->items(); }

  /// What the child counted of a stream: "frames", "samples", "times_made", "holes".
  std::uint64_t count(std::size_t stream, std::string_view what) const;

  /// Whatever the child says: true if its proof has a line for every picture and every packet that
  /// it counts, and of decoded sound one for every second of the samples that it counts.
  bool proved(std::size_t stream) const;

  std::uint64_t lines() const { return lines_; }

  double offset_s() const { return offset_s_; }

  /// What was wrong with the source while it was read; only copies of packets are made then.
  const AvComplaints& complaints() const { return complaints_; }

  double measured_s() const { return end_s_ > begin_s_ ? end_s_ - begin_s_ : 0; }

 private:
  void outcome(const Json& json);
  void proof_line(const ProofLine& line);
  void begin();
  void flush();

  /// Of one stream of the proof.
  struct Told {
    std::uint64_t lines = 0;
    std::uint64_t duration = 0;  ///< of all of them; of sound that was decoded in samples
  };

  bool all_proved() const;

  const DerivationPlan& plan_;
  const AvFileInfo& source_;
  NewFile& proof_;
  ProofReader reader_;
  std::optional<ProofWriter> writer_;
  std::string text_;
  std::vector<Told> told_;
  std::uint64_t lines_ = 0;
  double offset_s_ = 0;
  double begin_s_ = 0, end_s_ = 0;
  AvComplaints complaints_;
  std::optional<Json> made_;
  std::optional<MediaFault> fault_;
};

/// Of all that one child does.
class JointReport {
 public:
  using OnPosition = std::function<void(std::uint64_t bytes)>;

  /// `targets` stay.
  JointReport(std::vector<TargetReport*> targets, OnPosition on_position)
      : targets_(std::move(targets)), on_position_(std::move(on_position)) {}

  /// Throws Error(kInvalid | kRefused) for nonsense.
  void line(std::string_view text);

  /// Nothing if the child did not observe, or not to the end.
  std::optional<SegmentObservation> observation() const;

 private:
  std::vector<TargetReport*> targets_;
  OnPosition on_position_;
  std::size_t whose_ = 0;
  ObservationReader observation_;
};

}  // namespace anjuan::formats
