#pragma once
// Submissions put into a folder of their own and gathered as the desk does it.

#include <gtest/gtest.h>

#include "ingest/gather.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/submissions.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {

class GatherFixture : public testing::Test {
 protected:
  ingest::GatheredCase gather_from(const std::filesystem::path& submission) {
    work_.reset();
    work_ = ingest::Workspace::open(root_, submission, clock_);
    return ingest::gather(submission, *work_, limits_, progress_);
  }

  /// Puts `files` into a new folder and gathers it.
  ingest::GatheredCase gather_files(const Submitted& files) {
    const auto folder = folder_ / fmt::format("submission{}", ++count_);
    put_folder(folder, files);
    return gather_from(folder);
  }

  Thrown refusal(const std::filesystem::path& submission) {
    const Thrown thrown = thrown_by([&] { gather_from(submission); });
    work_.reset();
    return thrown;
  }

  TemporaryFolder folder_;
  std::filesystem::path root_ = folder_ / "workspace";
  FixedClock clock_{parse_instant("2026-03-01T08:00:00+08:00")};
  Config::Intake limits_;
  SilentProgress progress_;
  std::optional<ingest::Workspace> work_;
  int count_ = 0;
};

}  // namespace anjuan::test
