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

}  // namespace

Characteristics characterise(const NamedFile& file, const FormatName& format, SandboxLevel least) {
  Characteristics result;
  const bool picture = is_picture(format.mime);
  if (!picture && !is_recording(format.mime)) return result;
  const auto parts = parts_of(format.mime);
  const Answers answers = ask_parts(*file.file, parts, least);
  for (const std::string& part : parts) {
    const auto answer = answers.find(part);
    const bool answered = answer != answers.end();
    if (part == kStreamsPart) {
      if (answered) result.media = media_facts_in(answer->second);
      if (picture && result.media) forget_rates(*result.media);
      if (result.media) continue;
      result.findings.push_back(
          warning("CHARACTERISE-STREAMS", "characterise.streams_unreadable", file.name));
    } else if (part == kMixPart || part == kEbuCorePart) {
      auto xml = answered ? extension_in(answer->second, part) : std::nullopt;
      if (xml) {
        result.extensions.push_back(std::move(*xml));
        continue;
      }
      result.findings.push_back(warning("CHARACTERISE-XML", "characterise.xml_missing", file.name));
    } else if (answered) {
      result.photo = photo_facts_in(answer->second);
    } else {
      result.findings.push_back(
          warning("CHARACTERISE-PHOTO", "characterise.photo_unreadable", file.name));
    }
  }
  return result;
}

}  // namespace anjuan::formats
