#include "core/xml_reader.h"

#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "core/error.h"
#include "core/xml_schema.h"
#include "tests/support/temporary_folder.h"

namespace anjuan {
namespace {

/// Writes down what it is told: "start(ns|name a=b) 'text' end".
class Recorder final : public XmlHandler {
 public:
  void start(std::string_view namespace_uri, std::string_view name,
             const std::vector<XmlAttribute>& attributes, Place place) override {
    log += fmt::format("<{}|{}", namespace_uri, name);
    for (const auto& a : attributes)
      log += fmt::format(" {}|{}={}", a.namespace_uri, a.name, a.value);
    log += fmt::format("@{}>", place.line);
  }

  void text(std::string_view characters) override { log += characters; }

  void end(std::string_view, std::string_view name) override { log += fmt::format("</{}>", name); }

  std::string log;
};

std::string read(std::string_view xml, const XmlLimits& limits = {}) {
  Recorder recorder;
  parse_xml_text(xml, "a.xml", recorder, nullptr, nullptr, limits);
  return recorder.log;
}

ErrorCode failure(std::string_view xml, const XmlLimits& limits = {}) {
  try {
    read(xml, limits);
  } catch (const Error& error) {
    EXPECT_EQ(error.subject(), "a.xml");
    EXPECT_THAT(error.what(), testing::HasSubstr("a.xml"));
    return error.code();
  }
  return ErrorCode::kInternal;
}

TEST(XmlReader, TellsElementsAttributesTextAndPlaces) {
  EXPECT_EQ(read("<?xml version='1.0'?>\n<a xmlns='urn:x' xmlns:y='urn:y'\n b='1' y:c='案&#10;'>"
                 "t&amp;<![CDATA[<]]><y:d/></a>"),
            "<urn:x|a |b=1 urn:y|c=案\n@3>t&<<urn:y|d@3></d></a>");
}

TEST(XmlReader, ReadsOtherEncodings) {
  EXPECT_EQ(read("<?xml version='1.0' encoding='GB18030'?><a>\xB0\xB8\xBE\xED</a>"),
            "<|a@1>案卷</a>");
}

TEST(XmlReader, CarriesCharactersOutsideTheFirstPlane) {
  EXPECT_EQ(read("<a>\xF0\x9F\x93\x84&#x1F4C4;é</a>"),
            "<|a@1>\xF0\x9F\x93\x84\xF0\x9F\x93\x84é</a>");
}

TEST(XmlReader, RefusesMalformedXmlWithItsPlace) {
  for (const auto* xml : {"", "<a>", "<a></b>", "<a b='1' b='2'/>", "<a>&x;</a>", "<a>\x01</a>",
                          "<a>\xFF</a>", "text", "<a/><b/>", "<y:a/>"}) {
    EXPECT_EQ(failure(xml), ErrorCode::kInvalid) << xml;
  }
  try {
    read("<a>\n  <b>\n</a>");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("第 3 行第 "));
  }
}

TEST(XmlReader, RefusesADoctypeBeforeAnyEntityIsExpanded) {
  std::string laughs = "<!DOCTYPE a [<!ENTITY l0 'ha'>";
  for (int i = 1; i < 30; ++i) laughs += fmt::format("<!ENTITY l{} '&l{};&l{};'>", i, i - 1, i - 1);
  EXPECT_EQ(failure(laughs + "]><a>&l29;</a>"), ErrorCode::kRefused);
  EXPECT_EQ(failure("<!DOCTYPE a><a/>"), ErrorCode::kRefused);
}

TEST(XmlReader, OpensNothingOutsideTheDocument) {
  const test::TemporaryFolder folder;
  std::ofstream(folder / "secret.txt") << "secret";
  const auto path = (folder / "secret.txt").string();
  EXPECT_EQ(failure("<!DOCTYPE a SYSTEM 'file://" + path + "'><a/>"), ErrorCode::kRefused);
  EXPECT_EQ(failure("<!DOCTYPE a [<!ENTITY e SYSTEM 'file://" + path + "'>]><a>&e;</a>"),
            ErrorCode::kRefused);
}

TEST(XmlReader, StopsAtEachLimit) {
  XmlLimits limits;
  limits.bytes_max = 100;
  EXPECT_EQ(failure("<a>" + std::string(200, 'x') + "</a>", limits), ErrorCode::kRefused);
  limits = {};
  limits.depth_max = 3;
  EXPECT_EQ(read("<a><b><c/></b></a>", limits), "<|a@1><|b@1><|c@1></c></b></a>");
  EXPECT_EQ(failure("<a><b><c><d/></c></b></a>", limits), ErrorCode::kRefused);
  limits = {};
  limits.attributes_max = 1;
  EXPECT_EQ(failure("<a b='' c=''/>", limits), ErrorCode::kRefused);
  limits = {};
  limits.children_max = 2;
  EXPECT_EQ(read("<a><b/><c><d/></c></a>", limits), "<|a@1><|b@1></b><|c@1><|d@1></d></c></a>");
  EXPECT_EQ(failure("<a><b/><c/><d/></a>", limits), ErrorCode::kRefused);
  limits = {};
  limits.text_bytes_max = 10;
  EXPECT_EQ(failure("<a>0123456789x</a>", limits), ErrorCode::kRefused);
  EXPECT_EQ(failure("<a b='0123456789x'/>", limits), ErrorCode::kRefused);
  EXPECT_EQ(read("<a>01234<b/>56789</a>", limits), "<|a@1>01234<|b@1></b>56789</a>");
}

// The library takes a NUL for the end of the document.
TEST(XmlReader, HidesNothingBehindAZeroCharacter) {
  using namespace std::string_literals;
  EXPECT_EQ(failure("<a/>\0"s), ErrorCode::kInvalid);
  EXPECT_EQ(failure("<a/>\0<!DOCTYPE b>"s), ErrorCode::kInvalid);
  EXPECT_EQ(failure("<a/>" + std::string(1'000'000, ' ') + "\0x"s), ErrorCode::kInvalid);
  EXPECT_EQ(failure("<a>x\0</a>"s), ErrorCode::kInvalid);
  const auto wide = "\xFF\xFE<\0a\0/\0>\0"s;
  EXPECT_EQ(read(wide), "<|a@1></a>");
  EXPECT_EQ(read("\xFF\xFE<\0a\0>\0\0\x4E<\0/\0a\0>\0"s), "<|a@1>一</a>") << "U+4E00 ends in 00";
  EXPECT_EQ(failure(wide + "\0\0"s), ErrorCode::kInvalid);
  EXPECT_EQ(failure(wide + "\0\0x\0"s), ErrorCode::kInvalid);
}

TEST(XmlReader, StopsAnEndlessAttributeWhileItIsRead) {
  XmlLimits limits;
  limits.text_bytes_max = 1000;
  // No closing quote: only the bytes that are read can end this.
  EXPECT_EQ(failure("<a b='" + std::string(8 * 1024 * 1024, 'x'), limits), ErrorCode::kRefused);
}

TEST(XmlReader, ReadsAFileAsItReadsText) {
  const test::TemporaryFolder folder;
  std::ofstream(folder / "a.xml") << "<a><b>案</b></a>";
  Recorder recorder;
  parse_xml(folder / "a.xml", "a.xml", recorder);
  EXPECT_EQ(recorder.log, "<|a@1><|b@1>案</b></a>");
  EXPECT_THROW(parse_xml(folder / "missing.xml", "missing.xml", recorder), Error);
}

TEST(XmlReader, PassesOnWhatTheHandlerThrows) {
  class Refuser final : public XmlHandler {
    void start(std::string_view, std::string_view, const std::vector<XmlAttribute>&,
               Place) override {
      throw Error(ErrorCode::kConflict, "here", "stop");
    }

    void text(std::string_view) override {}

    void end(std::string_view, std::string_view) override {}
  } refuser;

  try {
    parse_xml_text("<a/>", "a.xml", refuser);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kConflict);
  }
}

TEST(XmlTree, HoldsTheWholeDocument) {
  const auto root = read_xml_tree("<a x='1'>t<b>u</b>v<b y='2'/></a>", "a.xml");
  EXPECT_EQ(root.name, "a");
  EXPECT_EQ(root.text, "tv");
  EXPECT_EQ(*root.attribute("x"), "1");
  EXPECT_EQ(root.attribute("y"), nullptr);
  ASSERT_EQ(root.children.size(), 2U);
  EXPECT_EQ(root.child("b")->text, "u");
  EXPECT_EQ(*root.children[1].attribute("y"), "2");
  EXPECT_EQ(root.child("c"), nullptr);
}

TEST(XmlReader, ServesSeveralThreadsAtOnce) {
  std::vector<std::thread> threads;
  std::array<std::string, 4> logs;
  for (auto& log : logs) {
    threads.emplace_back([&log] {
      for (int i = 0; i < 50; ++i) log = read("<a><b>案</b></a>");
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& log : logs) EXPECT_EQ(log, "<|a@1><|b@1>案</b></a>");
}

}  // namespace
}  // namespace anjuan
