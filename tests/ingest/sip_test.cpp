// Cases that arrive in an E-ARK SIP: the same case, and a METS that must be right.
#include "core/text.h"
#include "ingest/submission.h"
#include "tests/support/gather_fixture.h"

namespace anjuan::ingest {
namespace {

namespace fs = std::filesystem;
using namespace anjuan::test;
using testing::Contains;
using testing::HasSubstr;

constexpr const char* kData = "representations/rep1/data/";

std::string hex(DigestAlgorithm algorithm, const std::string& bytes) {
  return digest_hex(algorithm, bytes);
}

/// mets:file of each file, as a SIP of others would list it.
std::string mets_of(const Submitted& files, const std::string& prefix,
                    DigestAlgorithm algorithm = DigestAlgorithm::kSha512,
                    const std::string& word = "SHA-512") {
  std::string text =
      "<mets xmlns=\"http://www.loc.gov/METS/\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">"
      "<fileSec><fileGrp>";
  for (const auto& [path, bytes] : files) {
    text += fmt::format(
        "<file SIZE=\"{}\" CHECKSUMTYPE=\"{}\" CHECKSUM=\"{}\"><FLocat xlink:href=\"{}\"/></file>",
        bytes.size(), word, hex(algorithm, bytes), to_href(prefix + path));
  }
  return text + "</fileGrp></fileSec></mets>";
}

/// The small submission inside a SIP whose METS is divided, as most are.
Submitted sip_of(const Submitted& files) {
  Submitted sip;
  for (const auto& [path, bytes] : files) sip[kData + path] = bytes;
  sip["representations/rep1/METS.xml"] = mets_of(files, "data/");
  sip["metadata/descriptive/ead.xml"] = "<ead/>";
  sip["METS.xml"] =
      mets_of({{"representations/rep1/METS.xml", sip["representations/rep1/METS.xml"]}}, "");
  return sip;
}

class Sip : public GatherFixture {};

TEST_F(Sip, IsTheSameSubmissionAsThePlainFolder) {
  const auto plain = gather_files(small_submission());
  const auto gathered = gather_files(sip_of(small_submission()));
  EXPECT_EQ(gathered.file_set_digest, plain.file_set_digest);
  EXPECT_EQ(gathered.files.size(), plain.files.size());
  EXPECT_EQ(gathered.declared.case_no(), plain.declared.case_no());
  EXPECT_EQ(codes_of(gathered.findings), (std::set<std::string>{"SIP-WRAPPER 3"}));
}

TEST_F(Sip, ComesInContainersToo) {
  const auto plain = gather_files(small_submission());
  const std::pair<std::string, std::string> containers[] = {
      {"sip.zip", zip_of(sip_of(small_submission()), "sip-1/")},
      {"flat.tar", tar_of(sip_of(small_submission()))}};
  for (const auto& [name, bytes] : containers) {
    put_file(folder_ / name, bytes);
    EXPECT_EQ(gather_from(folder_ / name).file_set_digest, plain.file_set_digest) << name;
  }
}

TEST_F(Sip, TellsEachFileThatIsNotAsItsMetsSays) {
  Submitted sip = sip_of(small_submission());
  sip[std::string(kData) + "docs/立案审批表.pdf"] = "%PDF-1.7 two";  // as long, other bytes
  sip.erase(std::string(kData) + "docs/b+c %23.pdf");
  sip[std::string(kData) + "av/V01.mp4"] += "v";
  sip[std::string(kData) + "more.pdf"] = "%PDF";
  const auto codes = codes_of(gather_files(sip).findings);
  const std::string data = kData;
  EXPECT_THAT(codes, Contains("SIP-DIGEST " + data + "docs/立案审批表.pdf"));
  EXPECT_THAT(codes, Contains("SIP-MISSING " + data + "docs/b+c %23.pdf"));
  EXPECT_THAT(codes, Contains("SIP-SIZE " + data + "av/V01.mp4"));
  EXPECT_THAT(codes, Contains("SIP-DIGEST " + data + "av/V01.mp4"));
  EXPECT_THAT(codes, Contains("SIP-UNLISTED " + data + "more.pdf"));
}

TEST_F(Sip, ComparesSha256AndCallsOtherSumsNotChecked) {
  Submitted sip = sip_of(small_submission());
  const std::string mets = "representations/rep1/METS.xml";
  sip.erase("METS.xml");
  sip["METS.xml"] = mets_of({}, "");
  sip[mets] = mets_of(small_submission(), "data/", DigestAlgorithm::kSha256, "SHA-256");
  EXPECT_EQ(codes_of(gather_files(sip).findings), (std::set<std::string>{"SIP-WRAPPER 3"}));
  sip[mets] = mets_of(small_submission(), "data/", DigestAlgorithm::kSha512, "SHA-256");
  EXPECT_THAT(codes_of(gather_files(sip).findings),
              Contains(std::string("SIP-DIGEST ") + kData + "case.json"));
  sip[mets] = mets_of(small_submission(), "data/", DigestAlgorithm::kSha512, "WHIRLPOOL");
  const auto gathered = gather_files(sip);
  EXPECT_THAT(codes_of(gathered.findings),
              Contains(std::string("SIP-UNCHECKED ") + kData + "case.json"));
  EXPECT_FALSE(any_error(gathered.findings));
}

TEST_F(Sip, FollowsNoHrefOutOfThePackage) {
  Submitted sip = sip_of(small_submission());
  put_file(folder_ / "secret", "secret");
  sip["METS.xml"] = mets_of({{"../secret", "secret"}}, "");
  EXPECT_THAT(codes_of(gather_files(sip).findings), Contains("SIP-MISSING ../secret"));
}

TEST_F(Sip, RefusesAMetsThatIsNoXml) {
  Submitted sip = sip_of(small_submission());
  sip["METS.xml"] = "<mets";
  EXPECT_EQ(thrown_by([&] { gather_files(sip); }).word, "invalid");
}

TEST(SipLayout, FindsTheRepresentationThatDeclaresTheCase) {
  const auto layout =
      find_layout({"METS.xml", "representations/a/data/x.pdf", "representations/b/data/case.xml"},
                  SubmissionForm::kFolder, "s");
  EXPECT_EQ(layout.root, "representations/b/data/");
  EXPECT_EQ(layout.declaration, "case.xml");
  EXPECT_EQ(layout.sip, "");
}

TEST(SipLayout, SaysWhatIsMissingOrAmbiguous) {
  const auto none = thrown_by([] {
    find_layout({"METS.xml", "representations/a/data/x.pdf"}, SubmissionForm::kFolder, "s");
  });
  EXPECT_THAT(none.message, HasSubstr("anjuan adopt"));
  const auto two = thrown_by([] {
    find_layout({"METS.xml", "representations/a/data/case.xml", "representations/b/data/case.json"},
                SubmissionForm::kFolder, "s");
  });
  EXPECT_THAT(two.message, HasSubstr("只放一个案卷"));
}

TEST(SipLayout, LeavesACaseAloneThatHasAMetsOfItsOwn) {
  const auto layout =
      find_layout({"METS.xml", "case.json", "metadata/x.xml"}, SubmissionForm::kFolder, "s");
  EXPECT_EQ(layout.root, "");
  EXPECT_EQ(layout.sip, std::nullopt);
}

}  // namespace
}  // namespace anjuan::ingest
