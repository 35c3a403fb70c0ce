#include "tests/bench/big_case.h"

#include <array>
#include <fstream>
#include <iostream>
#include <iterator>

#include "core/case/case_file.h"
#include "preservation/rules/judgement.h"

namespace anjuan::bench {

namespace {

constexpr std::uint64_t kDocumentsOfStep = 50;
constexpr std::array<std::string_view, 4> kSteps = {"EV_SITE", "EV_INQUIRY", "EV_SAMPLE",
                                                    "EV_EVIDENCE"};
constexpr std::array<std::string_view, 5> kKinds = {"D_SITE", "D_INQ", "D_SAMPLE", "D_DOC_EVID",
                                                    "D_SAMPLE_LIST"};
constexpr std::string_view kOfficers =
    R"([{"name": "林样甲", "cert_no": "样18000001"}, {"name": "陈样乙", "cert_no": "样18000002"}])";

std::string day_of_step(std::uint64_t step) {
  return fmt::format("2025-{:02}-{:02}", 3 + step / 28 % 9, 1 + step % 28);
}

std::string event(std::uint64_t step) {
  const auto day = day_of_step(step);
  return fmt::format(
      R"({{"id": "E{:04}", "kind": "{}", "start": "{}T09:00+08:00", "end": "{}T10:00+08:00", )"
      R"("place": "样山镇样村", "officers": {}, "cert_shown": true, "party_present": true}})",
      step, kSteps.at(step % kSteps.size()), day, day, kOfficers);
}

std::string document(std::uint64_t number) {
  const auto step = number / kDocumentsOfStep;
  const auto kind = kKinds.at(number % kKinds.size());
  const auto page = number * 2 + 1;
  return fmt::format(
      R"({{"id": "D{:05}", "seq": {}, "kind": "{}", "title": "第{}件文书", "doc_no": "", )"
      R"("date": "{}", "pages": 2, "event": "E{:04}", "file": "docs/D{:05}.pdf", )"
      R"("signed": {{"officer": 2, "party": 1}}, "refused": false, "fields": {{}}, )"
      R"("page_from": {}, "page_to": {}}})",
      number, number + 1, kind, number + 1, day_of_step(step), step, number, page, page + 1);
}

std::string index_line(std::uint64_t number, bool is_last) {
  const auto page = number * 2 + 1;
  const auto pages = is_last ? fmt::format("{}-{}", page, page + 1) : std::to_string(page);
  return fmt::format(
      R"({{"seq": {}, "doc_no": "", "author": "澄溪县水利局", "title": "第{}件文书", )"
      R"("date": "{}", "pages": "{}", "note": ""}})",
      number + 1, number + 1, day_of_step(number / kDocumentsOfStep), pages);
}

std::string recording(std::uint64_t number, std::uint64_t steps) {
  const auto step = number % steps;
  const auto day = day_of_step(step);
  return fmt::format(
      R"({{"id": "V{:04}", "event": "E{:04}", "method": "录像", "made_at": "{}T08:59:00+08:00", )"
      R"("duration_s": 3720, "maker": "陈样乙", "purpose": "证明检查过程", )"
      R"("tags": ["现场环境", "人员体貌言行"], "stored_at": "{}T18:00+08:00", )"
      R"("continuous": true, "device_id": "ZFJLY-{:02}", "remote": false, )"
      R"("store": "执法信息系统", "in_package": true, "file": "av/V{:04}.mp4", )"
      R"("location": "执法信息系统/V{:04}.mp4", "content_summary": "检查过程", )"
      R"("file_time": "{}T08:59:00+08:00", "note_in_file": true}})",
      number, step, day, day, number % 90, number, number, day);
}

template <typename Item>
void write_list(std::ofstream& out, std::string_view key, std::uint64_t count, const Item& item) {
  out << ",\n \"" << key << "\": [";
  for (std::uint64_t i = 0; i < count; ++i) out << (i == 0 ? "\n  " : ",\n  ") << item(i);
  out << "\n ]";
}

}  // namespace

void write_big_case(std::uint64_t documents, std::uint64_t recordings,
                    const std::filesystem::path& target) {
  std::ofstream out(target, std::ios::binary);
  const auto steps = std::max<std::uint64_t>(1, documents / kDocumentsOfStep);
  out << R"({"case_no": "样水罚〔2025〕99号", "type": "行政处罚", "procedure": "普通程序",)"
      << R"( "initiation": "移送", "title": "样例大案", "officers": )" << kOfficers
      << R"(, "has_decision": false, "has_close": true, "closed_at": "2025-12-22",)"
      << R"( "file_formed_at": "2025-12-23", "handed_over_at": "2025-12-24",)"
      << R"( "handed_over_by": "林样甲", "received_by": "何样己",)"
      << R"( "retention": {"years": 30, "code": "D30", "basis": "样例"}, "total_pages": )"
      << documents * 2;
  write_list(out, "events", steps, event);
  write_list(out, "docs", documents, document);
  write_list(out, "av", recordings, [&](std::uint64_t n) { return recording(n, steps); });
  write_list(out, "index", documents,
             [&](std::uint64_t n) { return index_line(n, n + 1 == documents); });
  out << "\n}\n";
}

void judge_case(const std::filesystem::path& path) {
  std::string text;
  {
    std::ifstream in(path, std::ios::binary);
    text.assign(std::istreambuf_iterator<char>(in), {});
  }
  const auto file = CaseFile::from_json(text, path.filename().string());
  const auto judgement = rules::judge(file, rules::LawBook::load());
  std::cout << judgement.count(CheckResult::kPassed) << " passed, "
            << judgement.count(CheckResult::kFailed) << " failed\n";
}

}  // namespace anjuan::bench
