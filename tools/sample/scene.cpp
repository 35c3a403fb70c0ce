#include "tools/sample/scene.h"

#include <cmath>

#include "tools/sample/figures.h"

namespace anjuan::sample {

namespace {

constexpr int kNoiseVariants = 6;
constexpr int kNoiseStrength = 5;
constexpr int kPoses = 12;

int margin_of(Camera camera, int width) { return camera == Camera::kWorn ? (width / 20) & ~1 : 4; }

}  // namespace

Scene::Scene(Place place, Camera camera, int width, int height, std::string_view seed)
    : width_(width), height_(height), margin_(margin_of(camera, width)), camera_(camera) {
  Random random(seed);
  phase_ = random.between(0, 100);
  const Bitmap backdrop = draw_backdrop(place, width + 2 * margin_, height + 2 * margin_, seed);
  const YuvImage clean = to_yuv(backdrop);
  for (int variant = 0; variant < kNoiseVariants; ++variant) {
    backdrops_.push_back(clean);
    add_noise(backdrops_.back(), kNoiseStrength, random);
  }
  add_people(place);
}

void Scene::add(std::vector<Bitmap> poses, double left, double top, double roam_px, double roam_s) {
  Mover mover;
  for (const Bitmap& pose : poses) mover.poses.push_back(to_sprite(pose));
  mover.left = left * width_;
  mover.top = top * height_;
  mover.roam_px = roam_px * width_;
  mover.roam_s = roam_s;
  movers_.push_back(std::move(mover));
}

void Scene::add_people(Place place) {
  const auto person = [&](Clothes clothes, double tall, bool sitting = false) {
    return draw_person(clothes, static_cast<int>(tall * height_), kPoses, sitting);
  };
  const auto machine = [&](double wide) {
    return draw_excavator(static_cast<int>(wide * width_), kPoses);
  };
  switch (place) {
    case Place::kQuarry:
      add(machine(0.42), 0.08, 0.22, 0.012, 23);
      add(person(Clothes::kWorker, 0.56), 0.60, 0.36, 0.02, 17);
      add(person(Clothes::kUniform, 0.66), 0.36, 0.36, 0.03, 13);
      break;
    case Place::kEmbankment:
    case Place::kIntake:
      add(person(Clothes::kPlain, 0.52), 0.62, 0.40, 0.02, 19);
      add(person(Clothes::kUniform, 0.62), 0.30, 0.36, 0.03, 14);
      break;
    case Place::kHearingRoom:
      for (int seat = 0; seat < 5; ++seat) {
        const Clothes clothes =
            seat == 4 ? Clothes::kPlain : (seat < 2 ? Clothes::kUniform : Clothes::kSuit);
        add(person(clothes, 0.50, true), 0.145 + 0.126 * seat, 0.33, 0.004, 7.0 + seat);
      }
      break;
    case Place::kOffice:
      add(person(Clothes::kPlain, 0.70, true), 0.32, 0.26, 0.006, 9);
      break;
    case Place::kServiceWindow:
      add(person(Clothes::kSuit, 0.44, true), 0.38, 0.12, 0.006, 11);
      add(person(Clothes::kPlain, 0.62), 0.50, 0.40, 0.02, 15);
      break;
  }
}

void Scene::draw(std::int64_t frame, double seconds, YuvImage& target) const {
  const double t = seconds + phase_;
  double shift_x = 0;
  double shift_y = 0;
  if (camera_ == Camera::kWorn) {
    // Breathing, steps and the slow turn of a body; never more than the margin.
    shift_x = 0.62 * std::sin(t * 0.43) + 0.25 * std::sin(t * 2.3) + 0.08 * std::sin(t * 7.1);
    shift_y = 0.45 * std::sin(t * 0.61 + 1) + 0.35 * std::sin(t * 4.6) + 0.1 * std::sin(t * 9.7);
  }
  const int left = margin_ + static_cast<int>(shift_x * margin_);
  const int top = margin_ + static_cast<int>(shift_y * margin_);
  const Random chance(static_cast<std::uint64_t>(frame));
  const auto variant = static_cast<std::size_t>(Random(chance).below(kNoiseVariants));
  copy_window(backdrops_[variant], std::clamp(left, 0, 2 * margin_),
              std::clamp(top, 0, 2 * margin_), target);
  for (const Mover& mover : movers_) {
    const double walk = std::sin(2 * M_PI * t / mover.roam_s) * mover.roam_px;
    const auto pose = static_cast<std::size_t>(t * mover.poses_per_second) % mover.poses.size();
    lay_over(mover.poses[pose], static_cast<int>(mover.left + walk) + margin_ - left,
             static_cast<int>(mover.top) + margin_ - top, target);
  }
}

}  // namespace anjuan::sample
