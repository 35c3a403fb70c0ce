// As tests/support/main.cpp, but the workers of this very program can be taken over too.
#include <gtest/gtest.h>

#include "tests/support/escape_hatch.h"

int main(int argc, char** argv) {
  if (const auto status = anjuan::test::run_worker_or_escape(argc, argv)) return *status;
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
