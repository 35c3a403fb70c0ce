// anjuan check, and what ingest does with cases that the rules find wanting.
#include <set>

#include "core/digest.h"
#include "core/json.h"
#include "preservation/rules/check_report.h"
#include "tests/cli/home_fixture.h"
#include "tests/support/files.h"
#include "tests/support/foreign_archives.h"
#include "tests/support/law.h"

namespace anjuan::test {

namespace fs = std::filesystem;

namespace {

std::vector<Json> lines_of(const std::string& out) {
  std::vector<Json> lines;
  std::size_t begin = 0;
  while (begin < out.size()) {
    const auto end = std::min(out.find('\n', begin), out.size());
    if (end > begin) lines.push_back(Json::parse(out.substr(begin, end - begin), "stdout"));
    begin = end + 1;
  }
  return lines;
}

/// "rule object" of every failed result, as the goldens count them.
std::multiset<std::string> failed_in(const std::vector<Json>& lines) {
  std::multiset<std::string> failed;
  for (const Json& line : lines) {
    if (line.text_or("result", "") != "failed") continue;
    failed.insert(line.text_or("rule", "") + " " + line.text_or("object", ""));
  }
  return failed;
}

/// Its recordings lie in the enforcement system: they are judged by the declaration.
Json with_recordings_elsewhere(Json declared) {
  std::vector<Json> recordings;
  for (const Json& recording : declared.find("av")->items()) {
    std::vector<Json::Member> kept;
    for (const auto& member : recording.members()) {
      if (member.first != "file" && member.first != "segments") kept.push_back(member);
    }
    recordings.push_back(Json::object(std::move(kept)));
  }
  declared.set("av", Json::array(std::move(recordings)));
  return declared;
}

/// The case with a few bytes for each document that it names.
void put_case(const fs::path& folder, const std::string& name) {
  const auto text = with_recordings_elsewhere(sample_json(name)).dump_pretty();
  const auto declared = CaseFile::from_json(text, "case.json");
  put_file(folder / "case.json", text);
  for (const auto& file : declared.named_files()) put_file(folder / file.path, "bytes of " + name);
}

class Check : public HomeTest {
 protected:
  void SetUp() override {
    HomeTest::SetUp();
    for (const char* name : {"A", "E", "F"}) put_case(folder_ / name, name);
  }

  /// A statement for the sample case, with a scan beside it.
  fs::path put_statement(const std::string& name) const {
    const auto declared = sample_case(name);
    auto parts = statement_of(declared, rules::judge(declared, law()));
    parts.scan_sha512 = digest_hex(DigestAlgorithm::kSha512, "signed");
    put_file(folder_ / "scan.pdf", "signed");
    put_file(folder_ / "defects.xml", parts.xml());
    return folder_ / "defects.xml";
  }

  std::size_t stored() const {
    std::size_t objects = 0;
    for (const auto& [path, bytes] : tree_of(home_ / "storage")) {
      objects += fs::path(path).filename() == "0=ocfl_object_1.1" ? 1U : 0U;
    }
    return objects;
  }

  std::string in_storage(const std::string& suffix) const {
    for (const auto& [path, bytes] : tree_of(home_ / "storage")) {
      if (path.ends_with(suffix)) return bytes;
    }
    return "";
  }
};

}  // namespace

TEST_F(Check, ABareDeclarationIsJudgedAndSaysSo) {
  const fs::path file = folder_ / "A" / "case.json";
  const auto told = anjuan({"check", file.string()});
  EXPECT_EQ(told.exit_code, 0) << told.out << told.err;
  EXPECT_NE(told.out.find("录音录像未实测"), std::string::npos) << told.out;
  const auto result = anjuan({"check", file.string(), "--json"});
  EXPECT_EQ(failed_in(lines_of(result.out)), std::multiset<std::string>{});
  const Json last = lines_of(result.out).back();
  EXPECT_EQ(last.text_or("verdict", ""), "complete");
  EXPECT_EQ(last.find("findings")->as_integer(), 0);
}

TEST_F(Check, NeedsNoHomeAndStoresNothing) {
  const auto before = tree_of(folder_ / "E");
  const auto result = run_anjuan(folder_ / "nowhere", {"check", (folder_ / "E").string()});
  EXPECT_EQ(result.exit_code, 3) << result.out << result.err;
  EXPECT_FALSE(fs::exists(folder_ / "nowhere"));
  EXPECT_EQ(tree_of(folder_ / "E"), before);
}

TEST_F(Check, AFolderAndABareDeclarationGiveTheSameFindings) {
  const auto folder = anjuan({"check", (folder_ / "E").string(), "--json"});
  const auto bare = anjuan({"check", (folder_ / "E" / "case.json").string(), "--json"});
  EXPECT_EQ(folder.exit_code, 3);
  EXPECT_EQ(bare.exit_code, 3);
  EXPECT_EQ(failed_in(lines_of(folder.out)), failed_in(lines_of(bare.out)));
  EXPECT_EQ(lines_of(bare.out).back().text_or("verdict", ""), "blocked");
}

TEST_F(Check, AMissingFileMakesACaseIncomplete) {
  fs::remove(folder_ / "A" / sample_case("A").documents().front().file);
  const auto result = anjuan({"check", (folder_ / "A").string(), "--json"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(lines_of(result.out).back().text_or("verdict", ""), "incomplete");
}

TEST_F(Check, OneUnreadableSubmissionDoesNotStopTheOthers) {
  put_file(folder_ / "broken" / "case.json", "{");
  const auto result =
      anjuan({"check", (folder_ / "broken").string(), (folder_ / "A").string(), "--json"});
  EXPECT_EQ(result.exit_code, 4) << result.out << result.err;
  EXPECT_EQ(lines_of(result.out).back().text_or("verdict", ""), "complete");
}

TEST_F(Check, ResultsThatRestOnARecordingSayOnWhat) {
  const auto result = anjuan({"check", (folder_ / "E").string(), "--json"});
  bool seen = false;
  for (const Json& line : lines_of(result.out)) {
    if (line.text_or("rule", "") != "QCL-15-6") continue;
    seen = true;
    EXPECT_EQ(line.text_or("basis_of_fact", ""), "declared");
  }
  EXPECT_TRUE(seen) << result.out;
}

TEST_F(Check, SaysWhichRecordingCouldNotBeMeasuredAndNotThatNoneWas) {
  SmallCase three;
  three.files["av/V02.mp4"] = small_recording();
  three.files["av/V03.mp4"] = std::string(4000, 'x');
  write_submission(folder_ / "three", three);
  const auto some = anjuan({"check", folder_ / "three"});
  EXPECT_NE(some.out.find("有 1 件未能实测，只按申报判定：V03。"), std::string::npos) << some.out;
  EXPECT_EQ(some.out.find("录音录像未实测"), std::string::npos) << some.out;
  const auto none = anjuan({"check", folder_ / "A"});
  EXPECT_NE(none.out.find("按申报判定，录音录像未实测。"), std::string::npos) << none.out;
  EXPECT_EQ(none.out.find("件未能实测"), std::string::npos) << none.out;
}

TEST_F(Check, IngestSendsABlockedCaseBackWithADateAndStoresNothing) {
  const auto result = anjuan({"ingest", (folder_ / "E").string()});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_NE(result.out.find("退回补正"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("2026-11-30"), std::string::npos) << result.out;
  EXPECT_EQ(stored(), 0U);
  EXPECT_TRUE(tree_of(home_ / "workspace").empty() || stored() == 0U);
}

TEST_F(Check, IngestWithAStatementStoresADefectiveVolumeWithAllThatWasFound) {
  const auto statement = put_statement("F");
  const auto result =
      anjuan({"ingest", (folder_ / "F").string(), "--defects", statement.string(), "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_EQ(lines_of(result.out).back().text_or("verdict", ""), "defective");
  EXPECT_EQ(in_storage("metadata/other/defects.xml"), read_text(statement));
  EXPECT_EQ(in_storage("metadata/other/defects-scan.pdf"), "signed");
  const auto report = rules::read_check_report(in_storage("metadata/other/checks.xml"));
  EXPECT_EQ(report.verdict, "defective");
  EXPECT_EQ(report.results.size(), 3U);
  const Json rules = Json::parse(in_storage("metadata/other/rules.json"), "rules.json");
  EXPECT_TRUE(rules.is_object());
  EXPECT_EQ(digest_hex(DigestAlgorithm::kSha512, in_storage("metadata/other/rules.json")),
            report.rules_digest);
  EXPECT_EQ(anjuan({"verify", "--all"}).exit_code, 0);
  const auto list = anjuan({"list", "--json"});
  EXPECT_NE(list.out.find("\"verdict\":\"defective\""), std::string::npos) << list.out;
}

TEST_F(Check, AVerdictOutlivesAnEditedDescriptionAndASecondIngest) {
  const auto statement = put_statement("F");
  const std::vector<std::string> arguments = {"ingest", (folder_ / "F").string(), "--defects",
                                              statement.string(), "--json"};
  const auto first = anjuan(arguments);
  ASSERT_EQ(first.exit_code, 0) << first.out << first.err;
  const std::string id = lines_of(first.out).back().text_or("package", "");
  EXPECT_EQ(lines_of(anjuan(arguments).out).back().text_or("verdict", ""), "defective");
  const auto edited = anjuan({"describe", id, "--set", "title=更正后的题名", "--reason", "更正"});
  ASSERT_EQ(edited.exit_code, 0) << edited.out << edited.err;
  const auto list = anjuan({"list", "--json"});
  EXPECT_NE(list.out.find("\"verdict\":\"defective\""), std::string::npos) << list.out;
}

TEST_F(Check, AnAlteredScanCoversNothing) {
  const auto statement = put_statement("F");
  put_file(folder_ / "scan.pdf", "another");
  const auto result = anjuan({"ingest", (folder_ / "F").string(), "--defects", statement.string()});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_NE(result.out.find("DEFECT-09"), std::string::npos) << result.out;
  EXPECT_EQ(stored(), 0U);
}

TEST_F(Check, ACompleteCaseIsStoredAsComplete) {
  const auto result = anjuan({"ingest", (folder_ / "A").string(), "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_EQ(lines_of(result.out).back().text_or("verdict", ""), "complete");
}

TEST_F(Check, AMarkOfSecrecyStopsACaseAndSaysWhereItsBytesLie) {
  Json marked = sample_json("A");
  marked.set("security", Json::string("机密★10年"));
  put_file(folder_ / "A" / "case.json", with_recordings_elsewhere(marked).dump_pretty());
  const auto result = anjuan({"ingest", (folder_ / "A").string()});
  EXPECT_EQ(result.exit_code, 3) << result.out << result.err;
  EXPECT_EQ(stored(), 0U);
  EXPECT_NE(result.err.find("保密员"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find((home_ / "workspace").string()), std::string::npos) << result.err;
  const auto confirmed =
      anjuan({"ingest", (folder_ / "A").string(), "--not-secret", "保密员方样子核实，误标"});
  EXPECT_EQ(confirmed.exit_code, 0) << confirmed.out << confirmed.err;
  bool told = false;
  for (const auto& [path, bytes] : tree_of(home_ / "storage")) {
    told = told || bytes.find("保密员方样子核实") != bytes.npos;
  }
  EXPECT_TRUE(told);
}

TEST_F(Check, ListsWhatIsDueAndANewCalendarMakesItCertain) {
  Json open_case = sample_json("A");
  open_case.set("filed_at", Json::string("2026-12-01"));
  open_case.set("decided_at", Json::string("2026-12-28"));
  open_case.set("published_at", Json::null());
  put_file(folder_ / "A" / "case.json", with_recordings_elsewhere(open_case).dump_pretty());
  const std::vector<std::string> due = {"check", (folder_ / "A").string(), "--due", "--json"};
  const auto before = lines_of(anjuan(due).out);
  ASSERT_EQ(before.size(), 1U);
  EXPECT_EQ(before[0].text_or("due", ""), "2027-01-06");
  EXPECT_EQ(before[0].text_or("object", ""), "case");
  EXPECT_EQ(before[0].find("days_left")->as_integer(), 44);
  EXPECT_TRUE(before[0].find("provisional")->as_boolean());
  ASSERT_EQ(anjuan({"ingest", (folder_ / "A").string()}).exit_code, 0);
  put_file(folder_ / "2027.json", R"({"schema": "urn:anjuan:calendar:1", "year": 2027,
    "title": "国务院办公厅关于2027年部分节假日安排的通知", "source_url": "https://www.gov.cn/",
    "off": ["2027-01-01", "2027-01-04"], "work": [], "statutory": ["2027-01-01"],
    "names": {"2027-01-01": "元旦", "2027-01-04": "元旦"}})");
  const auto imported = anjuan({"calendar", "import", (folder_ / "2027.json").string(), "--json"});
  ASSERT_EQ(imported.exit_code, 0) << imported.out << imported.err;
  EXPECT_EQ(lines_of(imported.out).back().find("recomputed")->as_integer(), 1);
  const auto after = lines_of(anjuan(due).out);
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].text_or("due", ""), "2027-01-08");
  EXPECT_FALSE(after[0].find("provisional")->as_boolean());
}

TEST_F(Check, ARuleOfTheBureauIsInForceAtOnce) {
  put_file(home_ / "data" / "rules" / "own.json", R"({
    "schema": "urn:anjuan:rules:1", "layer": "bureau", "version": "2026-01", "title": "本局补充规定",
    "values": {"config.own_keys": ["shelf_mark"]},
    "rules": [{"id": "BJ-1", "article": "本局规定1", "phase": "package", "severity": "error",
      "trigger": {"always": true}, "require": {"op": "case_fields", "fields": ["shelf_mark"]},
      "message_zh": "没有填写架位号。", "message_en": "The shelf mark is missing.",
      "source_text": "案卷应当填写架位号", "review_points": 1, "source_verified": true}]})");
  const auto result = anjuan({"check", (folder_ / "A").string(), "--json"});
  EXPECT_EQ(result.exit_code, 3) << result.out << result.err;
  EXPECT_EQ(failed_in(lines_of(result.out)), std::multiset<std::string>{"BJ-1 case"});
}

TEST_F(Check, AWeakenedRuleIsShownInEveryReport) {
  put_file(home_ / "data" / "rules" / "own.json", R"({
    "schema": "urn:anjuan:rules:1", "layer": "bureau", "version": "2026-01", "title": "本局补充规定",
    "weakened": [{"rule": "QCL-16-1", "change": "removed", "reason": "试行期间暂不要求",
      "by": "马样未（法制股）", "at": "2026-03-01", "document": "样法〔2026〕1号"}],
    "rules": []})");
  const auto told = anjuan({"ingest", (folder_ / "A").string()});
  ASSERT_EQ(told.exit_code, 0) << told.out << told.err;
  EXPECT_NE(told.out.find("放宽或停用了 1 条规则"), std::string::npos) << told.out;
  const auto report = rules::read_check_report(in_storage("metadata/other/checks.xml"));
  ASSERT_EQ(report.weakened.size(), 1U);
  EXPECT_EQ(report.weakened[0].rule, "QCL-16-1");
  EXPECT_EQ(report.weakened[0].document, "样法〔2026〕1号");
}

TEST_F(Check, ABadRuleFileIsRefusedWithFileAndLine) {
  put_file(home_ / "data" / "rules" / "own.json", "{\n  \"schema\": \"urn:anjuan:rules:1\",\n x");
  const auto result = anjuan({"check", (folder_ / "A").string()});
  EXPECT_EQ(result.exit_code, 4) << result.out << result.err;
  EXPECT_NE(result.err.find("own.json"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("3"), std::string::npos) << result.err;
}

}  // namespace anjuan::test
