#include "preservation/formats/continuity/device_profile.h"

#include "core/durable.h"
#include "core/error.h"
#include "core/json.h"
#include "core/messages.h"
#include "preservation/formats/continuity/observation.h"

namespace anjuan::formats {

namespace {

constexpr double kSecondsMax = 3600;
constexpr std::uint64_t kFileBytesMax = 1024 * 1024;

[[noreturn]] void refuse(const std::string& subject, Place place, const std::string& key) {
  throw Error(ErrorCode::kInvalid, subject,
              say("continuity.profile_invalid",
                  {{"file", subject}, {"line", std::to_string(place.line)}, {"key", key}}));
}

double seconds_of(const Json& value, const std::string& subject, const std::string& key) {
  if (!value.is(Json::Type::kInteger) && !value.is(Json::Type::kNumber)) {
    refuse(subject, value.place(), key);
  }
  const double seconds = value.as_double();
  if (!(seconds >= 0 && seconds <= kSecondsMax)) refuse(subject, value.place(), key);
  return seconds;
}

Json number(double value) { return Json::number(fmt::format("{:.3f}", value)); }

}  // namespace

DeviceProfile parse_device_profile(std::string_view json, const std::string& subject) {
  const Json object = Json::parse(json, subject);
  if (!object.is_object()) refuse(subject, object.place(), "{}");
  DeviceProfile profile;
  for (const auto& [key, value] : object.members()) {
    std::string* text = key == "device"        ? &profile.device
                        : key == "fingerprint" ? &profile.fingerprint
                        : key == "encoder"     ? &profile.encoder
                                               : nullptr;
    double* seconds = key == "seam_s"         ? &profile.seam_s
                      : key == "overlap_s"    ? &profile.overlap_s
                      : key == "pre_record_s" ? &profile.pre_record_s
                                              : nullptr;
    if (text != nullptr && value.is_string()) {
      *text = value.as_string();
    } else if (seconds != nullptr) {
      *seconds = seconds_of(value, subject, key);
    } else {
      refuse(subject, value.place(), key);
    }
  }
  if (profile.device.empty()) refuse(subject, object.place(), "device");
  return profile;
}

DeviceProfile read_device_profile(const std::filesystem::path& path) {
  return parse_device_profile(read_file(path, kFileBytesMax), path.string());
}

std::string to_json(const DeviceProfile& profile) {
  const Json object = Json::object({{"device", Json::string(profile.device)},
                                    {"fingerprint", Json::string(profile.fingerprint)},
                                    {"encoder", Json::string(profile.encoder)},
                                    {"seam_s", number(profile.seam_s)},
                                    {"overlap_s", number(profile.overlap_s)},
                                    {"pre_record_s", number(profile.pre_record_s)}});
  return object.dump_pretty() + "\n";
}

DeviceProfile learn_device_profile(const std::string& device,
                                   const std::vector<SegmentObservation>& recordings) {
  DeviceProfile profile;
  profile.device = device;
  if (recordings.empty()) return profile;
  profile.fingerprint = recordings.front().container.fingerprint;
  profile.encoder = recordings.front().container.encoder;
  for (const SegmentObservation& recording : recordings) {
    const ContainerView& container = recording.container;
    if (container.fingerprint != profile.fingerprint) profile.fingerprint.clear();
    if (container.encoder != profile.encoder) profile.encoder.clear();
    profile.pre_record_s = std::max(profile.pre_record_s, container.skipped_s);
  }
  return profile;
}

}  // namespace anjuan::formats
