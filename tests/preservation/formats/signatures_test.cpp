// Patterns, signatures and signature files, honest and hostile.
#include <cstring>

#include <gtest/gtest.h>

#include "core/error.h"
#include "preservation/formats/identify/signature_set.h"
#include "tests/support/corpora.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::formats {
namespace {

using namespace std::string_literals;

const PatternPlace kPlace{"test.xml", 7};

bool matches(std::string_view expression, std::string_view bytes) {
  for (const auto& pattern : Pattern::compile(expression, kPlace)) {
    if (pattern.matches(bytes, 0)) return true;
  }
  return false;
}

TEST(Pattern, ReadsEveryFormOfTheLanguage) {
  EXPECT_TRUE(matches("4D 5a", "MZ"));
  EXPECT_TRUE(matches("'MZ' ?? 00", "MZx\0"s));
  EXPECT_TRUE(matches("'RIFF' {4} 'WAVE'", "RIFF....WAVE"));
  EXPECT_TRUE(matches("['6'-'7']", "7"));
  EXPECT_FALSE(matches("['6'-'7']", "8"));
  EXPECT_TRUE(matches("[0010:0020]", "\x00\x15"s));
  EXPECT_FALSE(matches("[0010:0020]", "\x00\x21"s));
  EXPECT_TRUE(matches("[!00]", "x"));
  EXPECT_FALSE(matches("[!00]", "\0"s));
  EXPECT_TRUE(matches("[!0000]", "\0\1"s)) << "not this sequence, though one byte is the same";
  EXPECT_TRUE(matches("[&81]", "\xC1"));
  EXPECT_FALSE(matches("[&81]", "\x80"));
  EXPECT_TRUE(matches("[!&01]", "\x02"));
  EXPECT_TRUE(matches("[~03]", "\x02"));
  EXPECT_FALSE(matches("[~03]", "\x04"));
  EXPECT_TRUE(matches("[41|61]", "a"));
  EXPECT_TRUE(matches("(22|27) '1.0' (22|27)", "'1.0\""));
  EXPECT_TRUE(matches("'a' ('bcd'|'e') 'f'", "aef"));
  EXPECT_FALSE(matches("'abc'", "ab")) << "beyond the end";
}

TEST(Pattern, RefusesEverythingElseWithItsLine) {
  for (const char* wrong :
       {"",        " ",   "4",    "4G",  "'open", "''", "[00", "[00:0000]",
        "[&0000]", "{0}", "{x}",  "(00", "(00|)", "[]", "00)", "{99999999999999999999}",
        "[41|",    "?",   "[!&]", "(((", "00|01"}) {
    try {
      Pattern::compile(wrong, kPlace);
      ADD_FAILURE() << "read: " << wrong;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kInvalid) << wrong;
      EXPECT_NE(std::string(error.what()).find("7"), std::string::npos) << error.what();
    }
  }
}

TEST(Pattern, WithTooManyAlternativesIsRefused) {
  std::string expression;
  for (int i = 0; i < 30; ++i) expression += "(00|01)";
  EXPECT_THROW(Pattern::compile(expression, kPlace), Error);
  EXPECT_THROW(Pattern::compile("{4000}{4000}", kPlace), Error);
}

ByteSequence sequence(Anchor anchor, std::vector<std::pair<Gap, std::string>> steps) {
  ByteSequence result;
  result.anchor = anchor;
  for (const auto& [gap, expression] : steps) {
    result.steps.emplace_back();
    for (auto& pattern : Pattern::compile(expression, kPlace)) {
      result.steps.back().push_back({std::move(pattern), gap, {}});
    }
  }
  return result;
}

bool found(const ByteSequence& sequence, const std::string& bytes) {
  return sequence.found_in(FileWindows::of(bytes));
}

TEST(Signature, IsFoundWithinItsOffsets) {
  const auto at_two_to_four = sequence(Anchor::kBeginning, {{{2, 4}, "'ab'"}});
  EXPECT_FALSE(found(at_two_to_four, "xabx"));
  EXPECT_TRUE(found(at_two_to_four, "xxab"));
  EXPECT_TRUE(found(at_two_to_four, "xxxxab"));
  EXPECT_FALSE(found(at_two_to_four, "xxxxxab"));
  const auto at_end = sequence(Anchor::kEnd, {{{0, 1}, "'ab'"}});
  EXPECT_TRUE(found(at_end, "xxab"));
  EXPECT_TRUE(found(at_end, "xxaby"));
  EXPECT_FALSE(found(at_end, "xxabyy"));
}

TEST(Signature, TakesALaterPlaceIfTheFirstLeadsNowhere) {
  const auto two_steps = sequence(Anchor::kAnywhere, {{{0, kNoLimit}, "'ab'"}, {{3, 3}, "'c'"}});
  EXPECT_TRUE(found(two_steps, "ab..ab...c"));
  EXPECT_FALSE(found(two_steps, "ab..ab..c"));
}

TEST(Signature, AtTheEndIsFollowedBackwards) {
  const auto backwards = sequence(Anchor::kEnd, {{{0, 0}, "'z'"}, {{1, 2}, "'ab'"}});
  EXPECT_TRUE(found(backwards, "abz") == false);
  EXPECT_TRUE(found(backwards, "ab.z"));
  EXPECT_TRUE(found(backwards, "ab..z"));
  EXPECT_FALSE(found(backwards, "ab...z"));
}

TEST(Signature, OfManyStepsOverRepeatedBytesIsFast) {
  // Trying and going back would take longer than the universe has been there.
  std::vector<std::pair<Gap, std::string>> steps(20, {{0, 5000}, "'a' ?? 'a'"});
  steps.push_back({{0, 5000}, "'b'"});
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(found(sequence(Anchor::kAnywhere, steps), std::string(kHeadWindowBytes, 'a')));
  const auto took = std::chrono::steady_clock::now() - start;
  EXPECT_LT(took, std::chrono::seconds(60));
}

const std::string kDroid = R"(<?xml version="1.0"?>
<FFSignatureFile Version="1">
<InternalSignatureCollection>
<InternalSignature ID="1"><ByteSequence Reference="BOFoffset">
<SubSequence Position="1" SubSeqMinOffset="0" SubSeqMaxOffset="0">
<Sequence>4142</Sequence>
<RightFragment Position="1" MinOffset="1" MaxOffset="2">43</RightFragment>
<RightFragment Position="1" MinOffset="4" MaxOffset="4">44</RightFragment>
</SubSequence></ByteSequence></InternalSignature>
<InternalSignature ID="2"><ByteSequence Reference="BOFoffset">
<SubSequence SubSeqMinOffset="0" SubSeqMaxOffset="0"><Sequence>41</Sequence></SubSequence>
</ByteSequence></InternalSignature>
</InternalSignatureCollection>
<FileFormatCollection>
<FileFormat ID="10" PUID="x/1" Name="one"><InternalSignatureID>1</InternalSignatureID>
<Extension>One</Extension><HasPriorityOverFileFormatID>11</HasPriorityOverFileFormatID></FileFormat>
<FileFormat ID="11" PUID="x/2" Name="two"><InternalSignatureID>2</InternalSignatureID></FileFormat>
</FileFormatCollection></FFSignatureFile>)";

SignatureSet load(const std::string& text) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "droid.xml", text);
  return SignatureSet::from_pronom(folder / "droid.xml", std::nullopt);
}

std::string hits(const SignatureSet& set, const std::string& bytes) {
  std::string puids;
  for (const auto* format : set.by_bytes(FileWindows::of(bytes)).formats)
    puids += format->puid + " ";
  return puids;
}

TEST(DroidFile, GivesSignaturesFragmentsAndPriorities) {
  const auto set = load(kDroid);
  EXPECT_EQ(hits(set, "AB.C"), "x/1 ");
  EXPECT_EQ(hits(set, "AB....D"), "x/1 ") << "a fragment of the same position is an alternative";
  EXPECT_EQ(hits(set, "AB...C"), "x/2 ");
  EXPECT_EQ(hits(set, "B"), "");
  EXPECT_EQ(set.find("x/1")->extensions, std::vector<std::string>{"one"});
}

TEST(DroidFile, ThatIsOffIsRefusedWithItsLine) {
  const std::pair<const char*, const char*> kChanges[] = {
      {">4142<", ">414<"},
      {">4142<", "><"},
      {"BOFoffset", "MIDoffset"},
      {"SubSeqMinOffset=\"0\"", "SubSeqMinOffset=\"-1\""},
      {"SubSeqMinOffset=\"0\"", "SubSeqMinOffset=\"99999999999999\""},
      {"<InternalSignatureID>1<", "<InternalSignatureID>7<"},
      {"FormatID>11<", "FormatID>12<"},
      {"ID=\"2\"", "ID=\"1\""},
      {"PUID=\"x/2\"", "PUID=\"x/1\""},
      {"PUID=\"x/2\"", ""},
      {"FFSignatureFile Version", "Other Version"},
      {"<Sequence>41</Sequence>", ""},
      {"<FileFormatCollection>", "<!DOCTYPE x><FileFormatCollection>"},
  };
  for (const auto& [from, to] : kChanges) {
    std::string text = kDroid;
    text.replace(text.find(from), std::strlen(from), to);
    if (std::string_view(to).starts_with("Other")) {
      text.replace(text.rfind("FFSignatureFile"), 15, "Other");
    }
    EXPECT_THROW(load(text), Error) << from << " -> " << to;
  }
  EXPECT_THROW(load(kDroid.substr(0, 700)), Error);
  EXPECT_THROW(load("<FFSignatureFile/>"), Error);
}

TEST(DroidFile, OfPronomIsReadWhole) {
  const auto folder = test::corpora("pronom");
  if (folder.empty()) GTEST_SKIP() << "no PRONOM corpus: set ANJUAN_CORPORA";
  const auto set = SignatureSet::from_pronom(folder / "DROID_SignatureFile_V122.xml",
                                             folder / "container-signature-20260119.xml");
  EXPECT_EQ(set.formats().size(), 2544U);
  EXPECT_EQ(set.signatures(), 2242U);
  EXPECT_EQ(set.version(), "PRONOM 122");
}

TEST(OwnFile, ThatIsOffIsRefused) {
  const std::string good =
      R"({"formats":[{"puid":"a","name":"b","mime":"c","signatures":[[{"bytes":"41"}]]}]})";
  EXPECT_EQ(hits(SignatureSet::from_json(good, "own"), "A"), "a ");
  const std::pair<const char*, const char*> kChanges[] = {
      {"\"puid\":\"a\",", ""},
      {"\"bytes\":\"41\"", "\"bytes\":\"4\""},
      {"\"bytes\"", "\"byte\""},
      {"[[{", "[{"},
      {"\"bytes\":\"41\"", "\"bytes\":\"41\",\"offset\":[3,1]"},
      {"\"bytes\":\"41\"", "\"bytes\":\"41\",\"from\":\"middle\""},
      {"\"mime\"", "\"opens\":\"arj\",\"mime\""},
  };
  for (const auto& [from, to] : kChanges) {
    std::string text = good;
    text.replace(text.find(from), std::strlen(from), to);
    EXPECT_THROW(SignatureSet::from_json(text, "own"), Error) << text;
  }
}

}  // namespace
}  // namespace anjuan::formats
