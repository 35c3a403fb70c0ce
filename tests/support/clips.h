#pragma once
// Short recordings made by ffmpeg, and what independent programs say of a file.
//
// Tests that need them skip with a sentence where ffmpeg is absent.

#include <filesystem>
#include <string>
#include <vector>

namespace anjuan::test {

/// Runs `ffmpeg ARGUMENTS... PATH`. Throws std::runtime_error with its words if it fails.
void make_clip(const std::filesystem::path& path, const std::vector<std::string>& arguments);

/// ffmpeg's arguments for a moving test picture, e.g. test_picture("320x240", 1).
std::vector<std::string> test_picture(const std::string& size, double seconds, int rate = 25);
/// And for a tone.
std::vector<std::string> test_tone(double seconds, int rate = 48000);

std::vector<std::string> joined(std::vector<std::vector<std::string>> parts);

/// Size and digest of every line that `ffmpeg -f framehash -hash sha256` gives for one stream.
std::vector<std::string> ffmpeg_hashes(const std::filesystem::path& path, const std::string& stream,
                                       const std::vector<std::string>& options = {});

/// One value as ffprobe tells it, e.g. probed(file, "v:0", "stream=pix_fmt").
std::string probed(const std::filesystem::path& path, const std::string& stream,
                   const std::string& entry);

}  // namespace anjuan::test

#define ANJUAN_NEEDS_PROGRAM(name)                                      \
  if (!anjuan::test::has_program(name)) {                               \
    GTEST_SKIP() << name << " is not installed: this test was not run"; \
  }
