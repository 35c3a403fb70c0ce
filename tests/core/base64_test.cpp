// Base64: the vectors of RFC 4648 (10), and every length.
#include "core/base64.h"

#include <gmock/gmock.h>

#include "tests/support/files.h"

namespace anjuan {
namespace {

using test::random_bytes;

TEST(Base64, IsTheOneOfTheRfcForEveryLengthAndCut) {
  const std::pair<std::string, std::string> known[] = {{"", ""},
                                                       {"f", "Zg==\n"},
                                                       {"fo", "Zm8=\n"},
                                                       {"foo", "Zm9v\n"},
                                                       {"foob", "Zm9vYg==\n"},
                                                       {"fooba", "Zm9vYmE=\n"},
                                                       {"foobar", "Zm9vYmFy\n"}};
  for (const auto& [bytes, text] : known) {
    EXPECT_EQ(to_base64(bytes) + (text.empty() ? "" : "\n"), text);
    EXPECT_EQ(from_base64(text), bytes);
    std::string out;
    Base64Encoder encoder([&](std::string_view part) { out += part; });
    for (const char& c : bytes) encoder.write(std::as_bytes(std::span(&c, 1)));
    encoder.finish();
    EXPECT_EQ(out, text);
  }
  for (std::size_t length = 0; length < 200; ++length) {
    const std::string bytes = random_bytes(length, length);
    std::string text;
    Base64Encoder encoder([&](std::string_view part) { text += part; });
    encoder.write(std::as_bytes(std::span(bytes)));
    encoder.finish();
    std::string out;
    Base64Decoder decoder;
    for (const char& c : text) ASSERT_TRUE(decoder.write(std::string_view(&c, 1), out));
    EXPECT_TRUE(decoder.is_whole());
    EXPECT_EQ(out, bytes);
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
  }
}

TEST(Base64, HasNoLinesButWhereTheyAreAskedFor) {
  const std::string bytes(100, 'x');
  EXPECT_EQ(to_base64(bytes).size(), 136U);
  EXPECT_EQ(to_base64(bytes).find('\n'), std::string::npos);
  EXPECT_EQ(from_base64("Zm9v\r\n\t Ym Fy"), "foobar");
}

TEST(Base64, RefusesWhatIsNone) {
  for (const char* text : {"Zg=", "Z", "Zg", "Zm9vY"}) {
    std::string out;
    Base64Decoder decoder;
    EXPECT_TRUE(decoder.write(text, out) && !decoder.is_whole()) << text;
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
  for (const char* text : {"=", "Z=", "Zg==Zg==", "Zg===", "Zm9v=", "Zm9*", "Zg=x"}) {
    std::string out;
    Base64Decoder decoder;
    EXPECT_FALSE(decoder.write(text, out)) << text;
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace anjuan
