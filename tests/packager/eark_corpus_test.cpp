// Agreement with the labels of the DILCIS corpus, requirement by requirement.
#include <iostream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "core/xml_reader.h"
#include "packager/verify/package_unpack.h"
#include "tests/support/corpora.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;

struct Row {
  std::string requirement;
  std::string package;
  fs::path path;
  bool labelled_valid = true;
};

std::string text_or_empty(const XmlElement* element) { return element ? element->text : ""; }

std::string without_spaces(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isspace(c) != 0; });
  return text;
}

void collect(const XmlElement& element, const std::string& requirement, const fs::path& folder,
             std::vector<Row>& rows) {
  if (element.name == "package") {
    const auto path = without_spaces(text_or_empty(element.child("path")));
    const auto* valid = element.attribute("isValid");
    rows.push_back({requirement, fs::path(path).filename().string(), folder / path,
                    valid != nullptr && *valid == "TRUE"});
  }
  for (const auto& child : element.children) collect(child, requirement, folder, rows);
}

std::vector<Row> rows_of(const fs::path& corpus) {
  std::vector<Row> rows;
  for (const auto& entry : fs::recursive_directory_iterator(corpus)) {
    if (entry.path().filename() != "testCase.xml") continue;
    const auto tree = read_xml_tree(test::text_of(entry.path()), entry.path().string());
    const auto* id = tree.child("id");
    const auto* requirement = id ? id->attribute("requirementId") : nullptr;
    if (requirement) collect(tree, *requirement, entry.path().parent_path(), rows);
  }
  return rows;
}

/// "REQUIREMENT package" of each line of the page on deviations.
std::set<std::string> deviations() {
  std::istringstream page(
      test::text_of(fs::path(ANJUAN_SOURCE_DIR) / "docs/formats/eark-deviations.md"));
  std::set<std::string> named;
  for (std::string line; std::getline(page, line);) {
    const auto colon = line.find(": ");
    const bool row = line.starts_with("CSIP") || line.starts_with("SIP") ||
                     line.starts_with("DIP") || line.starts_with("AIP");
    if (row && colon != line.npos) named.insert(line.substr(0, colon));
  }
  return named;
}

class Corpus : public testing::Test {
 protected:
  const std::set<std::string>& codes(const fs::path& path) {
    const auto [place, fresh] = codes_.try_emplace(path.string());
    if (!fresh) return place->second;
    SilentProgress progress;
    VerifyOptions options;
    options.unpack = unpack_package;
    for (const auto& finding : verify_package(path, options, progress).findings) {
      place->second.insert(finding.code);
    }
    return place->second;
  }

  std::map<std::string, std::set<std::string>> codes_;
};

TEST_F(Corpus, AgreesButForWrittenDeviations) {
  const auto corpus = test::corpora("eark");
  if (corpus.empty()) GTEST_SKIP() << "no corpora/eark: set ANJUAN_CORPORA";
  std::map<std::string, std::pair<int, int>> table;  // requirement -> right, rows
  std::set<std::string> differences;
  int right = 0;
  int absent = 0;
  int judged = 0;
  for (const auto& row : rows_of(corpus)) {
    if (!fs::exists(row.path)) {
      ++absent;
      continue;
    }
    const bool found = codes(row.path).contains(row.requirement);
    const bool agrees = found != row.labelled_valid;
    ++judged;
    right += agrees ? 1 : 0;
    table[row.requirement].first += agrees ? 1 : 0;
    ++table[row.requirement].second;
    if (!agrees) differences.insert(row.requirement + " " + row.package);
  }
  for (const auto& [requirement, figures] : table) {
    std::cout << fmt::format("{:10} {:3} of {:3}\n", requirement, figures.first, figures.second);
  }
  std::cout << fmt::format("right {} of {} rows; {} rows name packages that are not here\n", right,
                           judged, absent);
  EXPECT_EQ(differences, deviations());
  EXPECT_GE(judged, 100);
  EXPECT_LE(static_cast<int>(differences.size()), judged / 10);
}

}  // namespace
}  // namespace anjuan::packager
