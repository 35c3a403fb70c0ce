#include "core/text.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace anjuan {
namespace {

using namespace std::string_literals;

TEST(Text, ReadsEncodingsByTheirNames) {
  EXPECT_EQ(from_charset("caf\xE9", "ISO-8859-1"), "caf\xC3\xA9");
  EXPECT_EQ(from_charset(std::string_view("\xFE\xFF\0a", 4), "UTF-16"), "a");
  EXPECT_EQ(from_charset(std::string_view("a\0", 2), "UTF-16LE"), "a");
  EXPECT_EQ(from_charset("\x80", "US-ASCII"), std::nullopt);
  EXPECT_EQ(from_charset("", "windows-1252"), "");
}

TEST(Text, KnowsEncodingsByTheirNamesOnly) {
  for (const auto* name : {"UTF-8", "utf-8", "ISO-8859-1", "GB18030", "Shift_JIS", "UTF-16BE"}) {
    EXPECT_TRUE(is_known_charset(name)) << name;
  }
  for (const auto* name : {"", "NO-SUCH-9", "../../etc/passwd", "utf-8,x=y", "/etc/x"}) {
    EXPECT_FALSE(is_known_charset(name)) << name;
  }
}

TEST(Utf8, AcceptsWellFormedTextOfEveryLength) {
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(is_valid_utf8("a\xC3\xA9案\xF0\x9F\x93\x84"));
  EXPECT_TRUE(is_valid_utf8("\0 is a character"s));
}

TEST(Utf8, RefusesWhatUnicodeCallsIllFormed) {
  for (const auto* bytes : {"\x80", "\xC0\xAF", "\xC1\xBF", "\xC3", "\xE0\x80\xAF", "\xED\xA0\x80",
                            "\xF0\x80\x80\xAF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "a\xFF"}) {
    EXPECT_FALSE(is_valid_utf8(bytes)) << to_hex(bytes);
  }
}

TEST(Utf8, DecodesOneCharacterAtATime) {
  char32_t character = 0;
  EXPECT_EQ(decode_utf8("x案", 1, character), 3U);
  EXPECT_EQ(character, U'案');
  EXPECT_EQ(decode_utf8("\xF0\x9F\x93\x84", 0, character), 4U);
  EXPECT_EQ(character, U'\U0001F4C4');
  EXPECT_EQ(decode_utf8("\xE6\xA1", 0, character), 0U);
}

TEST(Normalisation, ComposesWhatMacOsDecomposes) {
  EXPECT_EQ(to_nfc("e\xCC\x81t\xC3\xA9"), "\xC3\xA9t\xC3\xA9");
  EXPECT_FALSE(is_nfc("e\xCC\x81"));
  EXPECT_TRUE(is_nfc("案卷"));
}

TEST(Normalisation, RefusesBytesThatAreNotText) {
  EXPECT_THROW(to_nfc("\xFF"), Error);
  EXPECT_THROW(is_nfc("\xC3"), Error);
  EXPECT_THROW(collision_key("\xC3"), Error);
}

TEST(CollisionKey, IsEqualForNamesThatCollideElsewhere) {
  EXPECT_EQ(collision_key("A.PDF"), collision_key("a.pdf"));
  EXPECT_EQ(collision_key("Stra\xC3\x9F"
                          "e"),
            collision_key("STRASSE"));
  EXPECT_EQ(collision_key("e\xCC\x81"), collision_key("\xC3\x89"));
  EXPECT_NE(collision_key("案卷1"), collision_key("案卷2"));
}

TEST(Gb18030, ReadsWhatOldChineseWindowsWrote) {
  EXPECT_EQ(from_gb18030("\xB0\xB8\xBE\xED.pdf"), "案卷.pdf");
  EXPECT_EQ(from_gb18030("\x81\x30\x81\x30"), "\xC2\x80");
  EXPECT_EQ(from_gb18030(""), "");
}

TEST(Gb18030, RefusesBytesThatAreNone) {
  EXPECT_EQ(from_gb18030("\xB0"), std::nullopt);
  EXPECT_EQ(from_gb18030("\xFF\xFF"), std::nullopt);
  EXPECT_EQ(from_gb18030("\x81\x30"), std::nullopt);
}

TEST(FileName, KeepsUtf8AndRecoversGb18030) {
  EXPECT_EQ(recover_file_name("案卷.pdf"), "案卷.pdf");
  EXPECT_EQ(recover_file_name("\xB0\xB8\xBE\xED.pdf"), "案卷.pdf");
  EXPECT_EQ(recover_file_name("\xFF\xFE.pdf"), std::nullopt);
}

TEST(Href, EncodesEveryByteButTheSafeOnes) {
  EXPECT_EQ(to_href("docs/D01_a-b.c~d.pdf"), "docs/D01_a-b.c~d.pdf");
  EXPECT_EQ(to_href("案 1+2&%.pdf"), "%E6%A1%88%201%2B2%26%25.pdf");
}

TEST(Href, ComesBackToTheSamePath) {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  EXPECT_EQ(from_href(to_href(every_byte)), every_byte);
  EXPECT_EQ(from_href("a+b"), "a+b");
  EXPECT_EQ(from_href("%e6%a1%88"), "案");
}

TEST(Href, RefusesABrokenEscape) {
  for (const auto* href : {"%", "%4", "%4g", "a%"}) {
    EXPECT_THROW(from_href(href), Error) << href;
  }
}

TEST(HumanBytes, SpeaksInDecimalUnits) {
  EXPECT_EQ(human_bytes(0), "0 B");
  EXPECT_EQ(human_bytes(999), "999 B");
  EXPECT_EQ(human_bytes(1000), "1.0 kB");
  EXPECT_EQ(human_bytes(1'500'000), "1.5 MB");
  EXPECT_EQ(human_bytes(999'999), "1.0 MB");
  EXPECT_EQ(human_bytes(4ULL * 1000 * 1000 * 1000 * 1000), "4.0 TB");
}

}  // namespace
}  // namespace anjuan
