#pragma once
// A moving picture of a step: backdrop, people, machines, and the way the camera is held.

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "tools/sample/backdrop.h"
#include "tools/sample/yuv.h"

namespace anjuan::sample {

enum class Camera { kWorn, kTripod, kCeiling };

class Scene {
 public:
  /// Width and height are even pixels.
  Scene(Place place, Camera camera, int width, int height, std::string_view seed);

  /// The picture at `seconds` from the start; `frame` counts pictures and seeds the noise.
  void draw(std::int64_t frame, double seconds, YuvImage& target) const;

 private:
  struct Mover {
    std::vector<Sprite> poses;
    double left = 0, top = 0;  ///< of the upper left corner, on the backdrop
    double roam_px = 0;        ///< walks so far to each side
    double roam_s = 1;         ///< and takes so long for a round
    double poses_per_second = 4;
  };

  void add_people(Place place);
  void add(std::vector<Bitmap> poses, double left, double top, double roam_px, double roam_s);

  int width_, height_, margin_;
  Camera camera_;
  double phase_;
  std::vector<YuvImage> backdrops_;  ///< the same backdrop under different sensor noise
  std::vector<Mover> movers_;
};

}  // namespace anjuan::sample
