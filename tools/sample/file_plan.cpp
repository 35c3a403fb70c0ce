#include "tools/sample/file_plan.h"

#include <cmath>
#include <set>

#include "core/error.h"
#include "core/messages.h"
#include "tools/sample/chinese.h"
#include "tools/sample/facts.h"
#include "tools/sample/resources.h"

namespace anjuan::sample {

namespace {

[[noreturn]] void refuse(const std::string& path, std::string_view message) {
  throw Error(ErrorCode::kInvalid, path, say(message, {{"path", path}}));
}

/// Checks one path of the case and remembers it.
void take(const std::string& path, std::initializer_list<std::string_view> endings,
          std::set<std::string>& taken) {
  const std::filesystem::path relative(path);
  if (relative.is_absolute() || path.find('\\') != std::string::npos) {
    refuse(path, "sample.bad_path");
  }
  for (const auto& part : relative) {
    if (part == ".." || part == "." || part.empty()) refuse(path, "sample.bad_path");
  }
  const std::string ending = ending_of(path);
  if (std::find(endings.begin(), endings.end(), ending) == endings.end()) {
    refuse(path, "sample.bad_ending");
  }
  if (path == "case.json" || !taken.insert(path).second) refuse(path, "sample.path_twice");
}

int length_of(const Json& object) {
  const Json* value = object.find("duration_s");
  if (value == nullptr || value->is_null()) return 0;
  return static_cast<int>(std::lround(value->as_double()));
}

/// What texts/cuts.json says of this recording.
int seconds_cut(const std::string& name, const std::string& path) {
  const Json* cuts = sample_text("cuts." + name);
  const Json* seconds = cuts == nullptr ? nullptr : cuts->find(path);
  return seconds == nullptr ? 0 : static_cast<int>(seconds->as_integer());
}

}  // namespace

std::string ending_of(const std::string& path) {
  std::string ending = std::filesystem::path(path).extension().string();
  for (char& letter : ending) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return ending;
}

FilePlan plan_files(const Json& the_case, const std::string& name) {
  FilePlan plan;
  std::set<std::string> taken;
  for (const Json& document : list_of(the_case, "docs")) {
    const std::string path = document.text_or("file", "");
    if (path.empty()) continue;
    take(path, {".pdf", ".jpg", ".jpeg"}, taken);
    plan.documents.push_back({path, &document});
  }
  for (const Json& recording : list_of(the_case, "av")) {
    const auto add = [&](const Json& part) {
      const std::string path = part.text_or("file", "");
      if (path.empty()) return;
      take(path, {".mp4", ".avi", ".wav", ".jpg", ".jpeg"}, taken);
      const auto made = time_in(part.text_or("made_at", recording.text_or("made_at", "")));
      plan.recordings.push_back({path, &recording, made.value_or(Instant{}),
                                 std::max(1, length_of(part)), seconds_cut(name, path)});
    };
    add(recording);
    for (const Json& segment : list_of(recording, "segments")) add(segment);
  }
  return plan;
}

}  // namespace anjuan::sample
