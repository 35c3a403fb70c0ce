// PNG and TIFF through libav, and the PNG that is written.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/crc.h>
#include <libavutil/pixdesc.h>
}

#include <cstring>
#include <set>

#include "preservation/formats/photograph.h"
#include "preservation/formats/picture_file.h"

namespace anjuan::formats {

namespace {

AvPacket packet_of(std::span<const std::byte> file) {
  AvPacket packet = make_av_packet();
  av_checked(av_new_packet(packet.get(), static_cast<int>(file.size())), "picture");
  std::memcpy(packet->data, file.data(), file.size());
  return packet;
}

AvCodec open_codec(const AVCodec* codec, AVDictionary** options) {
  if (codec == nullptr) throw MediaFault{MediaFaultKind::kUnsupported, "picture"};
  AvCodec context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  context->thread_count = 1;
  context->err_recognition |= AV_EF_CRCCHECK;
  context->max_pixels = AvDecoder::kPixelsMax * 4;
  av_checked(avcodec_open2(context.get(), codec, options), codec->name);
  return context;
}

AvFrame decode_page(const AVPacket& packet, AVCodecID codec, int page) {
  AVDictionary* options = nullptr;
  if (codec == AV_CODEC_ID_TIFF) av_dict_set_int(&options, "page", page, 0);
  const AvCodec context = open_codec(avcodec_find_decoder(codec), &options);
  av_dict_free(&options);
  AvFrame frame = make_av_frame();
  av_checked(avcodec_send_packet(context.get(), &packet), "picture", MediaFaultKind::kUnreadable);
  avcodec_send_packet(context.get(), nullptr);
  av_checked(avcodec_receive_frame(context.get(), frame.get()), "picture",
             MediaFaultKind::kUnreadable);
  return frame;
}

void append_big_endian(std::string& to, std::uint32_t number) {
  for (const unsigned shift : {24U, 16U, 8U, 0U}) to += static_cast<char>(number >> shift);
}

/// The chunk sBIT behind IHDR: libav 5.1 writes none.
void add_significant_bits(std::string& png, int format, int bits) {
  const auto* description = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(format));
  const std::string body =
      "sBIT" + std::string(description->nb_components, static_cast<char>(bits));
  std::string chunk;
  append_big_endian(chunk, description->nb_components);
  chunk += body;
  const std::uint32_t all = ~std::uint32_t{0};
  append_big_endian(chunk,
                    all ^ av_crc(av_crc_get_table(AV_CRC_32_IEEE_LE), all,
                                 reinterpret_cast<const std::uint8_t*>(body.data()), body.size()));
  constexpr std::size_t kBehindHeader = 8 + 4 + 4 + 13 + 4;  // signature, IHDR
  png.insert(kBehindHeader, chunk);
}

}  // namespace

int tiff_pages(std::span<const std::byte> file) {
  if (file.size() < 8) return 0;
  const bool big_endian = file[0] == std::byte{'M'};
  const auto number = [&](std::uint64_t at, std::uint64_t bytes) {
    std::uint64_t value = 0;
    for (std::uint64_t i = 0; i < bytes; ++i) {
      const auto byte =
          std::to_integer<std::uint64_t>(file[big_endian ? at + i : at + bytes - 1 - i]);
      value = (value << 8U) | byte;
    }
    return value;
  };
  std::set<std::uint64_t> seen;  // A chain may bite its tail.
  std::uint64_t directory = number(4, 4);
  while (directory != 0 && static_cast<int>(seen.size()) < kPagesMax) {
    if (directory + 2 > file.size() || !seen.insert(directory).second) return 0;
    const std::uint64_t end = directory + 2 + number(directory, 2) * 12;
    if (end + 4 > file.size()) return 0;
    directory = number(end, 4);
  }
  return static_cast<int>(seen.size());
}

DecodedPicture decode_with_libav(std::span<const std::byte> file, std::string_view type) {
  const AVCodecID codec = type == "tiff" ? AV_CODEC_ID_TIFF : AV_CODEC_ID_PNG;
  const AvPacket packet = packet_of(file);
  DecodedPicture picture;
  if (type == "tiff") {
    picture.pages = tiff_pages(file);
    if (picture.pages == 0) throw MediaFault{MediaFaultKind::kUnreadable, "TIFF directories"};
  }
  for (int page = 1; page <= picture.pages; ++page) {
    AvFrame frame = decode_page(*packet, codec, page);
    if (page == 1) picture.frame = std::move(frame);
  }
  picture.width = picture.frame->width;
  picture.height = picture.frame->height;
  const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(picture.frame->format));
  picture.pixel_format = name == nullptr ? "?" : name;
  const AvComplaints complaints = av_complaints();
  picture.warnings = complaints.errors;
  picture.first = complaints.first;
  return picture;
}

std::string encode_png(const AVFrame& frame, int bits) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_PNG);
  if (codec == nullptr) throw MediaFault{MediaFaultKind::kUnsupported, "PNG"};
  const AvCodec context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  context->width = frame.width;
  context->height = frame.height;
  context->pix_fmt = static_cast<AVPixelFormat>(frame.format);
  context->time_base = {1, 1};
  context->thread_count = 1;
  av_checked(avcodec_open2(context.get(), codec, nullptr), "PNG", MediaFaultKind::kUnsupported);
  const AvPacket packet = make_av_packet();
  av_checked(avcodec_send_frame(context.get(), &frame), "PNG");
  avcodec_send_frame(context.get(), nullptr);
  av_checked(avcodec_receive_packet(context.get(), packet.get()), "PNG");
  std::string png(reinterpret_cast<const char*>(packet->data),
                  static_cast<std::size_t>(packet->size));
  if (bits > 8 && bits < 16) add_significant_bits(png, frame.format, bits);
  return png;
}

}  // namespace anjuan::formats
