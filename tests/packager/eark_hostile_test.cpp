// METS documents of nobody's program made to exhaust what reads them: the verdict comes in bounded
// time and memory, with findings that a person can still read.
#include <ctime>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "packager/verify/finding_sink.h"
#include "packager/verify/verify.h"
#include "tests/support/eark_package.h"

namespace anjuan::packager {
namespace {

using test::EarkPackage;

/// Of processor time, since a machine may be busy; far above what is needed, with sanitizers too. A
/// quadratic step takes hours.
constexpr double kPatienceSeconds = 120;

class HostileMets : public testing::Test {
 protected:
  VerifyReport verify() {
    const auto start = std::clock();
    SilentProgress progress;
    auto report = verify_package(package_.path(), {}, progress);
    const auto used = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    EXPECT_LT(used, kPatienceSeconds);
    EXPECT_LE(report.findings.size(), kFindingsMax + 1);
    return report;
  }

  static bool has(const VerifyReport& report, std::string_view code) {
    return std::any_of(report.findings.begin(), report.findings.end(),
                       [&](const Finding& finding) { return finding.code == code; });
  }

  template <typename Make>
  static std::string repeated(std::size_t times, const Make& make) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += make(i);
    return text;
  }

  EarkPackage package_;
};

TEST_F(HostileMets, EntitiesAreRefused) {
  package_.put("METS.xml",
               "<!DOCTYPE mets [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">"
               "<!ENTITY c SYSTEM \"file:///etc/passwd\">]>\n"
               "<mets xmlns=\"http://www.loc.gov/METS/\" OBJID=\"&b;&c;\"/>");
  EXPECT_TRUE(has(verify(), "XML-REFUSED"));
}

TEST_F(HostileMets, OneEndlessLineIsRefusedWhileItIsRead) {
  constexpr std::size_t kBytes = 1ULL << 30;
  const auto path = package_.path() / "METS.xml";
  {
    std::ofstream out(path, std::ios::binary);
    out << "<mets xmlns=\"http://www.loc.gov/METS/\" OBJID=\"";
    const std::string block(1 << 20, 'a');
    // The whole gigabyte is not needed: what lies behind is never read.
    for (int i = 0; i < 64; ++i) out << block;
  }
  std::filesystem::resize_file(path, kBytes);
  const auto report = verify();
  EXPECT_TRUE(has(report, "XML-REFUSED"));

  struct rusage usage {};

  ASSERT_EQ(::getrusage(RUSAGE_SELF, &usage), 0);
  EXPECT_LT(usage.ru_maxrss, 2L * 1024 * 1024) << "KiB";
}

TEST_F(HostileMets, EndlessFaultsAreCountedNotListed) {
  package_.replace("<fileGrp ID=\"g-sch\"",
                   "<fileGrp ID=\"g-more\" USE=\"Schemas\">" + repeated(40'000, [](auto i) {
                     return "<file ID=\"x" + std::to_string(i) + "\"><FLocat/></file>\n";
                   }) + "</fileGrp><fileGrp ID=\"g-sch\"");
  const auto report = verify();
  for (const auto* code : {"CSIP68", "CSIP69", "CSIP70", "CSIP71", "CSIP72", "CSIP77", "CSIP79"}) {
    EXPECT_TRUE(has(report, code)) << code;
  }
}

TEST_F(HostileMets, ManyGroupsAndDivisionsAreComparedInLittleTime) {
  package_.replace("<fileGrp ID=\"g-sch\"",
                   repeated(40'000, [](auto i) {
                     return fmt::format("<fileGrp ID=\"a{}\" USE=\"Representations/a{}/\"/>\n", i,
                                        i);
                   }) + "<fileGrp ID=\"g-sch\"");
  package_.replace("<div ID=\"d-sch\"",
                   repeated(40'000, [](auto i) {
                     return fmt::format("<div LABEL=\"Representations/b{}\"><mptr/></div>\n", i);
                   }) + "<div ID=\"d-sch\"");
  const auto report = verify();
  EXPECT_TRUE(has(report, "CSIP107"));
  EXPECT_TRUE(has(report, "CSIP66"));
}

TEST_F(HostileMets, MoreDivisionsThanAreKeptAreNotPassed) {
  package_.replace("<div ID=\"d-sch\"", repeated(600'000, [](auto i) {
                                          return fmt::format("<div LABEL=\"{}\"/>\n", i);
                                        }) + "<div ID=\"d-sch\"");
  EXPECT_TRUE(has(verify(), "PKG-LIMIT"));
}

TEST_F(HostileMets, ManySectionsAndListsOfThem) {
  package_.replace("<digiprovMD", repeated(50'000, [](auto i) {
                                    return fmt::format("<techMD ID=\"t{}\"/>\n", i);
                                  }) + "<digiprovMD");
  package_.replace("ADMID=\"prov\"", "ADMID=\"prov " + repeated(50'000, [](auto i) {
                                       return fmt::format("n{} ", i);
                                     }) + "\"");
  EXPECT_TRUE(has(verify(), "CSIP91"));
}

TEST_F(HostileMets, DeepNestingIsRefused) {
  package_.replace("<div ID=\"d-sch\"", repeated(100'000, [](auto) { return "<div>"; }));
  EXPECT_TRUE(has(verify(), "XML-REFUSED"));
}

TEST_F(HostileMets, NamesThatAreNoTextAreShownAsBytes) {
  package_.put("documentation/\xB0\xB8\x1B[31m.pdf", "x");
  const auto report = verify();
  ASSERT_TRUE(has(report, "CSIP66"));
  for (const auto& finding : report.findings) {
    EXPECT_EQ(finding.message.find('\x1B'), finding.message.npos);
  }
}

TEST_F(HostileMets, LinksAreNotFollowed) {
  std::filesystem::remove(package_.path() / "documentation/read me.txt");
  std::filesystem::create_symlink("/etc/passwd", package_.path() / "documentation/read me.txt");
  const auto report = verify();
  EXPECT_TRUE(has(report, "PKG-LINK"));
  EXPECT_TRUE(has(report, "CSIP79"));
  std::filesystem::remove_all(package_.path() / "representations");
  std::filesystem::create_directory_symlink(package_.path(), package_.path() / "representations");
  EXPECT_TRUE(has(verify(), "PKG-LINK"));
}

}  // namespace
}  // namespace anjuan::packager
