#include "tests/support/clips.h"

#include <sstream>
#include <stdexcept>

#include "tests/support/process.h"

namespace anjuan::test {

void make_clip(const std::filesystem::path& path, const std::vector<std::string>& arguments) {
  const auto result =
      run_process(joined({{"ffmpeg", "-v", "error", "-y"}, arguments, {path.string()}}));
  if (result.exit_code != 0) throw std::runtime_error("ffmpeg: " + result.err);
}

std::vector<std::string> test_picture(const std::string& size, double seconds, int rate) {
  return {"-f", "lavfi", "-i",
          "testsrc2=s=" + size + ":r=" + std::to_string(rate) + ":d=" + std::to_string(seconds)};
}

std::vector<std::string> test_tone(double seconds, int rate) {
  return {"-f", "lavfi", "-i",
          "sine=440:r=" + std::to_string(rate) + ":d=" + std::to_string(seconds)};
}

std::vector<std::string> joined(std::vector<std::vector<std::string>> parts) {
  std::vector<std::string> all;
  for (auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::vector<std::string> ffmpeg_hashes(const std::filesystem::path& path, const std::string& stream,
                                       const std::vector<std::string>& options) {
  const auto result =
      run_process(joined({{"ffmpeg", "-v", "error", "-noautorotate", "-copyts", "-i", path.string(),
                           "-map", "0:" + stream, "-vsync", "passthrough", "-enc_time_base", "-1"},
                          options,
                          {"-f", "framehash", "-hash", "sha256", "-"}}));
  std::vector<std::string> hashes;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> fields;
    std::istringstream in(line);
    for (std::string field; std::getline(in, field, ',');) {
      fields.push_back(field.substr(field.find_first_not_of(' ')));
    }
    if (fields.size() == 6) hashes.push_back(fields[4] + " " + fields[5]);
  }
  return hashes;
}

std::string probed(const std::filesystem::path& path, const std::string& stream,
                   const std::string& entry) {
  std::vector<std::string> words{"ffprobe", "-v", "error"};
  if (!stream.empty()) words.insert(words.end(), {"-select_streams", stream});
  words.insert(words.end(), {"-show_entries", entry, "-of", "default=nw=1:nk=1", path.string()});
  std::string text = run_process(words).out;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace anjuan::test
