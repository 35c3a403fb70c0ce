#include <cstdlib>

#include <gtest/gtest.h>

#include "packager/package_builder.h"
#include "packager/package_readme.h"
#include "tests/support/packages.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

/// Columns of a line: Chinese characters and marks take two.
std::size_t columns(const std::string& line) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < line.size();) {
    const auto lead = static_cast<unsigned char>(line[i]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    count += bytes < 3 ? 1 : 2;
    i += bytes;
  }
  return count;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

ReadmeFacts facts() {
  return {PackageId::of_case("0123", "澄水罚〔2025〕12号"), "某建材公司未经批准擅自取水案",
          "澄水罚〔2025〕12号", "澄溪县水利局", "2026-11-23T10:00:00+08:00"};
}

TEST(Readme, NamesTheCaseAndThePackage) {
  const auto text = package_readme(facts());
  for (const auto* word :
       {"某建材公司未经批准擅自取水案", "澄水罚〔2025〕12号", "澄溪县水利局",
        "aip-5baa3fd5-690f-8e53-a3a1-035f4d75febe", "urn:uuid:5baa3fd5-690f-8e53-a3a1-035f4d75febe",
        "2026-11-23T10:00:00+08:00", ANJUAN_VERSION}) {
    EXPECT_NE(text.find(word), text.npos) << word;
  }
  EXPECT_EQ(text.find("@@"), text.npos);
}

TEST(Readme, FitsATerminalEvenWithLongNames) {
  auto long_facts = facts();
  for (int i = 0; i < 60; ++i) long_facts.title += "很长的题名";
  for (int i = 0; i < 60; ++i) long_facts.creator += "long ";
  for (const auto& line : lines_of(package_readme(long_facts))) {
    EXPECT_LE(columns(line), kReadmeColumns) << line;
  }
}

TEST(Readme, WrapsAtTheIndent) {
  EXPECT_EQ(wrap_value(std::string(61, 'x'), 19), std::string(61, 'x'));
  EXPECT_EQ(wrap_value(std::string(62, 'x'), 19),
            std::string(61, 'x') + "\n" + std::string(19, ' ') + "x");
  EXPECT_EQ(wrap_value("案案", 77), "案\n" + std::string(77, ' ') + "案");
  EXPECT_EQ(wrap_value("a\nb", 0), "a b");
}

struct Block {
  std::string folder;  ///< "object" or "package"
  std::string commands;
};

/// The command blocks between the scissors.
std::vector<Block> blocks_of(const std::string& readme) {
  std::vector<Block> blocks;
  bool inside = false;
  for (const auto& line : lines_of(readme)) {
    if (line.starts_with("----8<---- ")) {
      blocks.push_back({line.substr(11), ""});
      inside = true;
    } else if (line == "---->8----") {
      inside = false;
    } else if (inside) {
      blocks.back().commands += line + "\n";
    }
  }
  return blocks;
}

/// Runs the README's commands on a built package, as a person would paste them.
class ReadmeCommands : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    for (const auto* tool : {"bash", "sha512sum", "jq", "python3", "xmllint"}) {
      const auto command = "command -v " + std::string(tool) + " >/dev/null";
      if (std::system(command.c_str()) != 0) GTEST_SKIP() << tool << " is not installed";
    }
    draft_ = test::case_draft(folder_ / "in", content());
    build_first_version(draft_, object_);
    aip_ = object_ / "v1/content" / draft_.id.objid();
    const auto blocks = blocks_of(test::read_text(aip_ / "documentation/README.txt"));
    ASSERT_EQ(blocks.size(), 4U);
    block_ = blocks.at(GetParam());
  }

  static test::DraftContent content() {
    auto content = test::hostile_content();
    // A name with a line break is beyond `sha512sum -c`; the Python block reads it.
    if (GetParam() == 0) {
      std::erase_if(content,
                    [](const auto& file) { return file.first.find('\n') != std::string::npos; });
    }
    return content;
  }

  int run() {
    test::write_text(folder_ / "commands", "set -e -o pipefail\n" + block_.commands);
    const auto where = block_.folder == "object" ? object_ : aip_;
    const auto command = "cd '" + where.string() + "' && bash '" + (folder_ / "commands").string() +
                         "' >'" + (folder_ / "output").string() + "' 2>&1";
    return std::system(command.c_str());
  }

  std::string output() { return test::read_text(folder_ / "output"); }

  TemporaryFolder folder_;
  fs::path object_ = folder_ / "object";
  fs::path aip_;
  PackageDraft draft_{PackageId::of_case("0123", "1")};
  Block block_;
};

TEST_P(ReadmeCommands, FindAnIntactPackageIntact) { EXPECT_EQ(run(), 0) << output(); }

TEST_P(ReadmeCommands, FindDamage) {
  // The last block judges the form of METS.xml, the others digests.
  const auto victim =
      GetParam() == 3 ? aip_ / "METS.xml" : aip_ / "representations/original/data/a+b.pdf";
  auto bytes = test::read_text(victim);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  if (GetParam() == 3) bytes.replace(bytes.find("<metsHdr"), 8, "<metsHDR");
  test::write_text(victim, bytes);
  EXPECT_NE(run(), 0) << output();
}

INSTANTIATE_TEST_SUITE_P(Blocks, ReadmeCommands, testing::Values(0U, 1U, 2U, 3U));

class ReadmeDigestCommands : public ReadmeCommands {};

TEST_P(ReadmeDigestCommands, NameAMissingFile) {
  fs::remove(aip_ / "representations/original/data/A.pdf");
  EXPECT_NE(run(), 0) << output();
  EXPECT_NE(output().find("A.pdf"), std::string::npos) << output();
}

INSTANTIATE_TEST_SUITE_P(Blocks, ReadmeDigestCommands, testing::Values(0U, 1U, 2U));

TEST(Readme, IsNotRewrittenByAnEdit) {
  TemporaryFolder folder;
  build_first_version(test::case_draft(folder / "in"), folder / "object");
  build_next_version(test::edit_draft(), folder / "object", folder / "next");
  for (const auto& [path, bytes] : test::tree(folder / "next")) {
    EXPECT_EQ(path.find("README"), path.npos) << path;
  }
}

}  // namespace
}  // namespace anjuan::packager
