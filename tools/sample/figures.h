#pragma once
// Who and what moves in a scene: people and machines, each as a row of poses.

#include <vector>

#include "tools/sample/bitmap.h"

namespace anjuan::sample {

enum class Clothes { kUniform, kWorker, kPlain, kSuit };

/// A standing (or, for desks, sitting) person `height` pixels tall in `count` poses of one
/// gentle movement cycle.
std::vector<Bitmap> draw_person(Clothes clothes, int height, int count, bool sitting);

/// An excavator `width` pixels wide, its arm going through one cycle.
std::vector<Bitmap> draw_excavator(int width, int count);

}  // namespace anjuan::sample
