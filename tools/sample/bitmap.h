#pragma once
// A picture in memory and the pen that draws on it. Cairo stays behind the opaque cairo_t.

#include <cstdint>
#include <vector>

typedef struct _cairo cairo_t;

namespace anjuan::sample {

/// 32-bit ARGB, premultiplied, native byte order, rows without padding: Cairo's own layout.
struct Bitmap {
  Bitmap() = default;

  Bitmap(int width_px, int height_px)
      : width(width_px),
        height(height_px),
        pixels(static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px)) {}

  std::uint32_t& at(int x, int y) { return pixels[index(x, y)]; }

  std::uint32_t at(int x, int y) const { return pixels[index(x, y)]; }

  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;

 private:
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(x);
  }
};

/// A Cairo context on a bitmap, which must outlive it. Throws Error(kInternal) if Cairo refuses.
class Pen {
 public:
  explicit Pen(Bitmap& bitmap);
  ~Pen();
  Pen(const Pen&) = delete;
  Pen& operator=(const Pen&) = delete;

  cairo_t* get() const { return context_; }

 private:
  cairo_t* context_ = nullptr;
};

}  // namespace anjuan::sample
