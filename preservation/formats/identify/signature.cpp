#include "preservation/formats/identify/signature.h"

namespace anjuan::formats {

namespace {

/// Places from `first` to `last` where a step may begin.
struct Interval {
  std::size_t first = 0;
  std::size_t last = 0;
};

using Reach = std::vector<Interval>;  ///< ascending, apart from each other

std::size_t plus(std::size_t place, std::uint64_t distance, std::size_t window) {
  return distance > window - std::min(place, window) ? window + 1
                                                     : place + static_cast<std::size_t>(distance);
}

/// Adds the places that lie a gap after `from` and in the window.
void add(Reach& reach, Interval from, const Gap& gap, std::size_t window) {
  const std::size_t first = plus(from.first, gap.least, window);
  if (first > window) return;
  reach.push_back({first, std::min(plus(from.last, gap.most, window), window)});
}

Reach merged(Reach reach) {
  std::sort(reach.begin(), reach.end(), [](auto a, auto b) { return a.first < b.first; });
  Reach apart;
  for (const Interval& next : reach) {
    if (!apart.empty() && next.first <= apart.back().last + 1) {
      apart.back().last = std::max(apart.back().last, next.last);
    } else {
      apart.push_back(next);
    }
  }
  return apart;
}

Reach shifted(const Reach& reach, const Gap& gap, std::size_t window) {
  if (gap.least == 0 && gap.most == 0) return reach;
  Reach moved;
  for (const Interval& from : reach) add(moved, from, gap, window);
  return merged(std::move(moved));
}

/// Where the next step may begin once `choice` was found at a place in `reach`.
void follow(const StepChoice& choice, const Reach& reach, std::string_view window, Anchor anchor,
            Reach& next) {
  const std::size_t size = choice.pattern.size();
  const auto found = [&](std::size_t end) {
    if (next.empty() || next.back().first != end || next.back().last != end) {
      add(next, {end, end}, choice.after, window.size());
    }
  };
  for (const Interval& places : shifted(reach, choice.before, window.size())) {
    if (size > window.size() || places.first > window.size() - size) continue;
    if (anchor != Anchor::kEnd) {
      choice.pattern.find(window, places.first, places.last,
                          [&](std::size_t at) { found(at + size); });
    } else {
      // Counted from the end: what lies `place` bytes before it ends there.
      const std::size_t last = window.size() - size - places.first;
      const std::size_t most = std::min(places.last, window.size() - size);
      choice.pattern.find(window, window.size() - size - most, last,
                          [&](std::size_t at) { found(window.size() - at); });
    }
  }
}

bool found_in_window(const ByteSequence& sequence, std::string_view window) {
  Reach reach{{0, 0}};
  for (const auto& choices : sequence.steps) {
    Reach next;
    for (const StepChoice& choice : choices) follow(choice, reach, window, sequence.anchor, next);
    if (next.empty()) return false;
    reach = merged(std::move(next));
  }
  return true;
}

}  // namespace

FileWindows FileWindows::of(std::string_view all) {
  FileWindows windows;
  windows.bytes = all.size();
  windows.head = all.substr(0, kHeadWindowBytes);
  windows.tail = all.substr(all.size() - std::min(all.size(), kTailWindowBytes));
  return windows;
}

bool ByteSequence::found_in(const FileWindows& windows) const {
  if (anchor == Anchor::kEnd) return found_in_window(*this, windows.tail);
  if (found_in_window(*this, windows.head)) return true;
  return anchor == Anchor::kAnywhere && !windows.head_is_all() &&
         found_in_window(*this, windows.tail);
}

bool Signature::found_in(const FileWindows& windows) const {
  return std::all_of(sequences.begin(), sequences.end(),
                     [&](const ByteSequence& sequence) { return sequence.found_in(windows); });
}

}  // namespace anjuan::formats
