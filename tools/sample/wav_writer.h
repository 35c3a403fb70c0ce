#pragma once
// PCM recordings: RIFF/WAVE, 16 kHz, 16 bit, mono.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>

namespace anjuan::sample {

/// Writes `seconds` of sound, asking `fill` for each second's samples.
/// Throws Error(kIo | kNoSpace); Error(kRefused) if the file would pass WAVE's 4 GB.
void write_wav(const std::filesystem::path& path, int seconds,
               const std::function<void(std::span<std::int16_t>)>& fill);

}  // namespace anjuan::sample
