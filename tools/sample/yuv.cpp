#include "tools/sample/yuv.h"

#include <cstring>

namespace anjuan::sample {

namespace {

std::size_t area(int width, int height) {
  return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

std::size_t at(int width, int x, int y) { return area(width, y) + static_cast<std::size_t>(x); }

std::uint8_t byte(int value) { return static_cast<std::uint8_t>(std::clamp(value, 0, 255)); }

struct Colour {
  int red, green, blue, alpha;
};

/// Straight (not premultiplied) colour; transparent pixels are black.
Colour straight(std::uint32_t pixel) {
  const int alpha = static_cast<int>(pixel >> 24);
  if (alpha == 0) return {0, 0, 0, 0};
  const auto channel = [&](int shift) {
    return std::min(255, static_cast<int>((pixel >> shift) & 255U) * 255 / alpha);
  };
  return {channel(16), channel(8), channel(0), alpha};
}

// BT.709, limited range, 8-bit fixed point.
std::uint8_t luma_of(const Colour& c) {
  return byte(16 + ((47 * c.red + 157 * c.green + 16 * c.blue + 128) >> 8));
}

std::uint8_t blue_of(const Colour& c) {
  return byte(128 + ((-26 * c.red - 87 * c.green + 112 * c.blue + 128) >> 8));
}

std::uint8_t red_of(const Colour& c) {
  return byte(128 + ((112 * c.red - 102 * c.green - 10 * c.blue + 128) >> 8));
}

void lay_plane(const std::vector<std::uint8_t>& source, const Sprite& sprite, int step, int left,
               int top, std::vector<std::uint8_t>& target, int target_width, int target_height) {
  const int width = sprite.image.width / step;
  const int height = sprite.image.height / step;
  const int first = std::max(0, -left);
  const int last = std::min(width, target_width - left);
  for (int y = std::max(0, -top); y < std::min(height, target_height - top); ++y) {
    const std::uint8_t* from = &source[at(width, 0, y)];
    const std::uint8_t* alpha = &sprite.alpha[at(sprite.image.width, 0, y * step)];
    std::uint8_t* to = &target[at(target_width, 0, top + y)];
    for (int x = first; x < last; ++x) {
      const int weight = alpha[x * step];
      if (weight == 0) continue;
      std::uint8_t& pixel = to[left + x];
      pixel = static_cast<std::uint8_t>((from[x] * weight + pixel * (255 - weight) + 127) / 255);
    }
  }
}

void copy_plane(const std::vector<std::uint8_t>& source, int source_width, int left, int top,
                std::vector<std::uint8_t>& target, int width, int height) {
  for (int y = 0; y < height; ++y) {
    std::memcpy(&target[at(width, 0, y)], &source[at(source_width, left, top + y)],
                static_cast<std::size_t>(width));
  }
}

}  // namespace

YuvImage::YuvImage(int width_px, int height_px)
    : width(width_px),
      height(height_px),
      luma(area(width_px, height_px)),
      blue(area(width_px / 2, height_px / 2), 128),
      red(area(width_px / 2, height_px / 2), 128) {}

YuvImage to_yuv(const Bitmap& bitmap) {
  YuvImage image(bitmap.width & ~1, bitmap.height & ~1);
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      const Colour colour = straight(bitmap.at(x, y));
      image.luma[at(image.width, x, y)] = luma_of(colour);
      if (x % 2 == 0 && y % 2 == 0) {
        image.blue[at(image.width / 2, x / 2, y / 2)] = blue_of(colour);
        image.red[at(image.width / 2, x / 2, y / 2)] = red_of(colour);
      }
    }
  }
  return image;
}

Sprite to_sprite(const Bitmap& bitmap) {
  Sprite sprite{to_yuv(bitmap), {}};
  sprite.alpha.resize(sprite.image.luma.size());
  for (int y = 0; y < sprite.image.height; ++y) {
    for (int x = 0; x < sprite.image.width; ++x) {
      sprite.alpha[at(sprite.image.width, x, y)] = static_cast<std::uint8_t>(bitmap.at(x, y) >> 24);
    }
  }
  return sprite;
}

void add_noise(YuvImage& image, int strength, Random& random) {
  std::uint64_t pool = 0;
  int left = 0;
  for (std::uint8_t& pixel : image.luma) {
    if (left == 0) {
      pool = random.next();
      left = 8;
    }
    const int grain = static_cast<int>(pool & 255U) * (2 * strength + 1) / 256 - strength;
    pixel = byte(pixel + grain);
    pool >>= 8;
    --left;
  }
}

void copy_window(const YuvImage& source, int left, int top, YuvImage& target) {
  left &= ~1;
  top &= ~1;
  copy_plane(source.luma, source.width, left, top, target.luma, target.width, target.height);
  copy_plane(source.blue, source.width / 2, left / 2, top / 2, target.blue, target.width / 2,
             target.height / 2);
  copy_plane(source.red, source.width / 2, left / 2, top / 2, target.red, target.width / 2,
             target.height / 2);
}

void lay_over(const Sprite& sprite, int left, int top, YuvImage& target) {
  left &= ~1;
  top &= ~1;
  lay_plane(sprite.image.luma, sprite, 1, left, top, target.luma, target.width, target.height);
  lay_plane(sprite.image.blue, sprite, 2, left / 2, top / 2, target.blue, target.width / 2,
            target.height / 2);
  lay_plane(sprite.image.red, sprite, 2, left / 2, top / 2, target.red, target.width / 2,
            target.height / 2);
}

}  // namespace anjuan::sample
