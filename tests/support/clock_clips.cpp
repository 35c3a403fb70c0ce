#include "tests/support/clock_clips.h"

#include <cstdlib>
#include <optional>

#include <fmt/core.h>

#include "tests/support/files.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {

namespace {

namespace fs = std::filesystem;

/// A folder of this run; or the one that ANJUAN_CLIPS names, which outlives it.
const fs::path& folder() {
  static const char* const lasting = std::getenv("ANJUAN_CLIPS");
  static const std::optional<TemporaryFolder> kept =
      lasting == nullptr ? std::optional<TemporaryFolder>(std::in_place) : std::nullopt;
  static const fs::path path = lasting == nullptr ? kept->path() : fs::path(lasting);
  return path;
}

/// What a clip was made by lies beside it: one that was made otherwise is made anew.
bool is_made_by(const fs::path& clip, const std::string& recipe) {
  const fs::path note = clip.string() + ".recipe";
  return fs::exists(clip) && fs::exists(note) && read_text(note) == recipe;
}

fs::path font_path(const std::string& font) {
  for (const char* kind : {"truetype", "opentype"}) {
    fs::path path = fs::path("/usr/share/fonts") / kind / font;
    if (fs::exists(path)) return path;
  }
  return {};
}

std::string source_of(const ClockClip& clip) {
  const std::string shape = fmt::format("s={}x{}:r={}", clip.width, clip.height, clip.rate);
  if (clip.source == "noise") return "color=c=gray:" + shape + ",noise=alls=90:allf=t";
  if (clip.source == "grey") return "color=c=gray:" + shape + ",noise=alls=12:allf=t";
  // Hides the test picture's own counter: it is a clock, too.
  if (clip.source == "testsrc2") return "testsrc2=" + shape + ",drawbox=w=90:h=24:t=fill";
  if (clip.source == "black") return "color=c=black:" + shape;
  const char* joint = clip.source.find('=') == std::string::npos ? "=" : ":";
  return clip.source + joint + shape;
}

}  // namespace

std::string clock_filter(const ClockClip& clip) {
  const fs::path font = font_path(clip.font);
  if (font.empty()) return "";
  return fmt::format(
      "drawtext=fontfile={}:fontsize={}:x={}:y={}:fontcolor={}{}:"
      "text='%{{pts\\:gmtime\\:{}\\:{}%H\\\\\\:%M\\\\\\:%S}}'",
      font.string(), clip.size, clip.x, clip.y, clip.colour, clip.style, clip.epoch, clip.date);
}

std::filesystem::path make_clip(const std::string& name, const ClockClip& clip) {
  const std::string clock = clock_filter(clip);
  if (clock.empty()) return {};
  std::vector<std::string> arguments{"-f",       "lavfi",
                                     "-i",       source_of(clip) + "," + clock + clip.after,
                                     "-t",       fmt::format("{}", clip.seconds),
                                     "-c:v",     "libx264",
                                     "-pix_fmt", "yuv420p"};
  arguments.insert(arguments.end(), clip.coding.begin(), clip.coding.end());
  return make_from(name, arguments);
}

std::filesystem::path make_from(const std::string& name,
                                const std::vector<std::string>& arguments) {
  const fs::path path = folder() / name;
  std::string recipe;
  for (const std::string& argument : arguments) recipe += argument + "\n";
  if (is_made_by(path, recipe)) return path;
  if (!has_program("ffmpeg")) return {};
  std::vector<std::string> command{"ffmpeg", "-nostdin", "-loglevel", "error", "-y"};
  for (const std::string& argument : arguments) {
    const bool clip = argument.starts_with("@");
    command.push_back(clip ? (folder() / argument.substr(1)).string() : argument);
  }
  command.push_back(path.string());
  if (run_process(command).exit_code != 0) return {};
  write_text(path.string() + ".recipe", recipe);
  return path;
}

}  // namespace anjuan::test
