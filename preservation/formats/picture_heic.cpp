// HEIC through libheif: the picture as it is meant to be seen (turned and mirrored as the file
// says), with every bit that it has; more than 8 stand in 16 (docs/formats/proof.md).
#include <libheif/heif.h>

extern "C" {
#include <libavutil/frame.h>
}

#include <algorithm>
#include <cstring>

#include "preservation/formats/photograph.h"
#include "preservation/formats/picture_file.h"

namespace anjuan::formats {

namespace {

struct Release {
  void operator()(heif_context* context) const { heif_context_free(context); }

  void operator()(heif_image_handle* handle) const { heif_image_handle_release(handle); }

  void operator()(heif_image* image) const { heif_image_release(image); }
};

template <typename Handle>
using Owned = std::unique_ptr<Handle, Release>;

void checked(const heif_error& error) {
  if (error.code == heif_error_Ok) return;
  const bool unsupported =
      error.code == heif_error_Unsupported_feature || error.code == heif_error_Unsupported_filetype;
  throw MediaFault{unsupported ? MediaFaultKind::kUnsupported : MediaFaultKind::kUnreadable,
                   error.message == nullptr ? "HEIC" : error.message};
}

struct Layout {
  heif_chroma chroma = heif_chroma_interleaved_RGB;
  AVPixelFormat format = AV_PIX_FMT_RGB24;
  std::size_t pixel_bytes = 3;
  bool deep = false;  ///< more than 8 bits: two bytes a value
};

Layout layout_of(const heif_image_handle& handle) {
  const bool alpha = heif_image_handle_has_alpha_channel(&handle) != 0;
  if (heif_image_handle_get_luma_bits_per_pixel(&handle) > 8) {
    return alpha ? Layout{heif_chroma_interleaved_RRGGBBAA_BE, AV_PIX_FMT_RGBA64BE, 8, true}
                 : Layout{heif_chroma_interleaved_RRGGBB_BE, AV_PIX_FMT_RGB48BE, 6, true};
  }
  return alpha ? Layout{heif_chroma_interleaved_RGBA, AV_PIX_FMT_RGBA, 4, false}
               : Layout{heif_chroma_interleaved_RGB, AV_PIX_FMT_RGB24, 3, false};
}

/// How many bits of each value the decoded picture really has.
int bits_of(const heif_image& image, const Layout& layout) {
  if (!layout.deep) return 8;
  const int bits = heif_image_get_bits_per_pixel_range(&image, heif_channel_interleaved);
  if (bits > 8 && bits <= 16) return bits;
  throw MediaFault{MediaFaultKind::kUnsupported, fmt::format("HEIC of {} bits", bits)};
}

/// libheif gives 0 to 2^bits - 1; a PNG means 0 to 65535. The upper bits again below the lower
/// ones: black stays 0, white becomes 65535, and the value comes back by a shift to the right.
void widen(std::uint8_t* row, std::size_t bytes, int bits) {
  for (std::size_t i = 0; i + 1 < bytes; i += 2) {
    const unsigned value = (unsigned{row[i]} << 8U) | row[i + 1];
    if (value >> static_cast<unsigned>(bits) != 0) {
      throw MediaFault{MediaFaultKind::kUnreadable, "HEIC value out of range"};
    }
    const unsigned wide = (value << static_cast<unsigned>(16 - bits)) |
                          (value >> static_cast<unsigned>(2 * bits - 16));
    row[i] = static_cast<std::uint8_t>(wide >> 8U);
    row[i + 1] = static_cast<std::uint8_t>(wide);
  }
}

/// Which of the pictures of the file, from 0, is the one that is shown.
int place_of_primary(heif_context& context, int pages) {
  heif_item_id primary = 0;
  checked(heif_context_get_primary_image_ID(&context, &primary));
  std::vector<heif_item_id> all(static_cast<std::size_t>(pages));
  heif_context_get_list_of_top_level_image_IDs(&context, all.data(), pages);
  const auto found = std::find(all.begin(), all.end(), primary);
  if (found == all.end()) throw MediaFault{MediaFaultKind::kUnreadable, "HEIC primary picture"};
  return static_cast<int>(found - all.begin());
}

/// The colour profile, which says what the numbers mean.
void copy_profile(const heif_image_handle& handle, AVFrame& frame) {
  const std::size_t bytes = heif_image_handle_get_raw_color_profile_size(&handle);
  constexpr std::size_t kProfileMax = 16 * 1024 * 1024;
  const auto type = heif_image_handle_get_color_profile_type(&handle);
  const bool icc = type == heif_color_profile_type_prof || type == heif_color_profile_type_rICC;
  if (!icc || bytes == 0 || bytes > kProfileMax) return;
  AVFrameSideData* side = av_frame_new_side_data(&frame, AV_FRAME_DATA_ICC_PROFILE, bytes);
  if (side == nullptr) throw std::bad_alloc();
  checked(heif_image_handle_get_raw_color_profile(&handle, side->data));
}

AvFrame copy_pixels(const heif_image& image, const Layout& layout, int bits) {
  int stride = 0;
  const std::uint8_t* pixels =
      heif_image_get_plane_readonly(&image, heif_channel_interleaved, &stride);
  AvFrame frame = make_av_frame();
  frame->format = layout.format;
  frame->width = heif_image_get_width(&image, heif_channel_interleaved);
  frame->height = heif_image_get_height(&image, heif_channel_interleaved);
  if (pixels == nullptr || frame->width <= 0 || frame->height <= 0) {
    throw MediaFault{MediaFaultKind::kUnreadable, "HEIC without pixels"};
  }
  av_checked(av_frame_get_buffer(frame.get(), 0), "picture");
  const std::size_t row = layout.pixel_bytes * static_cast<std::size_t>(frame->width);
  for (int y = 0; y < frame->height; ++y) {
    std::uint8_t* to = frame->data[0] + std::ptrdiff_t{y} * frame->linesize[0];
    std::memcpy(to, pixels + std::ptrdiff_t{y} * stride, row);
    if (layout.deep) widen(to, row, bits);
  }
  return frame;
}

}  // namespace

DecodedPicture decode_heic(std::span<const std::byte> file) {
  const Owned<heif_context> context(heif_context_alloc());
  if (!context) throw std::bad_alloc();
  heif_context_set_max_decoding_threads(context.get(), 0);
  checked(
      heif_context_read_from_memory_without_copy(context.get(), file.data(), file.size(), nullptr));
  DecodedPicture picture;
  picture.pages = heif_context_get_number_of_top_level_images(context.get());
  if (picture.pages < 1 || picture.pages > kPagesMax) {
    throw MediaFault{MediaFaultKind::kUnsupported, fmt::format("{} pictures", picture.pages)};
  }
  picture.shown = place_of_primary(*context, picture.pages);
  heif_image_handle* raw_handle = nullptr;
  checked(heif_context_get_primary_image_handle(context.get(), &raw_handle));
  const Owned<heif_image_handle> handle(raw_handle);
  const Layout layout = layout_of(*handle);
  heif_image* raw_image = nullptr;
  checked(heif_decode_image(handle.get(), &raw_image, heif_colorspace_RGB, layout.chroma, nullptr));
  const Owned<heif_image> image(raw_image);
  picture.bits = bits_of(*image, layout);
  picture.frame = copy_pixels(*image, layout, picture.bits);
  copy_profile(*handle, *picture.frame);
  picture.width = picture.frame->width;
  picture.height = picture.frame->height;
  picture.pixel_format = fmt::format("{} bits", picture.bits);
  return picture;
}

}  // namespace anjuan::formats
