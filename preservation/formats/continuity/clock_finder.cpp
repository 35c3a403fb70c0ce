#include "preservation/formats/continuity/clock_finder.h"

#include <cmath>

namespace anjuan::formats {

namespace {

constexpr int kCell = 8;
constexpr int kWidthMax = 960;  ///< wider pictures are reduced first
/// So many of a cell's 64 pixels must change together. What moves behind small letters changes
/// some at any time: the higher marks see only the letters.
constexpr unsigned kPixelsLeast[] = {4, 9, 18};
constexpr double kSecondTolerance = 1.6;  ///< pictures

int factor_for(int width) { return std::max(1, (width + kWidthMax - 1) / kWidthMax); }

double median_step(const Plateaus& plateaus) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < plateaus.pictures(); ++i) {
    steps.push_back(plateaus.time(i) - plateaus.time(i - 1));
  }
  if (steps.empty()) return 0.04;
  std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2),
                   steps.end());
  return steps[steps.size() / 2];
}

/// Seconds kept by the cell, less half of what is no second.
double rhythm(const Plateaus& plateaus, const std::vector<unsigned>& counts, unsigned least,
              double picture_s) {
  const auto ticks = ticks_of(counts, least);
  double good = 0;
  double odd = 0;
  for (std::size_t i = 1; i < ticks.size(); ++i) {
    const double apart = plateaus.time(ticks[i]) - plateaus.time(ticks[i - 1]);
    const double tolerance = kSecondTolerance * picture_s;
    if (std::abs(apart - 1) <= tolerance) {
      ++good;
    } else if (std::abs(apart - 2) > tolerance) {
      ++odd;
    }
  }
  const double window = plateaus.time(plateaus.pictures() - 1) - plateaus.time(0);
  const double enough = window < 6 ? 2 : 3;
  return good >= enough && good > 1.5 * odd ? good - odd / 2 : 0;
}

double best_rhythm(const Plateaus& plateaus, int column, int row, double picture_s) {
  std::vector<unsigned> counts(plateaus.pictures());
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = plateaus.count(column, row, i);
  double best = 0;
  for (const unsigned least : kPixelsLeast) {
    best = std::max(best, rhythm(plateaus, counts, least, picture_s));
  }
  return best;
}

struct Grid {
  int columns = 0;
  int rows = 0;
  std::vector<double> score;

  double& at(int column, int row) {
    return score[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                 static_cast<std::size_t>(column)];
  }
};

/// Takes a cell and all that touch it out of the grid.
TickRegion take_region(Grid& grid, int column, int row) {
  int left = column;
  int right = column;
  int top = row;
  int bottom = row;
  double score = 0;
  std::vector<std::pair<int, int>> open{{column, row}};
  while (!open.empty()) {
    const auto [x, y] = open.back();
    open.pop_back();
    double& value = grid.at(x, y);
    if (value <= 0) continue;
    score += value;
    value = 0;
    left = std::min(left, x);
    right = std::max(right, x);
    top = std::min(top, y);
    bottom = std::max(bottom, y);
    for (int dy = -2; dy <= 2; ++dy) {
      for (int dx = -1; dx <= 1; ++dx) {
        const int nx = x + dx;
        const int ny = y + dy;
        const bool inside = nx >= 0 && ny >= 0 && nx < grid.columns && ny < grid.rows;
        if (inside && grid.at(nx, ny) > 0) open.emplace_back(nx, ny);
      }
    }
  }
  return {{left * kCell, top * kCell, (right - left + 1) * kCell, (bottom - top + 1) * kCell},
          score};
}

}  // namespace

std::vector<std::size_t> ticks_of(const std::vector<unsigned>& counts, unsigned least) {
  std::vector<std::size_t> ticks;
  for (std::size_t i = 1; i < counts.size(); ++i) {
    if (counts[i] < least) continue;
    // Compression spreads a change over neighbours: the strongest stands for them.
    if (!ticks.empty() && i - ticks.back() <= 2) {
      if (counts[i] > counts[ticks.back()]) ticks.back() = i;
    } else {
      ticks.push_back(i);
    }
  }
  return ticks;
}

ClockFinder::ClockFinder(int width, int height)
    : factor_(factor_for(width)), plateaus_(width / factor_, height / factor_, kCell) {}

void ClockFinder::add(const Luma& picture, double at_s) {
  plateaus_.add(shrunk(picture, factor_), at_s);
}

std::vector<TickRegion> ClockFinder::regions() {
  std::vector<TickRegion> found;
  plateaus_.finish();
  if (plateaus_.pictures() < 3) return found;
  const double picture_s = median_step(plateaus_);
  Grid grid{plateaus_.columns(), plateaus_.rows(), {}};
  for (int y = 0; y < grid.rows; ++y) {
    for (int x = 0; x < grid.columns; ++x)
      grid.score.push_back(best_rhythm(plateaus_, x, y, picture_s));
  }
  for (int y = 0; y < grid.rows; ++y) {
    for (int x = 0; x < grid.columns; ++x) {
      if (grid.at(x, y) <= 0) continue;
      TickRegion region = take_region(grid, x, y);
      region.place = {region.place.left * factor_, region.place.top * factor_,
                      region.place.width * factor_, region.place.height * factor_};
      found.push_back(region);
    }
  }
  std::sort(found.begin(), found.end(),
            [](const TickRegion& a, const TickRegion& b) { return a.score > b.score; });
  if (found.size() > kRegionsMax) found.resize(kRegionsMax);
  return found;
}

}  // namespace anjuan::formats
