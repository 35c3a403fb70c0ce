// JPEG through libjpeg, which tells every place where data is missing or makes no sense.
#include <csetjmp>
#include <cstdio>  // jpeglib.h needs it

#include <jpeglib.h>

#include "preservation/formats/picture_file.h"

namespace anjuan::formats {

namespace {

/// libjpeg leaves by longjmp: nothing with a destructor may live between setjmp and the call.
struct Errors {
  jpeg_error_mgr manager;  // first: libjpeg hands out a pointer to it
  std::jmp_buf escape;
  std::uint64_t warnings;
  char first[JMSG_LENGTH_MAX];
};

Errors& errors_of(j_common_ptr common) { return *reinterpret_cast<Errors*>(common->err); }

[[noreturn]] void on_error(j_common_ptr common) {
  Errors& errors = errors_of(common);
  common->err->format_message(common, errors.first);
  std::longjmp(errors.escape, 1);
}

void on_message(j_common_ptr common, int level) {
  if (level >= 0) return;
  Errors& errors = errors_of(common);
  if (errors.warnings++ == 0) common->err->format_message(common, errors.first);
}

struct Size {
  int width = 0;
  int height = 0;
  int colours = 0;
};

/// All rows, which are thrown away: what counts is that they can be decoded.
bool read_all(jpeg_decompress_struct& jpeg, Errors& errors, std::span<const std::byte> file,
              Size& size) {
  if (setjmp(errors.escape) != 0) return false;
  jpeg_create_decompress(&jpeg);
  jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(file.data()), file.size());
  jpeg_read_header(&jpeg, TRUE);
  jpeg.out_color_space = jpeg.jpeg_color_space;  // no conversion
  jpeg_start_decompress(&jpeg);
  size = {static_cast<int>(jpeg.output_width), static_cast<int>(jpeg.output_height),
          jpeg.output_components};
  const JDIMENSION width = jpeg.output_width * static_cast<JDIMENSION>(jpeg.output_components);
  JSAMPARRAY row =
      jpeg.mem->alloc_sarray(reinterpret_cast<j_common_ptr>(&jpeg), JPOOL_IMAGE, width, 1);
  while (jpeg.output_scanline < jpeg.output_height) jpeg_read_scanlines(&jpeg, row, 1);
  jpeg_finish_decompress(&jpeg);
  return true;
}

}  // namespace

DecodedPicture decode_jpeg(std::span<const std::byte> file) {
  jpeg_decompress_struct jpeg{};
  Errors errors{};
  jpeg.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = on_error;
  errors.manager.emit_message = on_message;
  Size size;
  const bool whole = read_all(jpeg, errors, file, size);
  jpeg_destroy_decompress(&jpeg);
  if (!whole) throw MediaFault{MediaFaultKind::kUnreadable, errors.first};
  DecodedPicture picture;
  picture.width = size.width;
  picture.height = size.height;
  picture.pixel_format = fmt::format("jpeg {}", size.colours);
  picture.warnings = errors.warnings;
  if (errors.warnings > 0) picture.first.emplace_back(errors.first);
  return picture;
}

}  // namespace anjuan::formats
