#include "preservation/formats/characterise.h"

#include "core/messages.h"
#include "preservation/formats/characterise/answers.h"

namespace anjuan::formats {

namespace {

bool is_recording(std::string_view mime) {
  return mime.starts_with("video/") || mime.starts_with("audio/") || mime == "application/mxf" ||
         mime == "application/ogg" || mime == "application/mp4" || mime == "application/vnd.ms-asf";
}

bool is_picture(std::string_view mime) {
  return mime.starts_with("image/") && mime != "image/svg+xml";
}

/// How EXIF is read of a picture; "" if it has none.
std::string_view photo_part(std::string_view mime) {
  if (mime == "image/jpeg") return kJpegPart;
  if (mime == "image/tiff") return kTiffPart;
  return mime == "image/heif" ? kHeifPart : "";
}

std::vector<std::string> parts_of(std::string_view mime) {
  std::vector<std::string> parts;
  // libav in Debian 12 reads no HEIF: the picture's size comes from libheif.
  if (mime != "image/heif") parts.emplace_back(kStreamsPart);
  if (const auto photo = photo_part(mime); !photo.empty()) parts.emplace_back(photo);
  parts.emplace_back(is_picture(mime) ? kMixPart : kEbuCorePart);
  return parts;
}

/// libav gives every still picture 25 frames a second.
void forget_rates(AvCharacteristics& picture) {
  for (StreamFacts& stream : picture.streams) stream.frame_rate.clear();
}

Finding warning(std::string_view code, std::string_view message, const std::string& file) {
  return {std::string(code),       Severity::kWarn, "", file, say(message, {{"file", file}}),
          CheckResult::kNotChecked};
}

/// Of a part without an answer: that the child was stopped, else `failed`.
std::string_view failure_message(SandboxEnd end, std::string_view failed) {
  switch (end) {
    case SandboxEnd::kForbiddenAct:
      return "characterise.forbidden";
    case SandboxEnd::kKilledByLimit:
    case SandboxEnd::kTimeout:
      return "characterise.limit";
    case SandboxEnd::kCrashed:
      return "characterise.crashed";
    case SandboxEnd::kOk:
    case SandboxEnd::kFailed:
      break;
  }
  return failed;
}

/// What the parts' answers come to.
class Reading {
 public:
  Reading(std::string file, bool picture, const Answers& answers)
      : file_(std::move(file)), picture_(picture), answers_(answers) {}

  void take(std::string_view part) {
    const Json* answer = answers_.find(part);
    if (part == kStreamsPart) {
      take_streams(answer);
    } else if (part == kMixPart || part == kEbuCorePart) {
      take_xml(answer, part);
    } else if (answer != nullptr) {
      result_.photo = photo_facts_in(*answer);
    } else {
      fail(part, "CHARACTERISE-PHOTO", "characterise.photo_unreadable");
    }
  }

  Characteristics taken() { return std::move(result_); }

 private:
  void take_streams(const Json* answer) {
    if (answer != nullptr) result_.media = media_facts_in(*answer);
    if (picture_ && result_.media) forget_rates(*result_.media);
    if (!result_.media) {
      fail(kStreamsPart, "CHARACTERISE-STREAMS", "characterise.streams_unreadable");
    }
  }

  void take_xml(const Json* answer, std::string_view part) {
    auto xml = answer != nullptr ? extension_in(*answer, part) : std::nullopt;
    if (xml) {
      result_.extensions.push_back(std::move(*xml));
    } else {
      fail(part, "CHARACTERISE-XML", "characterise.xml_missing");
    }
  }

  /// Behind a forbidden act nothing more was asked: it is told once.
  void fail(std::string_view part, std::string_view code, std::string_view failed) {
    const auto end = answers_.ended.find(part);
    const bool was_asked = end != answers_.ended.end() || answers_.find(part) != nullptr;
    if (!was_asked && answers_.met_forbidden_act()) return;
    const auto how = end == answers_.ended.end() ? SandboxEnd::kOk : end->second;
    result_.findings.push_back(warning(code, failure_message(how, failed), file_));
  }

  std::string file_;
  bool picture_;
  const Answers& answers_;
  Characteristics result_;
};

}  // namespace

Characteristics characterise(const NamedFile& file, const FormatName& format, SandboxLevel least) {
  const bool picture = is_picture(format.mime);
  if (!picture && !is_recording(format.mime)) return {};
  const auto parts = parts_of(format.mime);
  const Answers answers = ask_parts(*file.file, parts, least);
  Reading reading(file.name, picture, answers);
  for (const std::string& part : parts) reading.take(part);
  return reading.taken();
}

}  // namespace anjuan::formats
