#include <gtest/gtest.h>

#include "catalog/http/exchange.h"
#include "catalog/http/format.h"
#include "catalog/http/guard.h"
#include "catalog/http/html.h"
#include "catalog/http/negotiate.h"
#include "catalog/http/range.h"
#include "core/error.h"
#include "tests/support/errors.h"

namespace anjuan::test {
namespace {

using catalog::ByteSpan;
using catalog::HtmlWriter;
using catalog::HttpRequest;
using catalog::parse_range;
using catalog::RangeAnswer;
using catalog::RangeKind;

constexpr auto kWhole = RangeKind::kWhole;
constexpr auto kPart = RangeKind::kPart;
constexpr auto kOutside = RangeKind::kUnsatisfiable;

TEST(Html, EscapesTextAndAttributeValues) {
  HtmlWriter html;
  html.open("p", {{"title", "\"><script>alert('1')&"}});
  html.text("<script>alert(\"1\")</script>&amp;");
  html.close();
  EXPECT_EQ(html.finish(),
            "<!DOCTYPE html>\n<p title=\"&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&amp;\">"
            "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;</p>\n");
}

TEST(Html, ReplacesControlCharacters) {
  HtmlWriter html;
  html.text(std::string("a\0b\x07\x7f", 5));
  EXPECT_EQ(html.finish(),
            "<!DOCTYPE html>\na\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Html, RefusesAnElementThatIsLeftOpen) {
  HtmlWriter html;
  html.open("p");
  EXPECT_EQ(thrown_by([&] { html.finish(); }).word, "internal");
}

struct RangeCase {
  const char* header;
  RangeAnswer answer;
};

// Of a file of 1000 bytes, by RFC 9110 section 14.
TEST(Range, IsReadAsTheStandardSays) {
  const RangeCase cases[] = {
      {"", {kWhole, {}}},
      {"bytes=0-", {kPart, {0, 1000}}},
      {"bytes=0-0", {kPart, {0, 1}}},
      {"bytes=0-499", {kPart, {0, 500}}},
      {"bytes=999-999", {kPart, {999, 1}}},
      {"bytes=999-5000", {kPart, {999, 1}}},
      {"bytes=500-99999999999999999999999", {kPart, {500, 500}}},
      {"bytes=-1", {kPart, {999, 1}}},
      {"bytes=-5000", {kPart, {0, 1000}}},
      {"bytes= 1-2 ", {kPart, {1, 2}}},
      {"bytes=1000-", {kOutside, {}}},
      {"bytes=99999999999999999999999-", {kOutside, {}}},
      {"bytes=-0", {kOutside, {}}},
      // Several: the first that can be satisfied, alone.
      {"bytes=10-19, 30-39", {kPart, {10, 10}}},
      {"bytes=5000-6000, 30-39", {kPart, {30, 10}}},
      {"bytes=5000-6000,7000-", {kOutside, {}}},
      // Not a range: ignored.
      {"bytes=", {kWhole, {}}},
      {"bytes=-", {kWhole, {}}},
      {"bytes=5-2", {kWhole, {}}},
      {"bytes=a-b", {kWhole, {}}},
      {"bytes=1-2x", {kWhole, {}}},
      {"bytes=+1-2", {kWhole, {}}},
      {"bytes=1-2,,3-4", {kWhole, {}}},
      {"bytes=1--2", {kWhole, {}}},
      {"lines=1-2", {kWhole, {}}},
  };
  for (const auto& each : cases) {
    const auto answer = parse_range(each.header, 1000);
    EXPECT_EQ(answer.kind, each.answer.kind) << each.header;
    EXPECT_EQ(answer.span, each.answer.span) << each.header;
  }
}

TEST(Range, OfAnEmptyFileCannotBeSatisfied) {
  EXPECT_EQ(parse_range("bytes=0-", 0).kind, kOutside);
  EXPECT_EQ(parse_range("bytes=-5", 0).kind, kOutside);
  EXPECT_EQ(parse_range("", 0).kind, kWhole);
}

TEST(Guard, ListensOnThisMachineOnly) {
  EXPECT_EQ(catalog::parse_listen_address("127.0.0.1:8080").port, 8080);
  EXPECT_EQ(catalog::parse_listen_address("localhost:0").host, "127.0.0.1");
  EXPECT_EQ(catalog::parse_listen_address("[::1]:80").host, "::1");
  for (const auto* address :
       {"0.0.0.0:8080", "192.168.1.5:8080", "[::]:8080", "archive.example:8080", "127.0.0.2:80"}) {
    const auto thrown = thrown_by([&] { catalog::parse_listen_address(address); });
    EXPECT_EQ(thrown.word, "denied") << address;
    EXPECT_THAT(thrown.message, testing::HasSubstr("127.0.0.1:8080"));
  }
  EXPECT_EQ(exit_status(ErrorCode::kDenied), 12);
  for (const auto* address : {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                              "127.0.0.1:80a", "::1"}) {
    EXPECT_EQ(thrown_by([&] { catalog::parse_listen_address(address); }).word, "usage") << address;
  }
}

TEST(Guard, KnowsTheNamesOfThisMachine) {
  for (const auto* host : {"127.0.0.1", "127.0.0.1:8080", "localhost:9", "LOCALHOST", "[::1]:80"}) {
    EXPECT_TRUE(catalog::is_local_host(host)) << host;
  }
  for (const auto* host :
       {"", "evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example",
        "127.0.0.1:80@evil", "localhost:x", "::1", "0.0.0.0", "127.0.0.1 "}) {
    EXPECT_FALSE(catalog::is_local_host(host)) << host;
  }
}

TEST(Language, ComesFromTheAddressThenFromTheBrowser) {
  using catalog::choose_language;
  EXPECT_EQ(choose_language("", ""), Language::kChinese);
  EXPECT_EQ(choose_language("en", "zh-CN"), Language::kEnglish);
  EXPECT_EQ(choose_language("zh-CN", "en"), Language::kChinese);
  EXPECT_EQ(choose_language("xx", "en-GB,en;q=0.8"), Language::kEnglish);
  EXPECT_EQ(choose_language("", "de, en;q=0.3, zh;q=0.7"), Language::kChinese);
  EXPECT_EQ(choose_language("", "zh;q=0, en;q=0.1"), Language::kEnglish);
  EXPECT_EQ(choose_language("", "de"), Language::kChinese);
}

TEST(Disposition, ShowsOnlyWhatABrowserCanShowSafely) {
  using catalog::Disposition;
  using catalog::disposition_of;
  for (const auto* mime : {"application/pdf", "image/jpeg", "video/mp4", "text/plain"}) {
    EXPECT_EQ(disposition_of(mime), Disposition::kInline) << mime;
  }
  for (const auto* mime : {"text/html", "image/svg+xml", "application/xml", "text/xml",
                           "application/xhtml+xml", "application/octet-stream", ""}) {
    EXPECT_EQ(disposition_of(mime), Disposition::kAttachment) << mime;
  }
}

TEST(Disposition, CarriesAChineseNameForOldAndNewClients) {
  EXPECT_EQ(catalog::content_disposition(catalog::Disposition::kInline, "笔录 1.pdf"),
            "inline; filename=\"__ 1.pdf\"; filename*=UTF-8''%E7%AC%94%E5%BD%95%201.pdf");
  EXPECT_EQ(catalog::content_disposition(catalog::Disposition::kAttachment, "a\"\\\r\n;%41.x"),
            "attachment; filename=\"a____;_41.x\"; filename*=UTF-8''a%22%5C%0D%0A%3B%2541.x");
}

TEST(Disposition, SendsNoTypeThatIsNone) {
  EXPECT_EQ(catalog::content_type("video/mp4"), "video/mp4");
  EXPECT_EQ(catalog::content_type("text/plain"), "text/plain; charset=utf-8");
  for (const auto* mime : {"", "pdf", "a/b\r\nX: y", "text/", "/x", "text/html; charset=x"}) {
    EXPECT_EQ(catalog::content_type(mime), "application/octet-stream") << mime;
  }
}

HttpRequest decoded(std::string_view target) {
  HttpRequest request;
  catalog::decode_target(target, request);
  return request;
}

TEST(Target, IsCutBeforeItIsDecoded) {
  const auto request = decoded("/a%2Fb/%E6%A1%88?q=%E6%A1%88+1%2B&x&q=2");
  EXPECT_TRUE(request.well_formed);
  EXPECT_THAT(request.path, testing::ElementsAre("a/b", "案"));
  EXPECT_EQ(request.query.at("q"), "案 1+");
  EXPECT_EQ(request.query.at("x"), "");
}

TEST(Target, KeepsEmptySegmentsAndDots) {
  EXPECT_TRUE(decoded("/").path.empty());
  EXPECT_THAT(decoded("/a/").path, testing::ElementsAre("a", ""));
  EXPECT_THAT(decoded("//a").path, testing::ElementsAre("", "a"));
  EXPECT_THAT(decoded("/../x").path, testing::ElementsAre("..", "x"));
}

TEST(Target, IsRefusedWhenItCannotBeDecoded) {
  for (const auto* target :
       {"", "x", "http://a/", "/%", "/%4", "/%zz", "/%FF", "/%00", "/?q=%00", "/?%FF=1"}) {
    EXPECT_FALSE(decoded(target).well_formed) << target;
  }
}

TEST(Format, WritesTimesLengthsAndPagesForPeople) {
  EXPECT_EQ(catalog::readable_time("2025-06-17T09:04:30+08:00"), "2025-06-17 09:04:30");
  EXPECT_EQ(catalog::readable_time("2025-06-17T09:04:30.123+08:00"), "2025-06-17 09:04:30");
  EXPECT_EQ(catalog::readable_time("2025-06-17T09:04+08:00"), "2025-06-17 09:04");
  EXPECT_EQ(catalog::readable_time("2025-06-17T09:04:30Z"), "2025-06-17 09:04:30Z");
  EXPECT_EQ(catalog::readable_time("约九点"), "约九点");
  EXPECT_EQ(catalog::readable_duration(5790), "1:36:30");
  EXPECT_EQ(catalog::readable_duration(65), "0:01:05");
  EXPECT_EQ(catalog::readable_duration(0), "");
  EXPECT_EQ(catalog::page_span(3, 5), "3–5");
  EXPECT_EQ(catalog::page_span(3, 3), "3");
  EXPECT_EQ(catalog::page_span(0, 0), "");
  EXPECT_EQ(catalog::readable_retention(Language::kChinese, "D30", 30), "30 年");
  EXPECT_EQ(catalog::readable_retention(Language::kChinese, "Y", 0), "永久");
}

}  // namespace
}  // namespace anjuan::test
