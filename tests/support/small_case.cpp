#include "tests/support/small_case.h"

#include <fstream>
#include <sstream>

#include "core/json.h"

namespace anjuan::test {

namespace {

namespace fs = std::filesystem;

constexpr const char* kTitle = "现场示意图";
constexpr const char* kDate = "2026-02-13";

Json document(const std::string& file, std::int64_t number) {
  return Json::object({{"id", Json::string(fmt::format("D{:02}", number))},
                       {"seq", Json::integer(number)},
                       {"kind", Json::string("D_SITE_MAP")},
                       {"title", Json::string(kTitle)},
                       {"doc_no", Json::string("")},
                       {"date", Json::string(kDate)},
                       {"pages", Json::integer(1)},
                       {"event", Json::string("E01")},
                       {"file", Json::string(file)},
                       {"signed", Json::object()},
                       {"refused", Json::boolean(false)},
                       {"fields", Json::object()},
                       {"page_from", Json::integer(number)},
                       {"page_to", Json::integer(number)}});
}

Json index_line(std::int64_t number, bool is_last) {
  const std::string page = std::to_string(number);
  return Json::object({{"seq", Json::integer(number)},
                       {"title", Json::string(kTitle)},
                       {"date", Json::string(kDate)},
                       {"pages", Json::string(is_last ? page + "-" + page : page)}});
}

Json retention() {
  return Json::object({{"years", Json::integer(30)},
                       {"code", Json::string("D30")},
                       {"basis", Json::string("国家档案局令第8号附件 行政处罚(一般)")}});
}

Json recording(const std::string& file, std::int64_t number) {
  return Json::object({{"id", Json::string(fmt::format("V{:02}", number))},
                       {"event", Json::string("E01")},
                       {"method", Json::string("录像")},
                       {"made_at", Json::string("2026-02-13T08:39:40+08:00")},
                       {"duration_s", Json::integer(60)},
                       {"maker", Json::string("陈样乙")},
                       {"purpose", Json::string("证明现场情况")},
                       {"tags", Json::array({Json::string("现场环境")})},
                       {"device_id", Json::string("ZFJLY-07")},
                       {"remote", Json::boolean(false)},
                       {"stored_at", Json::string("2026-02-14T09:00+08:00")},
                       {"store", Json::string("执法信息系统")},
                       {"in_package", Json::boolean(true)},
                       {"file_time", Json::string("2026-02-13T08:39:40+08:00")},
                       {"note_in_file", Json::boolean(true)},
                       {"file", Json::string(file)}});
}

bool is_recording(const std::string& file) {
  return file.ends_with(".mp4") || file.ends_with(".avi") || file.ends_with(".wav");
}

}  // namespace

/// The fixture is 64x48 noise at two pictures a second, made by ffmpeg's lavfi source "color" with
/// the filter noise=alls=20:allf=t; libx264, crf 40, faststart, creation_time 2026-02-13T00:39:40Z.
std::string small_recording(std::size_t bytes) {
  std::ifstream in(fs::path(ANJUAN_SOURCE_DIR) / "tests/fixtures/media/small.mp4",
                   std::ios::binary);
  std::ostringstream read;
  read << in.rdbuf();
  std::string recording = read.str();
  constexpr std::size_t kBoxHead = 8;
  if (bytes < recording.size() + kBoxHead) return recording;
  // A box "free" at the end: what a camera keeps for later.
  const auto size = static_cast<std::uint32_t>(bytes - recording.size());
  for (const int shift : {24, 16, 8, 0}) recording += static_cast<char>(size >> shift);
  recording += "free";
  recording.append(size - kBoxHead, '\0');
  return recording;
}

std::string SmallCase::declaration() const {
  Json docs = Json::array();
  Json av = Json::array();
  for (const auto& [file, bytes] : files) {
    if (is_recording(file)) {
      av.append(recording(file, static_cast<std::int64_t>(av.items().size()) + 1));
    } else {
      docs.append(document(file, static_cast<std::int64_t>(docs.items().size()) + 1));
    }
  }
  const auto pages = static_cast<std::int64_t>(docs.items().size());
  Json index = Json::array();
  for (std::int64_t page = 1; page <= pages; ++page) index.append(index_line(page, page == pages));
  Json event = Json::object({{"id", Json::string("E01")},
                             {"kind", Json::string("EV_INVEST_END")},
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
                       {"retention", retention()},
                       {"total_pages", Json::integer(pages)},
                       {"index", index}})
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
