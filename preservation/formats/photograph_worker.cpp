// The child of check_photograph() and derive_photograph(): decodes a picture whole, writes the PNG.
extern "C" {
#include <libavutil/frame.h>
}

#include <sys/stat.h>
#include <unistd.h>

#include "preservation/formats/frame_hash.h"
#include "preservation/formats/photograph.h"
#include "preservation/formats/picture_file.h"

namespace anjuan::formats {

namespace {

std::string read_descriptor(int descriptor) {
  struct stat status {};

  if (::fstat(descriptor, &status) != 0) throw MediaFault{MediaFaultKind::kUnreadable, "fstat"};
  if (static_cast<std::uint64_t>(status.st_size) > kPhotographBytesMax) {
    throw MediaFault{MediaFaultKind::kTooLarge, std::to_string(status.st_size)};
  }
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto got =
        ::pread(descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (got <= 0) throw MediaFault{MediaFaultKind::kUnreadable, "read"};
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

DecodedPicture decode(const std::string& file, const std::string& type) {
  const auto bytes = std::as_bytes(std::span(file));
  if (type == "jpeg") return decode_jpeg(bytes);
  if (type == "heic") return decode_heic(bytes);
  if (type == "png" || type == "tiff") return decode_with_libav(bytes, type);
  throw MediaFault{MediaFaultKind::kUnsupported, "picture"};
}

/// Writes the PNG, reads it back from the file and compares every pixel.
void write_png(const DecodedPicture& picture, const FrameHash& hash) {
  const std::string png = encode_png(*picture.frame, picture.bits);
  FileHandle file(kWorkerFile);
  file.write_all(std::as_bytes(std::span(png)), "png");
  file.release();  // Stays open: it is read back.
  const std::string again = read_descriptor(kWorkerFile);
  const DecodedPicture back = decode_with_libav(std::as_bytes(std::span(again)), "png");
  if (back.frame->format != picture.frame->format || hash_picture(*back.frame) != hash) {
    throw MediaFault{MediaFaultKind::kNotEqual, "PNG"};
  }
}

int work(const std::vector<std::string>& arguments) {
  reset_av_complaints();
  try {
    const std::string file = read_descriptor(kWorkerInput);
    const std::string type = photograph_type(std::string_view(file).substr(0, 64));
    const DecodedPicture picture = decode(file, type);
    const FrameHash hash = picture.frame ? hash_picture(*picture.frame) : FrameHash{};
    if (!arguments.empty() && arguments[0] == "png") write_png(picture, hash);
    const auto number = [](auto value) { return Json::integer(static_cast<std::int64_t>(value)); };
    tell_parent(
        Json::object({{"type", Json::string(type)},
                      {"width", number(picture.width)},
                      {"height", number(picture.height)},
                      {"pages", number(picture.pages)},
                      {"shown", number(picture.shown)},
                      {"pixel_format", Json::string(picture.pixel_format)},
                      {"complaints", to_json(AvComplaints{picture.warnings, picture.first})},
                      {"sha256", Json::string(hash.sha256)},
                      {"pixel_bytes", number(hash.bytes)}}));
  } catch (const MediaFault& fault) {
    tell_parent(to_json(fault));
  }
  return 0;
}

const WorkerRegistration photograph_worker{kPhotographWorker, work};

}  // namespace

}  // namespace anjuan::formats
