#include "core/xml_writer.h"

#include <gtest/gtest.h>

#include "core/durable.h"
#include "core/error.h"
#include "core/xml_reader.h"
#include "tests/support/temporary_folder.h"

namespace anjuan {
namespace {

using namespace std::string_literals;

std::string written(const std::function<void(XmlWriter&)>& write) {
  std::string out;
  XmlWriter writer([&out](std::string_view bytes) { out += bytes; });
  write(writer);
  writer.close();
  return out;
}

TEST(XmlWriter, IndentsElementsAndKeepsTextTogether) {
  const auto xml = written([](XmlWriter& w) {
    w.start("m:mets");
    w.attribute("xmlns:m", "urn:m");
    w.start("empty");
    w.attribute("count", std::uint64_t{0});
    w.end();
    w.element("name", "案卷");
    w.start("list");
    w.element("item", "");
    w.end();
    w.end();
  });
  EXPECT_EQ(xml,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<m:mets xmlns:m=\"urn:m\">\n"
            " <empty count=\"0\"/>\n <name>案卷</name>\n <list>\n  <item/>\n </list>\n</m:mets>\n");
}

TEST(XmlWriter, EscapesByTheRulesOfTheirPlace) {
  const auto xml = written([](XmlWriter& w) {
    w.start("a");
    w.attribute("b", "&<>\"'\t\n\r案");
    w.text("&<>\"'\t\n\r案");
    w.end();
  });
  EXPECT_THAT(xml, testing::HasSubstr("b=\"&amp;&lt;&gt;&quot;'&#9;&#10;&#13;案\""));
  EXPECT_THAT(xml, testing::HasSubstr(">&amp;&lt;&gt;\"'\t\n&#13;案</a>"));
}

TEST(XmlWriter, WritesTextThatReadsBackUnchanged) {
  const std::string text = " \r\n\t]]> e\xCC\x81 \xF0\x9F\x93\x84 \xC2\x85 \xE2\x80\xA8 & < \r ";
  const auto xml = written([&](XmlWriter& w) {
    w.start("a");
    w.attribute("b", text);
    w.text(text);
    w.end();
  });
  const auto root = read_xml_tree(xml, "a.xml");
  EXPECT_EQ(root.text, text);
  EXPECT_EQ(*root.attribute("b"), text);
}

TEST(XmlWriter, RefusesWhatXmlCannotCarry) {
  for (const auto& text : {"\0"s, "a\x01"s, "\x1F"s, "\xEF\xBF\xBE"s, "\xEF\xBF\xBF"s, "\xFF"s,
                           "\xED\xA0\x80"s, "cut \xE6\xA1"s}) {
    EXPECT_THROW(written([&](XmlWriter& w) { w.element("a", text); }), Error) << text;
    const auto as_attribute = [&](XmlWriter& w) {
      w.start("a");
      w.attribute("b", text);
      w.end();
    };
    EXPECT_THROW(written(as_attribute), Error) << text;
  }
}

TEST(XmlWriter, RefusesTheWrongOrder) {
  EXPECT_THROW(written([](XmlWriter&) {}), Error);
  EXPECT_THROW(written([](XmlWriter& w) { w.start("a"); }), Error);
  EXPECT_THROW(written([](XmlWriter& w) { w.end(); }), Error);
  const auto late = [](XmlWriter& w) {
    w.start("a");
    w.text("x");
    w.attribute("b", "c");
  };
  EXPECT_THROW(written(late), Error);
  const auto two_roots = [](XmlWriter& w) {
    w.element("a", "");
    w.element("b", "");
  };
  EXPECT_THROW(written(two_roots), Error);
  EXPECT_THROW(written([](XmlWriter& w) { w.comment("a -- b"); }), Error);
}

TEST(XmlWriter, EmbedsADocumentWithoutItsDeclaration) {
  for (const auto* prolog :
       {"", "<?xml version=\"1.0\"?>\n", "\xEF\xBB\xBF<?xml version='1.0'?>", "\r\n "}) {
    const auto xml = written([&](XmlWriter& w) {
      w.start("a");
      w.attribute("xmlns", "urn:a");
      w.embed(std::string(prolog) +
              "<!-- by 某 --><b:c xmlns:b=\"urn:b\"><b:d>1 &lt; 2</b:d></b:c>\n");
      w.element("e", "");
      w.end();
    });
    EXPECT_EQ(xml,
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a xmlns=\"urn:a\">\n"
              " <!-- by 某 --><b:c xmlns:b=\"urn:b\"><b:d>1 &lt; 2</b:d></b:c>\n <e/>\n</a>\n");
    EXPECT_EQ(read_xml_tree(xml, "a.xml").child("c")->namespace_uri, "urn:b");
  }
}

TEST(XmlWriter, EmbedsNothingThatIsNoDocument) {
  const auto embedded = [](const std::string& text) {
    return [text](XmlWriter& w) {
      w.start("a");
      w.embed(text);
      w.end();
    };
  };
  EXPECT_NO_THROW(written(embedded("<b/>")));
  for (const auto& text : {""s, " "s, "<?xml version=\"1.0\"?>"s, "<?xml version"s, "b"s, "<b>x"s,
                           "<b>\x01</b>"s, "<b>\xFF</b>"s}) {
    EXPECT_THROW(written(embedded(text)), Error) << text;
  }
  EXPECT_THROW(written([](XmlWriter& w) { w.embed("<b/>"); }), Error);
}

TEST(XmlWriter, FlushesInBlocksAndNotAtTheEndOnly) {
  std::size_t largest = 0;
  std::size_t calls = 0;
  XmlWriter writer([&](std::string_view bytes) {
    largest = std::max(largest, bytes.size());
    ++calls;
  });
  writer.start("list");
  for (int i = 0; i < 20'000; ++i) writer.element("item", "0123456789");
  writer.end();
  writer.close();
  EXPECT_GT(calls, 5U);
  EXPECT_LT(largest, 72U * 1024);
}

TEST(DigestingFile, DigestsWhatItWrites) {
  const test::TemporaryFolder folder;
  const auto path = (folder / "a.xml").string();
  DigestingFile file(path);
  XmlWriter writer(file.sink());
  writer.start("list");
  for (int i = 0; i < 10'000; ++i) writer.element("item", "0123456789");
  writer.end();
  writer.close();
  EXPECT_EQ(file.close(), digest_file(path));
  EXPECT_GT(read_file(path).size(), 200'000U);
}

}  // namespace
}  // namespace anjuan
