#pragma once
// Runs anjuan-sample and other programs, as a person at a console does.

#include <cstdio>
#include <filesystem>
#include <set>
#include <string>

#include <sys/wait.h>

#include "core/json.h"

namespace anjuan::test {

struct Outcome {
  int status = -1;
  std::string output;  ///< standard output and standard error
};

inline Outcome run_command(const std::string& command) {
  Outcome outcome;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return outcome;
  char buffer[4096];
  std::size_t count = 0;
  while ((count = std::fread(buffer, 1, sizeof buffer, pipe)) > 0) {
    outcome.output.append(buffer, count);
  }
  const int status = ::pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

inline std::string quoted(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

inline Outcome run_sample(const std::filesystem::path& folder, const std::string& options) {
  return run_command(std::string(ANJUAN_BIN_DIR "/anjuan-sample ") + quoted(folder) + " " +
                     options);
}

inline bool have_program(const std::string& name) {
  return run_command("command -v " + name).status == 0;
}

/// Relative paths of all files under `folder`.
inline std::set<std::string> files_under(const std::filesystem::path& folder) {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_directory()) {
      files.insert(std::filesystem::relative(entry.path(), folder).string());
    }
  }
  return files;
}

/// The members of the list `key`; none if it is absent.
inline std::vector<Json> items_of(const Json& object, std::string_view key) {
  const Json* list = object.find(key);
  return list != nullptr && list->is_array() ? list->items() : std::vector<Json>();
}

/// case.json and every file that it names.
inline std::set<std::string> named_files(const Json& the_case) {
  std::set<std::string> files = {"case.json"};
  const auto add = [&](const Json& item) {
    if (!item.text_or("file", "").empty()) files.insert(item.text_or("file", ""));
  };
  for (const Json& document : items_of(the_case, "docs")) add(document);
  for (const Json& recording : items_of(the_case, "av")) {
    add(recording);
    for (const Json& segment : items_of(recording, "segments")) add(segment);
  }
  return files;
}

}  // namespace anjuan::test
