// anjuan forms: printable forms of submissions and of stored packages.
#include "core/json.h"
#include "preservation/rules/review_xml.h"
#include "tests/cli/home_fixture.h"
#include "tests/support/files.h"
#include "tests/support/foreign_archives.h"
#include "tests/support/law.h"

namespace anjuan::test {

namespace fs = std::filesystem;

namespace {

class FormsVerb : public HomeTest {
 protected:
  fs::path put_declaration(const std::string& name) const {
    put_file(folder_ / name / "case.json", sample_json(name).dump_pretty());
    return folder_ / name / "case.json";
  }

  ProcessResult forms(const fs::path& subject, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"forms", subject.string(), "--out", out_.string()});
    return anjuan(more);
  }

  std::string text(const std::string& name) const { return read_text(out_ / name); }

  fs::path out_ = folder_ / "out";
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// `xml` with an entry in each open item.
std::string filled(std::string xml) {
  const std::string open = "state=\"open\"";
  for (auto at = xml.find(open); at != xml.npos; at = xml.find(open, at + 1)) {
    const auto begin = xml.rfind("<item", at);
    const bool is_basic = has(xml.substr(begin, at - begin), "part=\"veto\"");
    const std::string entry = std::string("<entry ") +
                              (is_basic ? "met=\"true\"" : "deduction=\"0.5\"") +
                              " by=\"周样寅\" at=\"2025-09-30\"/>";
    xml.insert(xml.find("</item>", at), entry);
  }
  return xml;
}

}  // namespace

TEST_F(FormsVerb, WritesEachFormAsHtmlAndPdfAndTheSheetAsXml) {
  const auto made = forms(put_declaration("E"), {"--json", "--due", "2025-10-15"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  for (const auto* stem :
       {"cover", "contents", "end-note", "recordings", "review", "defects", "rectification"}) {
    EXPECT_TRUE(has(text(stem + std::string(".html")), "<!DOCTYPE html>")) << stem;
    EXPECT_EQ(text(stem + std::string(".pdf")).rfind("%PDF-", 0), 0U) << stem;
    EXPECT_TRUE(has(made.out, "\"" + (out_ / stem).string() + ".pdf\"}")) << made.out;
  }
  EXPECT_TRUE(has(made.out, "{\"form\":\"案卷封面\",\"out\":"));
  EXPECT_TRUE(has(text("rectification.html"), "2025年10月15日"));
  EXPECT_TRUE(has(text("rectification.html"), "发现下列 17 处不符合"));
  const auto sheet = rules::read_review(text("review.xml"), "review.xml");
  EXPECT_EQ(sheet.case_no, sample_case("E").case_no());
  EXPECT_FALSE(sheet.is_complete);
  EXPECT_EQ(sheet.rules_digest, law().rules->digest());
}

TEST_F(FormsVerb, GradesOnceThePersonHasFilledTheSheet) {
  const auto declared = put_declaration("A");
  ASSERT_EQ(forms(declared).exit_code, 0);
  EXPECT_TRUE(has(text("review.html"), "系统预评分，不作为评查结论"));
  put_file(folder_ / "filled.xml", filled(text("review.xml")));
  const auto made = forms(declared, {"--review", (folder_ / "filled.xml").string()});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_FALSE(has(text("review.html"), "系统预评分"));
  EXPECT_TRUE(has(text("review.html"), "优秀"));
  const auto sheet = rules::read_review(text("review.xml"), "review.xml");
  EXPECT_TRUE(sheet.is_complete);
  EXPECT_EQ(sheet.grade, "优秀");
  EXPECT_EQ(sheet.maximum - sheet.sum, 20) << "four items at half a point";
}

TEST_F(FormsVerb, DoesNotPrintOverWhatAPersonWrote) {
  const auto declared = put_declaration("A");
  ASSERT_EQ(forms(declared).exit_code, 0);
  ASSERT_EQ(forms(declared).exit_code, 0) << "forms are made anew";
  put_file(out_ / "review.xml", filled(text("review.xml")));
  const auto again = forms(declared);
  EXPECT_NE(again.exit_code, 0);
  EXPECT_TRUE(has(again.err, "--review")) << again.err;
  EXPECT_EQ(forms(declared, {"--review", (out_ / "review.xml").string()}).exit_code, 0);
  EXPECT_TRUE(has(text("review.xml"), "周样寅"));
}

TEST_F(FormsVerb, RefusesAReviewOfAnotherCaseOrOffTheTable) {
  ASSERT_EQ(forms(put_declaration("A")).exit_code, 0);
  put_file(folder_ / "filled.xml", filled(text("review.xml")));
  const auto other = forms(put_declaration("B"), {"--review", (folder_ / "filled.xml").string()});
  EXPECT_EQ(other.exit_code, 4) << other.err;
  EXPECT_TRUE(has(other.err, "不是本案")) << other.err;
  put_file(folder_ / "off.xml",
           "<entries xmlns=\"urn:anjuan:review:1\">"
           "<entry item=\"F1\" deduction=\"9\" by=\"周样寅\" at=\"2025-09-30\"/></entries>");
  const auto off = forms(folder_ / "A/case.json", {"--review", (folder_ / "off.xml").string()});
  EXPECT_EQ(off.exit_code, 4);
  EXPECT_TRUE(has(off.err, "满分 2 分")) << off.err;
}

TEST_F(FormsVerb, WritesNothingIntoTheSubmission) {
  put_declaration("A");
  const auto inside =
      anjuan({"forms", (folder_ / "A").string(), "--out", (folder_ / "A/forms").string()});
  EXPECT_EQ(inside.exit_code, 2) << inside.err;
  EXPECT_FALSE(fs::exists(folder_ / "A/forms"));
  EXPECT_EQ(forms(put_declaration("A"), {"--due", "soon"}).exit_code, 2);
}

TEST_F(FormsVerb, PrintsAStoredPackage) {
  const auto stored = anjuan({"ingest", submission_.string(), "--json"});
  ASSERT_EQ(stored.exit_code, 0) << stored.out << stored.err;
  const auto at = stored.out.find("\"package\":\"") + 11;
  const auto id = stored.out.substr(at, stored.out.find('"', at) - at);
  const auto made = forms(id);
  ASSERT_EQ(made.exit_code, 0) << made.err << stored.out;
  EXPECT_TRUE(fs::exists(out_ / "cover.pdf"));
  const auto sheet = text("recordings.html");
  EXPECT_FALSE(has(sheet, "入库时计算")) << "a stored recording has its digest";
  EXPECT_FALSE(has(sheet, "尚待核查")) << "and was looked at";
  EXPECT_NE(forms("urn:uuid:00000000-0000-4000-8000-000000000000").exit_code, 0);
}

TEST_F(FormsVerb, SaysWhichFontIsMissingAndStillWritesHtml) {
  put_file(folder_ / "fonts.conf",
           "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig/>");
  const auto made = anjuan({"forms", put_declaration("A").string(), "--out", out_.string()},
                           {{"FONTCONFIG_FILE", (folder_ / "fonts.conf").string()}});
  EXPECT_EQ(made.exit_code, 4);
  EXPECT_TRUE(has(made.err, "Noto Serif CJK SC")) << made.err;
  EXPECT_TRUE(has(made.err, "fonts-noto-cjk")) << made.err;
  EXPECT_TRUE(fs::exists(out_ / "review.html"));
  EXPECT_FALSE(fs::exists(out_ / "cover.pdf"));
}

}  // namespace anjuan::test
