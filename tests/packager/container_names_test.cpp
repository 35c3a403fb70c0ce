#include "packager/container_names.h"

#include "tests/support/errors.h"

namespace anjuan::packager {
namespace {

using test::thrown_by;
using testing::HasSubstr;

const NameRules kTarRules{Backslash::kRefused, 3, "s"};
const NameRules kZipRules{Backslash::kSeparator, 3, "s"};

std::string path_of(std::string_view raw, const NameRules& rules = kTarRules) {
  return safe_name(raw, rules).path;
}

std::string refusal(std::string_view raw, const NameRules& rules = kTarRules) {
  return thrown_by([&] { safe_name(raw, rules); }).word;
}

TEST(ContainerNames, AreKeptAsTheyAre) {
  for (const std::string name : {"a", "a b/c+d %23#.pdf", "案卷/一.pdf", "..a", "a..", "...", "~$x",
                                 "cafe\xCC\x81", "a:b", " a ", "-rf"}) {
    if (name == "a:b") continue;  // a drive letter on Windows, see below
    EXPECT_EQ(path_of(name), name);
  }
}

TEST(ContainerNames, LoseEmptyAndDotParts) {
  EXPECT_EQ(path_of("./a//b/./c/"), "a/b/c");
  EXPECT_EQ(path_of("./"), "");
  EXPECT_EQ(path_of("."), "");
}

TEST(ContainerNames, TakeBackslashesByTheRules) {
  EXPECT_EQ(path_of("a\\b", kZipRules), "a/b");
  EXPECT_EQ(refusal("a\\b"), "refused");
  EXPECT_EQ(refusal("..\\a", kZipRules), "refused");
  EXPECT_EQ(refusal("a\\..\\..\\b", kZipRules), "refused");
  EXPECT_EQ(path_of("\x95\x5C", kZipRules), "昞");  // GB18030 whose second byte is a backslash
  EXPECT_EQ(path_of("\x95\x5C", kTarRules), "昞");
}

TEST(ContainerNames, AreRefusedWhenTheyLeave) {
  for (const std::string_view name : {"..", "../a", "a/..", "a/../b", "/a", "//a", "C:", "c:a"}) {
    EXPECT_EQ(refusal(name), "refused") << name;
  }
}

TEST(ContainerNames, AreRefusedWithWhatXmlOrTheEyeCannotTell) {
  for (const std::string_view name :
       {std::string_view("a\0b", 3), std::string_view("a\nb"), std::string_view("\x1B[2J"),
        std::string_view("a\x7F"), std::string_view("\xEF\xBF\xBE"), std::string_view("")}) {
    EXPECT_EQ(refusal(name), "refused");
  }
}

TEST(ContainerNames, HoldTheirLimits) {
  EXPECT_EQ(refusal(std::string(255, 'a')), "nothing");
  EXPECT_EQ(refusal(std::string(256, 'a')), "refused");
  EXPECT_EQ(refusal("1/2/3/a"), "nothing");
  EXPECT_EQ(refusal("1/2/3/4/a"), "refused");
  const NameRules deep{Backslash::kRefused, 1000, "s"};
  std::string longest;
  while (longest.size() + 256 <= kNameBytesMax) longest += std::string(255, 'a') + "/";
  longest.resize(kNameBytesMax, 'b');
  EXPECT_EQ(refusal(longest, deep), "nothing");
  EXPECT_EQ(refusal(longest + "b", deep), "refused");
}

TEST(ContainerNames, AreRecoveredFromGb18030Strictly) {
  EXPECT_EQ(safe_name("\xB0\xB8\xBE\xED", kTarRules).path, "案卷");
  EXPECT_EQ(safe_name("\xB0\xB8\xBE\xED", kTarRules).origin, NameOrigin::kGb18030);
  EXPECT_EQ(safe_name("案卷", kTarRules).origin, NameOrigin::kUtf8);
  EXPECT_EQ(refusal("\xB0"), "refused");
  EXPECT_EQ(refusal("\xFF\xFE"), "refused");
}

TEST(ContainerNames, AreShownWithoutWhatATerminalObeys) {
  EXPECT_EQ(shown_name("a\x1B[2Jb"), "a\\x1B[2Jb");
  EXPECT_EQ(shown_name("\xFF\xFE"), "\\xFF\\xFE");
  EXPECT_EQ(shown_name("\xB0\xB8"), "案");
  EXPECT_LT(shown_name(std::string(5000, 'a')).size(), 400U);
}

}  // namespace
}  // namespace anjuan::packager
