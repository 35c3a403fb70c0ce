#pragma once
// What is known of a recorder's habits: declared by the archive or learnt from its earlier files.
// Without a profile nothing is assumed (docs/formats/continuity.md).

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anjuan::formats {

struct SegmentObservation;

struct DeviceProfile {
  std::string device;            ///< number or name
  std::string fingerprint = {};  ///< of its containers; "" = not known
  std::string encoder = {};      ///< "" = not known
  double seam_s = 0;             ///< so long it stops between two segments
  double overlap_s = 0;          ///< so long two segments may show the same
  double pre_record_s = 0;       ///< so much lies before the first edit

  bool operator==(const DeviceProfile&) const = default;
};

/// Throws Error(kInvalid) naming file, line and reason.
DeviceProfile parse_device_profile(std::string_view json, const std::string& subject);
DeviceProfile read_device_profile(const std::filesystem::path& path);
std::string to_json(const DeviceProfile& profile);

/// From recordings of one device that are known to be whole; what differs among them stays unknown.
DeviceProfile learn_device_profile(const std::string& device,
                                   const std::vector<SegmentObservation>& recordings);

}  // namespace anjuan::formats
