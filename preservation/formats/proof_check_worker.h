#pragma once
// How the parent orders a proof to be made again from its sandboxed child.

#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "preservation/formats/proof.h"

namespace anjuan::formats {

inline constexpr std::string_view kProofCheckWorker = "proof-check";

struct ProofOrder {
  int stream = 0;  ///< number in the file that is read
  StreamKind kind = StreamKind::kVideo;
  std::string codec;     ///< what the proof digests: "rawvideo", "pcm_s16le", or packets of "h264"
  bool decoded = false;  ///< else its packets are digested as they are
};

Json to_json(const std::vector<ProofOrder>& orders);
std::vector<ProofOrder> proof_orders_from(const Json& json);

}  // namespace anjuan::formats
