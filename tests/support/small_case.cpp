#include "tests/support/small_case.h"

#include <fstream>
#include <sstream>

#include "core/json.h"

namespace anjuan::test {

namespace {

namespace fs = std::filesystem;

Json document(const std::string& file, std::int64_t number) {
  return Json::object({{"id", Json::string(fmt::format("D{:02}", number))},
                       {"seq", Json::integer(number)},
                       {"kind", Json::string("D_SITE")},
                       {"title", Json::string("现场勘验笔录")},
                       {"doc_no", Json::string("")},
                       {"date", Json::string("2026-02-13")},
                       {"pages", Json::integer(1)},
                       {"event", Json::string("E01")},
                       {"file", Json::string(file)},
                       {"signed", Json::object()},
                       {"refused", Json::boolean(false)},
                       {"fields", Json::object()},
                       {"page_from", Json::integer(number)},
                       {"page_to", Json::integer(number)}});
}

Json recording(const std::string& file, std::int64_t number) {
  return Json::object({{"id", Json::string(fmt::format("V{:02}", number))},
                       {"event", Json::string("E01")},
                       {"method", Json::string("录像")},
                       {"made_at", Json::string("2026-02-13T08:39:40+08:00")},
                       {"duration_s", Json::integer(60)},
                       {"maker", Json::string("陈样乙")},
                       {"purpose", Json::string("证明现场情况")},
                       {"file", Json::string(file)}});
}

bool is_recording(const std::string& file) {
  return file.ends_with(".mp4") || file.ends_with(".wav");
}

}  // namespace

std::string SmallCase::declaration() const {
  Json docs = Json::array();
  Json av = Json::array();
  std::int64_t number = 0;
  for (const auto& [file, bytes] : files) {
    ++number;
    if (is_recording(file)) {
      av.append(recording(file, number));
    } else {
      docs.append(document(file, number));
    }
  }
  Json event = Json::object({{"id", Json::string("E01")},
                             {"kind", Json::string("EV_SITE")},
                             {"start", Json::string("2026-02-13T08:40+08:00")},
                             {"end", Json::string("2026-02-13T09:20+08:00")}});
  return Json::object({{"case_no", Json::string(case_no)},
                       {"type", Json::string("行政处罚")},
                       {"title", Json::string(title)},
                       {"agency", Json::string("样县水利局(样例)")},
                       {"fonds", Json::string("样J012")},
                       {"category", Json::string("ZY·CF")},
                       {"year", Json::integer(2026)},
                       {"file_no", Json::string("0001")},
                       {"events", Json::array({event})},
                       {"docs", docs},
                       {"av", av},
                       {"index", Json::array()}})
      .dump_pretty();
}

void write_submission(const fs::path& folder, const SmallCase& small_case) {
  fs::create_directories(folder);
  std::ofstream(folder / "case.json") << small_case.declaration();
  for (const auto& [path, bytes] : small_case.files) {
    fs::create_directories((folder / path).parent_path());
    std::ofstream(folder / path, std::ios::binary) << bytes;
  }
}

std::map<std::string, std::string> tree_of(const fs::path& folder) {
  std::map<std::string, std::string> tree;
  if (!fs::exists(folder)) return tree;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    tree[fs::relative(entry.path(), folder).string()] = bytes.str();
  }
  return tree;
}

}  // namespace anjuan::test
