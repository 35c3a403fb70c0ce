#include "tests/support/case_schema.h"

#include <gtest/gtest.h>

namespace anjuan {
namespace {

TEST(CaseSchema, IsWhatTheTableOfKnownKeysSays) {
  const auto golden = test::golden_schema("case.xsd", test::case_schema_of_the_known_keys());
  EXPECT_EQ(golden.found, golden.wanted)
      << "write it anew with ANJUAN_UPDATE=1 and say in docs/formats/case.md what changed";
}

}  // namespace
}  // namespace anjuan
