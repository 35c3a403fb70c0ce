#pragma once
// The policy's decision for one recording, before any work: which stream becomes what, or why
// nothing is made. Pure functions over what is known of the file.

#include <cstdint>
#include <string>
#include <vector>

#include "core/json.h"
#include "preservation/formats/av_muxer.h"
#include "preservation/formats/media_facts.h"
#include "preservation/formats/policy.h"

namespace anjuan::formats {

/// kPreservation: what the policy says. kRemux: all streams as they are into Matroska, to heal a
/// container or to group segments. kFfv1: lossless whatever the policy says. kAccess: for browsers.
enum class DerivationPurpose { kPreservation, kRemux, kFfv1, kAccess };

enum class StreamAction { kFfv1, kFlac, kPcm, kCopy, kX264, kAac };

std::string_view stream_action_word(StreamAction action);  ///< "ffv1", "flac", "pcm", ...

struct StreamPlan {
  int stream = 0;
  StreamAction action = StreamAction::kCopy;
};

/// A stream that the derivative does not have; it is kept in the original.
struct NotCarried {
  int stream = 0;
  std::string kind;  ///< stream_kind_word()
  std::string codec;
};

struct DerivationPlan {
  /// Set if nothing is made: "stable", "lossless", "nothing", "budget", "original_serves".
  std::string skip;
  std::string because;  ///< of the policy's rule that decided
  Container container = Container::kMatroska;
  EditLists edits = EditLists::kIgnore;
  std::vector<StreamPlan> streams;
  std::vector<NotCarried> not_carried;
  std::uint64_t expected_bytes = 0;

  // settings of the encoders
  int slices = 16;
  int context = 0;
  bool range_coder = true;
  int quality = 23;
  std::string speed;
  int sound_bits_per_second = 96000;
  int width_max = 1920;   ///< of an encoded access copy: its longer side,
  int height_max = 1080;  ///< and its shorter one
};

/// `budget_bytes` = what lossless copies of this case may still take.
DerivationPlan plan_derivation(const MediaFacts& facts, const FormatPolicy& policy,
                               DerivationPurpose purpose, std::uint64_t budget_bytes);

/// False for access copies that are encoded anew, if only in part: they prove nothing.
bool can_be_proved(const DerivationPlan& plan);

/// Of pictures and seconds as the container tells them; for the budget.
std::uint64_t expected_bytes(const AvFileInfo& file, const FormatPolicy& policy);

/// Pictures and sound as they are decoded, in the largest formats there are: no copy is larger, and
/// the work of decoding and encoding grows with it. 0 where neither frames nor duration are told.
std::uint64_t decoded_bytes_max(const AvFileInfo& file);

Json to_json(const DerivationPlan& plan);
DerivationPlan plan_from(const Json& json);

}  // namespace anjuan::formats
