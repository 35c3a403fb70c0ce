#pragma once
// Recordings with a burnt-in clock, drawn by the ffmpeg program: ground truth to one picture.
//
// Clips are made once per test run, in a temporary folder; ANJUAN_CLIPS names a folder that keeps
// them for later runs. Without ffmpeg or a font the path is empty: the test skips with a sentence.

#include <filesystem>
#include <string>
#include <vector>

namespace anjuan::test {

struct ClockClip {
  std::string source = "mandelbrot";  ///< lavfi source, or "noise", "grey"
  int width = 640;
  int height = 360;
  std::string rate = "25";
  double seconds = 14;
  std::string font = "dejavu/DejaVuSansMono.ttf";  ///< below /usr/share/fonts/*/
  int size = 20;
  std::string x = "10";
  std::string y = "10";
  std::string colour = "white";
  std::string style = ":borderw=2:bordercolor=black";  ///< more options of drawtext
  std::string date = "%Y-%m-%d ";
  std::string epoch = "1750122270";  ///< what the clock shows at time 0: 2025-06-17 01:04:30
  std::string after = {};            ///< more filters behind the clock
  std::vector<std::string> coding = {"-preset", "veryfast", "-crf", "26", "-g", "50"};
};

/// The filter that draws the clock of `clip`; "" if its font is not installed.
std::string clock_filter(const ClockClip& clip);

std::filesystem::path make_clip(const std::string& name, const ClockClip& clip);

/// ffmpeg with `arguments` (inputs and options) and the output `name` in the same folder. An
/// argument "@x" is the path of clip x. Empty if ffmpeg failed.
std::filesystem::path make_from(const std::string& name, const std::vector<std::string>& arguments);

}  // namespace anjuan::test
