#include "preservation/formats/characterise.h"

#include "core/messages.h"
#include "preservation/formats/characterise/av_facts.h"
#include "preservation/formats/characterise/media_info.h"
#include "preservation/formats/characterise/photo_facts.h"

namespace anjuan::formats {

namespace {

bool is_recording(std::string_view mime) {
  return mime.starts_with("video/") || mime.starts_with("audio/") || mime == "application/mxf" ||
         mime == "application/ogg" || mime == "application/mp4" || mime == "application/vnd.ms-asf";
}

bool is_picture(std::string_view mime) {
  return mime.starts_with("image/") && mime != "image/svg+xml";
}

std::optional<PictureKind> exif_in(std::string_view mime) {
  if (mime == "image/jpeg") return PictureKind::kJpeg;
  if (mime == "image/tiff") return PictureKind::kTiff;
  if (mime == "image/heif") return PictureKind::kHeif;
  return std::nullopt;
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
  // libav in Debian 12 reads no HEIF: the picture's size comes from libheif.
  const auto exif = exif_in(format.mime);
  if (exif != PictureKind::kHeif) {
    result.media = av_facts(*file.file, least);
    // libav gives every still picture 25 frames a second.
    if (picture && result.media) {
      for (StreamFacts& stream : result.media->streams) stream.frame_rate.clear();
    }
    if (!result.media) {
      result.findings.push_back(
          warning("CHARACTERISE-STREAMS", "characterise.streams_unreadable", file.name));
    }
  }
  if (exif) {
    result.photo = photo_facts(*file.file, *exif, least);
    if (!result.photo) {
      result.findings.push_back(
          warning("CHARACTERISE-PHOTO", "characterise.photo_unreadable", file.name));
    }
  }
  auto xml = media_info(*file.file, picture ? XmlStandard::kMix : XmlStandard::kEbuCore, least);
  if (xml) {
    result.extensions.push_back(std::move(*xml));
  } else {
    result.findings.push_back(warning("CHARACTERISE-XML", "characterise.xml_missing", file.name));
  }
  return result;
}

}  // namespace anjuan::formats
