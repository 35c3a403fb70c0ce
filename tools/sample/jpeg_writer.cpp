#include "tools/sample/jpeg_writer.h"

#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>

#include "core/durable.h"
#include "core/error.h"
#include "tools/sample/exif.h"

namespace anjuan::sample {

namespace {

// libjpeg's default handler ends the process; it must not be reached by a picture of ours.
void refuse(j_common_ptr info) {
  char reason[JMSG_LENGTH_MAX] = {};
  info->err->format_message(info, reason);
  throw Error(ErrorCode::kInternal, "libjpeg", reason);
}

struct Encoder {
  Encoder() {
    info.err = jpeg_std_error(&errors);
    errors.error_exit = refuse;
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &memory, &bytes);
  }

  ~Encoder() {
    jpeg_destroy_compress(&info);
    std::free(memory);
  }

  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  jpeg_error_mgr errors{};
  jpeg_compress_struct info{};
  unsigned char* memory = nullptr;
  unsigned long bytes = 0;
};

void write_rows(jpeg_compress_struct& info, const Bitmap& bitmap) {
  std::vector<JSAMPLE> row(static_cast<std::size_t>(bitmap.width) * 3);
  for (int y = 0; y < bitmap.height; ++y) {
    for (int x = 0; x < bitmap.width; ++x) {
      const std::uint32_t pixel = bitmap.at(x, y);
      JSAMPLE* out = &row[static_cast<std::size_t>(x) * 3];
      out[0] = static_cast<JSAMPLE>(pixel >> 16);
      out[1] = static_cast<JSAMPLE>(pixel >> 8);
      out[2] = static_cast<JSAMPLE>(pixel);
    }
    JSAMPROW rows[] = {row.data()};
    jpeg_write_scanlines(&info, rows, 1);
  }
}

}  // namespace

std::string encode_jpeg(const Bitmap& bitmap, const JpegShape& shape) {
  Encoder encoder;
  jpeg_compress_struct& info = encoder.info;
  info.image_width = static_cast<JDIMENSION>(bitmap.width);
  info.image_height = static_cast<JDIMENSION>(bitmap.height);
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, shape.quality, TRUE);
  if (shape.dots_per_inch > 0) {
    info.density_unit = 1;
    info.X_density = info.Y_density = static_cast<UINT16>(shape.dots_per_inch);
  }
  if (shape.camera) info.write_JFIF_header = FALSE;
  jpeg_start_compress(&info, TRUE);
  if (shape.camera) {
    const std::string segment = exif_segment(*shape.camera);
    jpeg_write_marker(&info, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(segment.data()),
                      static_cast<unsigned int>(segment.size()));
  }
  write_rows(info, bitmap);
  jpeg_finish_compress(&info);
  return {reinterpret_cast<const char*>(encoder.memory), encoder.bytes};
}

void write_jpeg(const std::filesystem::path& path, const Bitmap& bitmap, const JpegShape& shape) {
  const std::string bytes = encode_jpeg(bitmap, shape);
  FileHandle::create(path).write_all(std::as_bytes(std::span(bytes)), path.string());
}

}  // namespace anjuan::sample
