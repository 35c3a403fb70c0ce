#pragma once
// A home made by `anjuan init` in a temporary folder, and the program run against it.

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/process.h"
#include "tests/support/small_case.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {

/// The time of every run, so that packages are equal byte for byte.
inline constexpr const char* kFixedTime = "2026-11-23T10:00:00+08:00";

inline ProcessResult run_anjuan(const std::filesystem::path& home,
                                std::vector<std::string> arguments,
                                std::map<std::string, std::string> environment = {}) {
  arguments.insert(arguments.begin(), {program("anjuan"), "--home", home.string()});
  environment.try_emplace("ANJUAN_FIXED_TIME", kFixedTime);
  environment.try_emplace("LANG", "zh_CN.UTF-8");
  return run_process(arguments, environment);
}

class HomeTest : public testing::Test {
 protected:
  HomeTest() = default;

  explicit HomeTest(const std::filesystem::path& base) : folder_(base) {}

  void SetUp() override {
    const auto made = anjuan({"init"});
    ASSERT_EQ(made.exit_code, 0) << made.out << made.err;
    write_submission(submission_);
  }

  ProcessResult anjuan(const std::vector<std::string>& arguments,
                       const std::map<std::string, std::string>& environment = {}) const {
    return run_anjuan(home_, arguments, environment);
  }

  TemporaryFolder folder_;
  std::filesystem::path home_ = folder_ / "home";
  std::filesystem::path submission_ = folder_ / "submission";
};

}  // namespace anjuan::test
