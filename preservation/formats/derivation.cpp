#include "preservation/formats/derivation.h"

#include <algorithm>
#include <cmath>

namespace anjuan::formats {

namespace {

bool is_pictures(const AvStreamInfo& stream) { return stream.kind == StreamKind::kVideo; }

bool is_sound(const AvStreamInfo& stream) { return stream.kind == StreamKind::kAudio; }

/// FLAC holds whole numbers of 16 bits and of up to 24 bits in 32.
bool flac_fits(const AvStreamInfo& stream) {
  std::string format = stream.sample_format;
  if (format.ends_with('p')) format.pop_back();
  if (format == "s16") return stream.channels >= 1 && stream.channels <= 8;
  return format == "s32" && stream.bits_per_sample > 0 && stream.bits_per_sample <= 24 &&
         stream.channels >= 1 && stream.channels <= 8;
}

/// The stream that decides for the whole file: its first pictures, else its first sound.
const AvStreamInfo* leading(const AvFileInfo& file) {
  for (const auto wanted : {StreamKind::kVideo, StreamKind::kAudio}) {
    for (const auto& stream : file.streams) {
      if (stream.kind == wanted && stream.codec != "none") return &stream;
    }
  }
  return nullptr;
}

StreamAction lossless(const AvStreamInfo& stream, const FormatPolicy& policy,
                      DerivationPurpose purpose) {
  const CodecRule& rule = policy.rule(stream.kind, stream.codec);
  const bool forced = purpose == DerivationPurpose::kFfv1;
  if (is_pictures(stream)) {
    const bool to_ffv1 =
        rule.preservation == PreservationAction::kFfv1 || (forced && stream.codec != "ffv1");
    return to_ffv1 ? StreamAction::kFfv1 : StreamAction::kCopy;
  }
  if (!is_sound(stream) || rule.preservation != PreservationAction::kFlac) {
    return StreamAction::kCopy;
  }
  if (flac_fits(stream)) return StreamAction::kFlac;
  // Uncompressed already, or decoded to numbers that FLAC would round (AMR gives floats).
  return stream.codec.starts_with("pcm_") ? StreamAction::kCopy : StreamAction::kPcm;
}

/// A stream that was announced and never came has no size and no rate.
/// A subtitle is carried where it needs no transcoding; MP4 would need one.
bool carried(const AvStreamInfo& stream, DerivationPurpose purpose) {
  if (stream.codec == "none") return false;
  if (is_pictures(stream)) return stream.width > 0 && stream.height > 0;
  if (is_sound(stream)) return stream.sample_rate > 0 && stream.channels > 0;
  return stream.kind == StreamKind::kSubtitle && purpose != DerivationPurpose::kAccess &&
         stream.codec != "mov_text";
}

bool browser_safe(const AvStreamInfo& stream, const FormatPolicy& policy) {
  const auto& formats = policy.access_pixel_formats;
  // A picture on its side is as browser-safe as an upright one.
  const int longer = std::max(stream.width, stream.height);
  const int shorter = std::min(stream.width, stream.height);
  return std::find(formats.begin(), formats.end(), stream.pixel_format) != formats.end() &&
         longer <= policy.access_width_max && shorter <= policy.access_height_max;
}

StreamAction for_access(const AvStreamInfo& stream, const FormatPolicy& policy) {
  const bool copy = policy.rule(stream.kind, stream.codec).access == AccessAction::kCopy;
  if (is_pictures(stream)) {
    return copy && browser_safe(stream, policy) ? StreamAction::kCopy : StreamAction::kX264;
  }
  const bool in_mp4 = stream.codec == "aac" || stream.codec == "mp3";
  return copy && in_mp4 ? StreamAction::kCopy : StreamAction::kAac;
}

StreamAction action_for(const AvStreamInfo& stream, const FormatPolicy& policy,
                        DerivationPurpose purpose) {
  switch (purpose) {
    case DerivationPurpose::kPreservation:
    case DerivationPurpose::kFfv1:
      return lossless(stream, policy, purpose);
    case DerivationPurpose::kAccess:
      return for_access(stream, policy);
    case DerivationPurpose::kRemux:
      break;
  }
  return StreamAction::kCopy;
}

/// Hides no picture, no more of the sound than an encoder's priming, and moves nothing far.
bool harmless(const EditFacts& edit, const AvStreamInfo& stream) {
  constexpr std::int64_t kPrimingFrames = 2;
  constexpr double kMovedMaxS = 0.2;  // pictures out of order begin a few pictures late
  const std::int64_t hidden = std::abs(edit.held_frames - edit.shown_frames);
  const double moved =
      static_cast<double>(edit.held_start - edit.shown_start) * stream.time_base.value();
  return hidden <= (is_sound(stream) ? kPrimingFrames : 0) && std::abs(moved) <= kMovedMaxS;
}

/// True if a browser plays the original as it would play its access copy.
bool original_serves(const MediaFacts& facts, const DerivationPlan& plan) {
  if (!facts.fast_start || facts.complaints.errors != 0) return false;
  const auto copied = [](const StreamPlan& one) { return one.action == StreamAction::kCopy; };
  if (!std::all_of(plan.streams.begin(), plan.streams.end(), copied)) return false;
  return std::all_of(facts.edits.begin(), facts.edits.end(), [&](const EditFacts& edit) {
    const auto stream = static_cast<std::size_t>(edit.stream);
    return stream < facts.file.streams.size() && harmless(edit, facts.file.streams[stream]);
  });
}

void take_settings(const AvFileInfo& file, const FormatPolicy& policy, DerivationPlan& plan) {
  plan.slices = policy.slices;
  for (const auto& stream : file.streams) {
    const std::int64_t pixels = std::int64_t{stream.width} * stream.height;
    if (is_pictures(stream) && pixels >= policy.large_from_pixels)
      plan.slices = policy.slices_large;
  }
  plan.context = policy.context;
  plan.range_coder = policy.range_coder;
  plan.quality = policy.access_quality;
  plan.speed = policy.access_speed;
  plan.sound_bits_per_second = policy.access_sound_bits_per_second;
  plan.width_max = policy.access_width_max;
  plan.height_max = policy.access_height_max;
}

/// Seconds of a stream, of the file if the stream does not say.
double seconds_of(const AvStreamInfo& stream, const AvFileInfo& file) {
  if (stream.duration > 0) return static_cast<double>(stream.duration) * stream.time_base.value();
  return file.duration_us > 0 ? static_cast<double>(file.duration_us) / 1e6 : 0;
}

double frames_of(const AvStreamInfo& stream, const AvFileInfo& file) {
  if (stream.frames > 0) return static_cast<double>(stream.frames);
  return seconds_of(stream, file) * stream.frame_rate.value();
}

/// What a recording says of itself may be any nonsense.
std::uint64_t whole_bytes(double bytes) {
  constexpr double kMost = 1e18;
  return static_cast<std::uint64_t>(std::clamp(std::isfinite(bytes) ? bytes : kMost, 0.0, kMost));
}

constexpr StreamAction kActions[] = {StreamAction::kFfv1, StreamAction::kFlac, StreamAction::kPcm,
                                     StreamAction::kCopy, StreamAction::kX264, StreamAction::kAac};

}  // namespace

std::string_view stream_action_word(StreamAction action) {
  constexpr std::string_view kWords[] = {"ffv1", "flac", "pcm", "copy", "x264", "aac"};
  return kWords[static_cast<std::size_t>(action)];
}

std::uint64_t expected_bytes(const AvFileInfo& file, const FormatPolicy& policy) {
  constexpr double kBytesPerPixel = 1.5;  // 8 bits, 4:2:0: what cameras write
  double bytes = 0;
  for (const auto& stream : file.streams) {
    if (!is_pictures(stream)) continue;
    bytes += frames_of(stream, file) * stream.width * stream.height * kBytesPerPixel *
             policy.expected_share;
  }
  return whole_bytes(bytes);
}

std::uint64_t decoded_bytes_max(const AvFileInfo& file) {
  constexpr double kBytesPerPixel = 8;   // four channels of 16 bits
  constexpr double kBytesPerSample = 4;  // floats
  double bytes = 0;
  for (const auto& stream : file.streams) {
    if (is_pictures(stream)) {
      bytes += frames_of(stream, file) * stream.width * stream.height * kBytesPerPixel;
    } else if (is_sound(stream)) {
      bytes += seconds_of(stream, file) * stream.sample_rate * stream.channels * kBytesPerSample;
    }
  }
  return whole_bytes(bytes);
}

DerivationPlan plan_derivation(const MediaFacts& facts, const FormatPolicy& policy,
                               DerivationPurpose purpose, std::uint64_t budget_bytes) {
  DerivationPlan plan;
  const AvFileInfo& file = facts.file;
  const AvStreamInfo* lead = leading(file);
  if (lead == nullptr) {
    plan.skip = "nothing";
    return plan;
  }
  const CodecRule& rule = policy.rule(lead->kind, lead->codec);
  plan.because = rule.because;
  if (purpose == DerivationPurpose::kPreservation &&
      rule.preservation == PreservationAction::kNone) {
    plan.skip = rule.because;
    if (facts.complaints.errors == 0) return plan;
    // The codec is stable and the container is not sound: the same packets in a sound one.
    plan.skip.clear();
    plan.because = "container_broken";
    purpose = DerivationPurpose::kRemux;
  }
  const bool access = purpose == DerivationPurpose::kAccess;
  plan.container = access ? Container::kFastStartMp4 : Container::kMatroska;
  plan.edits = access ? EditLists::kHonour : EditLists::kIgnore;
  take_settings(file, policy, plan);
  for (const auto& stream : file.streams) {
    if (carried(stream, purpose)) {
      plan.streams.push_back({stream.index, action_for(stream, policy, purpose)});
    } else {
      plan.not_carried.push_back(
          {stream.index, std::string(stream_kind_word(stream.kind)), stream.codec});
    }
  }
  const bool lossless_copy = std::any_of(plan.streams.begin(), plan.streams.end(), [](auto& one) {
    return one.action == StreamAction::kFfv1;
  });
  if (lossless_copy) plan.expected_bytes = expected_bytes(file, policy);
  if (plan.expected_bytes > budget_bytes) plan.skip = "budget";
  if (access && original_serves(facts, plan)) plan.skip = "original_serves";
  return plan;
}

bool can_be_proved(const DerivationPlan& plan) {
  return std::none_of(plan.streams.begin(), plan.streams.end(), [](const StreamPlan& one) {
    return one.action == StreamAction::kX264 || one.action == StreamAction::kAac;
  });
}

Json to_json(const DerivationPlan& plan) {
  Json streams = Json::array();
  for (const StreamPlan& stream : plan.streams) {
    streams.append(Json::array(
        {Json::integer(stream.stream), Json::integer(static_cast<int>(stream.action))}));
  }
  return Json::object({{"mp4", Json::boolean(plan.container == Container::kFastStartMp4)},
                       {"honour_edits", Json::boolean(plan.edits == EditLists::kHonour)},
                       {"streams", streams},
                       {"slices", Json::integer(plan.slices)},
                       {"context", Json::integer(plan.context)},
                       {"range_coder", Json::boolean(plan.range_coder)},
                       {"quality", Json::integer(plan.quality)},
                       {"speed", Json::string(plan.speed)},
                       {"sound_bits", Json::integer(plan.sound_bits_per_second)},
                       {"width_max", Json::integer(plan.width_max)},
                       {"height_max", Json::integer(plan.height_max)}});
}

DerivationPlan plan_from(const Json& json) {
  DerivationPlan plan;
  const auto number = [&json](const char* key) {
    return static_cast<int>(json.find(key)->as_integer());
  };
  if (json.find("mp4")->as_boolean()) plan.container = Container::kFastStartMp4;
  if (json.find("honour_edits")->as_boolean()) plan.edits = EditLists::kHonour;
  for (const Json& pair : json.find("streams")->items()) {
    const auto action = static_cast<std::size_t>(pair.items().at(1).as_integer());
    plan.streams.push_back({static_cast<int>(pair.items().at(0).as_integer()),
                            kActions[action % std::size(kActions)]});
  }
  plan.slices = number("slices");
  plan.context = number("context");
  plan.range_coder = json.find("range_coder")->as_boolean();
  plan.quality = number("quality");
  plan.speed = json.text_or("speed", "veryfast");
  plan.sound_bits_per_second = number("sound_bits");
  plan.width_max = number("width_max");
  plan.height_max = number("height_max");
  return plan;
}

}  // namespace anjuan::formats
