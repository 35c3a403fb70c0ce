// recording.xml: what is written comes back, and half a sidecar is neither written nor read.

#include "preservation/sidecar/sidecar_xml.h"

#include <regex>

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/sidecars.h"

namespace anjuan::preservation {
namespace {

using test::full_sidecar;
using test::sidecar_of;
using test::thrown_by;

RecordingSidecar round_trip(const RecordingSidecar& sidecar) {
  return read_sidecar(write_sidecar(sidecar), "V01.xml");
}

TEST(SidecarXml, ComesBackAsItWas) {
  const auto full = full_sidecar();
  const auto back = round_trip(full);
  EXPECT_EQ(back.step, full.step);
  EXPECT_EQ(back.storage, full.storage);
  EXPECT_EQ(back.marks, full.marks);
  EXPECT_EQ(back.segments, full.segments);
  EXPECT_EQ(back.representations, full.representations);
  EXPECT_EQ(back.not_derived, full.not_derived);
  EXPECT_EQ(back.clock, full.clock);
  EXPECT_EQ(back.technical, full.technical);
  EXPECT_EQ(back.photographs, full.photographs);
  EXPECT_EQ(back.continuity, full.continuity);
  EXPECT_EQ(back, full);
  EXPECT_EQ(write_sidecar(back), write_sidecar(full)) << "equal bytes for equal values";
}

TEST(SidecarXml, ComesBackForEachRecordingOfTheSampleCases) {
  for (const std::string name : {"A", "A-segments", "B", "D", "F", "G", "H", "I", "J"}) {
    const CaseFile file = test::sample_case(name);
    for (std::size_t i = 0; i < file.recordings().size(); ++i) {
      const auto sidecar = declared_sidecar(file, i);
      EXPECT_EQ(round_trip(sidecar), sidecar) << name << " " << sidecar.id;
    }
  }
}

TEST(SidecarXml, SaysWhyThereIsNoVerdict) {
  auto photograph = sidecar_of("A", "V02");
  photograph.not_measured = "photograph";
  const auto xml = write_sidecar(photograph);
  EXPECT_NE(xml.find("<notMeasured reason=\"photograph\"/>"), std::string::npos) << xml;
  EXPECT_EQ(round_trip(photograph), photograph);
}

TEST(SidecarXml, NumbersItsElementsByDaT63) {
  const auto xml = write_sidecar(full_sidecar());
  const std::pair<std::string, std::string> numbered[] = {{"title", "M7"},
                                                          {"caseNo", "M87"},
                                                          {"maker", "M88"},
                                                          {"procedureStep", "M83"},
                                                          {"mandate", "M93"}};
  for (const auto& [element, number] : numbered) {
    EXPECT_NE(xml.find("<" + element + " daT63=\"" + number + "\""), std::string::npos) << element;
  }
}

TEST(SidecarXml, IsNotWrittenWithoutOneOfTheFourFacts) {
  const std::pair<std::string, std::string RecordingSidecar::*> texts[] = {
      {"制作方法", &RecordingSidecar::method}, {"证明对象", &RecordingSidecar::purpose}};
  for (const auto& [name, member] : texts) {
    auto sidecar = sidecar_of("A", "V01");
    sidecar.*member = "";
    const auto thrown = thrown_by([&] { write_sidecar(sidecar); });
    EXPECT_EQ(thrown.word, "invalid");
    EXPECT_EQ(thrown.subject, "V01");
    EXPECT_NE(thrown.message.find("V01 未填写" + name), std::string::npos) << thrown.message;
  }
  auto sidecar = sidecar_of("A", "V01");
  sidecar.started = {};
  sidecar.maker.name = "";
  EXPECT_EQ(missing_facts(sidecar), (std::vector<std::string>{"made_at", "maker"}));
  EXPECT_NE(thrown_by([&] { write_sidecar(sidecar); }).message.find("制作时间、制作人"),
            std::string::npos);
}

TEST(SidecarXml, IsNotReadWithoutOneOfTheFourFacts) {
  const auto xml = write_sidecar(sidecar_of("A", "V01"));
  for (const std::string element : {"method", "started", "maker", "evidentiaryPurpose"}) {
    const std::regex whole("<" + element + "[ >][^<]*</" + element + ">", std::regex::ECMAScript);
    const auto at = xml.find("<production>");
    const auto without =
        xml.substr(0, at) +
        std::regex_replace(xml.substr(at), whole, "", std::regex_constants::format_first_only);
    ASSERT_NE(without, xml) << element;
    const auto thrown = thrown_by([&] { read_sidecar(without, "V01.xml"); });
    EXPECT_EQ(thrown.word, "invalid") << element;
    EXPECT_EQ(thrown.subject, "V01.xml") << element;
  }
}

TEST(SidecarXml, IsNotWrittenForAFileWithoutDigest) {
  auto sidecar = full_sidecar();
  sidecar.representations[0].file.sha512 = "";
  EXPECT_EQ(thrown_by([&] { write_sidecar(sidecar); }).word, "internal");
}

TEST(SidecarXml, IsRefusedWhereNumbersAreBeyondOurs) {
  const auto xml = write_sidecar(full_sidecar());
  const auto spoiled = [&](const std::string& from, const std::string& to) {
    const auto at = xml.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    auto text = xml;
    text.replace(at, from.size(), to);
    return thrown_by([&] { read_sidecar(text, "V01.xml"); });
  };
  EXPECT_EQ(spoiled("offsetMs=\"-8040\"", "offsetMs=\"99999999999999999999\"").word, "invalid");
  EXPECT_EQ(spoiled("latitude=\"28", "latitude=\"1e999\" make2=\"").word, "invalid");
  EXPECT_EQ(spoiled("altitudeM=\"0.1\"", "altitudeM=\"INF\"").word, "invalid");
  EXPECT_EQ(spoiled("n=\"2\"", "n=\"3\"").word, "invalid") << "segments stand in order";
  EXPECT_EQ(spoiled("coverage=\"0.99861\"", "coverage=\"1.5\"").word, "invalid");
  EXPECT_EQ(spoiled("<recording", "<!DOCTYPE r><recording").word, "refused");
  EXPECT_EQ(spoiled("</recording>", "").word, "invalid");
}

TEST(ForeignXml, IsOneFormWhateverThePrefixes) {
  const auto one = foreign_xml(
      "<m:a xmlns:m='urn:m' xmlns:x='urn:x' x:y='1'>\n <m:b>t</m:b><c/>\n</m:a>", "one");
  const auto other = foreign_xml(
      "<!-- c --><a xmlns='urn:m' q:y='1' xmlns:q='urn:x'><b>t</b><c xmlns=''/></a>", "other");
  EXPECT_EQ(one, other);
  EXPECT_EQ(foreign_xml(one, "again"), one);
  EXPECT_EQ(thrown_by([] { foreign_xml("<a>", "EBUCore"); }).subject, "EBUCore");
}

}  // namespace
}  // namespace anjuan::preservation
