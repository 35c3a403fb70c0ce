#include "core/config.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan {
namespace {

using test::TemporaryFolder;
using test::thrown_by;
using test::write_text;

class ConfigTest : public testing::Test {
 protected:
  Config load(std::string_view text) {
    write_text(path, text);
    return Config::load(path);
  }

  test::Thrown refusal(std::string_view text) {
    return thrown_by([&] { load(text); });
  }

  /// Line and column that a refusal names.
  std::string place(const test::Thrown& error) {
    return error.subject.substr(path.string().size());
  }

  TemporaryFolder folder;
  std::filesystem::path path = folder / "anjuan.toml";
};

TEST_F(ConfigTest, OfAnEmptyFileIsTheDefault) { EXPECT_EQ(load("").show(), Config().show()); }

TEST_F(ConfigTest, TheCommentedDefaultsAreTheDefault) {
  const std::string text = Config::commented_defaults();
  EXPECT_EQ(load(text).show(), Config().show());
  EXPECT_NE(text.find("# 立档单位全称"), std::string::npos);
}

TEST_F(ConfigTest, EveryShownLineIsInTheCommentedDefaults) {
  const std::string defaults = Config::commented_defaults();
  std::istringstream shown(Config().show());
  int keys = 0;
  for (std::string line; std::getline(shown, line);) {
    EXPECT_NE(defaults.find("\n" + line + "\n"), std::string::npos) << line;
    keys += line.find(" = ") != line.npos ? 1 : 0;
  }
  EXPECT_EQ(keys, 14);
}

TEST_F(ConfigTest, TakesEveryKey) {
  const Config config = load(R"(
[archive]
name = "澄溪县水利局"
fonds_code = "0123"
[storage]
primary = "/data/一"
replica = "../二"
[packages]
aip_profile = "https://example.org/p.xml"
[intake]
files_max = 5
bytes_max = 1_048_576
ratio_max = 7
depth_max = 8
sandbox_least = "full"
[virus]
socket = "/tmp/clamd.ctl"
bytes_max = 2_097_152
[retention]
start = "closing-day"
[catalog]
listen = "[::1]:0"
)");
  EXPECT_EQ(config.archive.name, "澄溪县水利局");
  EXPECT_EQ(config.archive.fonds_code, "0123");
  EXPECT_EQ(config.storage.primary, "/data/一");
  EXPECT_EQ(config.storage.replica, "../二");
  EXPECT_EQ(config.packages.aip_profile, "https://example.org/p.xml");
  EXPECT_EQ(config.intake.files_max, 5U);
  EXPECT_EQ(config.intake.bytes_max, 1'048'576U);
  EXPECT_EQ(config.intake.ratio_max, 7U);
  EXPECT_EQ(config.intake.depth_max, 8U);
  EXPECT_EQ(config.intake.sandbox_least, "full");
  EXPECT_EQ(config.retention.start, "closing-day");
  EXPECT_EQ(config.virus.socket, "/tmp/clamd.ctl");
  EXPECT_EQ(config.virus.bytes_max, 2'097'152U);
  EXPECT_EQ(config.catalog.listen, "[::1]:0");
}

TEST_F(ConfigTest, ShowComesBackThroughLoad) {
  Config config;
  config.archive.name = "引号\"反斜\\杠'和 案卷";
  config.storage.replica = "/mnt/副本";
  config.intake.bytes_max = 9'007'199'254'740'993;
  config.catalog.listen = "0.0.0.0:65535";
  EXPECT_EQ(load(config.show()).show(), config.show());
  EXPECT_EQ(load(config.show()).archive.name, config.archive.name);
}

TEST_F(ConfigTest, RefusesAnUnknownKeyAndNamesTheNearest) {
  const auto error = refusal("[intake]\n  file_max = 3\n");
  EXPECT_EQ(error.word, "invalid");
  EXPECT_EQ(place(error), ":2:3");
  EXPECT_NE(error.message.find("intake.file_max"), std::string::npos);
  EXPECT_NE(error.message.find("intake.files_max"), std::string::npos);
}

TEST_F(ConfigTest, RefusesUnknownTablesAndLooseKeys) {
  EXPECT_NE(refusal("[storge]\nprimary = \"x\"\n").message.find("storage.primary"),
            std::string::npos);
  EXPECT_EQ(refusal("[storge]\n").word, "invalid");
  EXPECT_EQ(refusal("name = \"x\"\n").word, "invalid");
  EXPECT_EQ(refusal("[archive]\nname = { a = 1 }\n").word, "invalid");
}

TEST_F(ConfigTest, RefusesSyntaxWithItsPlace) {
  const auto error = refusal("[archive]\nname = \n");
  EXPECT_EQ(error.word, "invalid");
  EXPECT_EQ(place(error).substr(0, 3), ":2:");
  EXPECT_EQ(refusal("[archive]\n[archive]\n").word, "invalid");
}

struct BadValue {
  const char* text;
  const char* allowed;  ///< part of what the refusal says is allowed
};

TEST_F(ConfigTest, RefusesValuesOutOfRangeAndSaysWhatIsAllowed) {
  for (const auto& [text, allowed] : {
           BadValue{"[intake]\nfiles_max = 0", "1 至 10000000"},
           BadValue{"[intake]\nfiles_max = 10000001", "1 至 10000000"},
           BadValue{"[intake]\nfiles_max = -1", "1 至"},
           BadValue{"[intake]\nfiles_max = \"5\"", "整数"},
           BadValue{"[intake]\nfiles_max = 5.0", "整数"},
           BadValue{"[intake]\nbytes_max = 1048575", "1048576 至"},
           BadValue{"[intake]\ndepth_max = 201", "1 至 200"},
           BadValue{"[intake]\nratio_max = 0", "1 至 100000"},
           BadValue{"[intake]\nsandbox_least = \"some\"", "least"},
           BadValue{"[retention]\nstart = \"now\"", "next-year"},
           BadValue{"[catalog]\nlisten = \"8080\"", "地址:端口"},
           BadValue{"[catalog]\nlisten = \":8080\"", "地址:端口"},
           BadValue{"[catalog]\nlisten = \"a:65536\"", "65535"},
           BadValue{"[storage]\nprimary = \"\"", "文件夹"},
           BadValue{"[storage]\nprimary = \"a/\"\nreplica = \"./a\"", "storage.primary"},
           BadValue{"[packages]\naip_profile = \"\"", "不能为空"},
           BadValue{"[archive]\nname = 5", "文字"},
           BadValue{"[archive]\nname = \"a\\nb\"", "控制字符"},
       }) {
    const auto error = refusal(text);
    EXPECT_EQ(error.word, "invalid") << text;
    EXPECT_NE(error.message.find(allowed), std::string::npos) << text << ": " << error.message;
  }
}

TEST_F(ConfigTest, NamesTheFileThatIsMissing) {
  const auto error = thrown_by([&] { Config::load(folder / "none.toml"); });
  EXPECT_EQ(error.word, "not_found");
}

}  // namespace
}  // namespace anjuan
