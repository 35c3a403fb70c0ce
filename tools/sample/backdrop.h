#pragma once
// Where a step takes place: drawn landscapes and rooms, without people and machines.

#include <string_view>

#include "tools/sample/bitmap.h"

namespace anjuan::sample {

enum class Place {
  kQuarry,         ///< rock face, benches, gravel floor
  kEmbankment,     ///< river, dyke with paved slope, sand heaps
  kIntake,         ///< river, pump house, pipe, meter well
  kHearingRoom,    ///< long table, flags' colours left out, name plates
  kOffice,         ///< desk, shelf: questioning, service at an office
  kServiceWindow,  ///< counter from above, as a ceiling camera sees it
};

/// The place that fits a step's kind and what the case is about.
Place place_for(std::string_view event_kind, std::string_view about);

/// A picture of `width` x `height`; equal seeds give equal pictures.
Bitmap draw_backdrop(Place place, int width, int height, std::string_view seed);

}  // namespace anjuan::sample
