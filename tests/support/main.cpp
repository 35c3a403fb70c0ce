#include <gtest/gtest.h>

#include "core/sandbox.h"

int main(int argc, char** argv) {
  if (const auto status = anjuan::run_if_worker(argc, argv)) return *status;
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
