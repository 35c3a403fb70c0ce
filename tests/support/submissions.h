#pragma once
// A small submission as a folder and in every container, and what gathering it gives.

#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "core/config.h"
#include "core/finding.h"
#include "ingest/gather.h"
#include "ingest/workspace.h"
#include "tests/support/foreign_archives.h"

namespace anjuan::test {

using Submitted = std::map<std::string, std::string>;  ///< path -> bytes

/// A case of three named files; `extra` members go into case.json, e.g. R"("remark":"x")".
inline std::string small_case(const std::string& case_no = "澄水罚〔2025〕1号") {
  return R"({"case_no":")" + case_no + R"(","title":"样例案","fonds":"0099",)" +
         R"("docs":[{"id":"D01","file":"docs/立案审批表.pdf"},)" +
         R"({"id":"D02","file":"docs/b+c %23.pdf"}],)" +
         R"("av":[{"id":"V01","file":"av/V01.mp4"}]})";
}

inline Submitted small_submission() {
  return {{"case.json", small_case()},
          {"docs/立案审批表.pdf", "%PDF-1.7 one"},
          {"docs/b+c %23.pdf", "%PDF-1.7 two"},
          {"av/V01.mp4", std::string(300'000, 'v')}};
}

inline void put_folder(const std::filesystem::path& folder, const Submitted& files) {
  for (const auto& [path, bytes] : files) put_file(folder / path, bytes);
}

inline std::string zip_of(const Submitted& files, const std::string& top = "") {
  std::vector<ZipItem> items;
  for (const auto& [path, bytes] : files) {
    items.push_back({top + path, bytes, kUtf8Name, 0100644, Packing::kDeflated});
  }
  return make_zip(items);
}

inline std::string tar_of(const Submitted& files, const std::string& top = "") {
  std::vector<TarItem> items;
  for (const auto& [path, bytes] : files) items.push_back({top + path, bytes});
  return make_tar(items);
}

/// "GATHER-01 path" of every finding, in order of their codes.
inline std::set<std::string> codes_of(const Findings& findings) {
  std::set<std::string> codes;
  for (const Finding& finding : findings) codes.insert(finding.code + " " + finding.where);
  return codes;
}

}  // namespace anjuan::test
