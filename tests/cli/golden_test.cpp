// What the program prints, word for word: tests/golden/*.txt, one scenario a file.
//
// A scenario is a list of commands ("$ anjuan ...") each followed by its exit status and output.
// {HOME}, {TMP}, times and sizes are masked. ANJUAN_UPDATE_GOLDEN=1 rewrites the files: read the
// difference aloud before you commit it.
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "tests/cli/home_fixture.h"

namespace anjuan::test {

namespace fs = std::filesystem;

namespace {

std::string read_text(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

class Golden : public HomeTest, public testing::WithParamInterface<std::string> {
 protected:
  std::string masked(std::string text) const {
    text = replaced(std::move(text), home_.string(), "{HOME}");
    text = replaced(std::move(text), (folder_ / "").string(), "{TMP}/");
    text = std::regex_replace(text, std::regex("\\b[0-9]+ ms"), "N ms");
    text = std::regex_replace(text, std::regex("\"(ms|bytes)\":[0-9]+"), "\"$1\":N");
    text = std::regex_replace(text, std::regex("\\b[0-9a-f]{128}\\b"), "{SHA-512}");
    text = std::regex_replace(text, std::regex(" +[0-9.]+ [kMG]?B\\b"), " N B");
    // A package holds words about the machine (how children were confined): its size is not fixed.
    return std::regex_replace(text, std::regex("[0-9][0-9.]* [kMG]?B\\b"), "N B");
  }

  std::string run(const std::string& command) const {
    std::string line = replaced(command, "{HOME}", home_.string());
    line = replaced(line, "{TMP}", (folder_ / "").string());
    const auto result =
        run_process({"bash", "-c", "cd '" + (folder_ / "").string() + "' && " + line},
                    {{"ANJUAN_FIXED_TIME", kFixedTime},
                     {"ANJUAN_HOME", home_.string()},
                     {"LC_ALL", "C.UTF-8"},
                     {"LANG", "zh_CN.UTF-8"},
                     {"PATH", std::string(ANJUAN_BIN_DIR) + ":" + std::getenv("PATH")}});
    return fmt::format("$ {}\nexit {}\n{}{}", command, result.exit_code, masked(result.out),
                       result.err.empty() ? "" : "stderr:\n" + masked(result.err));
  }
};

std::vector<std::string> scenarios() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(ANJUAN_SOURCE_DIR "/tests/golden")) {
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_P(Golden, PrintsExactlyThis) {
  const fs::path path = fs::path(ANJUAN_SOURCE_DIR "/tests/golden") / (GetParam() + ".txt");
  const std::string expected = read_text(path);
  std::string found;
  std::istringstream lines(expected);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# ")) found += line + "\n";
    if (line.starts_with("$ ")) found += run(line.substr(2)) + "\n";
  }
  if (std::getenv("ANJUAN_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << found;
    GTEST_SKIP() << "golden file rewritten: " << path;
  }
  EXPECT_EQ(found, expected);
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Golden, testing::ValuesIn(scenarios()),
                         [](const auto& scenario) { return scenario.param; });

}  // namespace anjuan::test
