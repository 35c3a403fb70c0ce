// Packages leave whole or not at all, and come in elsewhere as they were.
#include <fstream>

#include <unistd.h>

#include "packager/eep_reader.h"
#include "tests/cli/exchange_fixture.h"

namespace anjuan::test {

namespace fs = std::filesystem;

namespace {

using testing::HasSubstr;

class Export : public ExchangeTest {
 protected:
  /// The stored file of that name in a copy.
  fs::path stored_file(const std::string& copy, const std::string& name) const {
    for (const auto& entry : fs::recursive_directory_iterator(home_ / copy)) {
      if (entry.path().filename() == name) return entry.path();
    }
    throw std::runtime_error("no stored file " + name);
  }

  void damage(const std::string& copy, const std::string& name) const {
    const fs::path file = stored_file(copy, name);
    fs::permissions(file, fs::perms::owner_all);
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(2);
    out.put('\x7F');
  }

  /// What an export left beside the homes and the submission.
  std::set<std::string> left() const {
    auto names = names_in(folder_.path());
    for (const char* own : {"home", "second", "submission"}) names.erase(own);
    return names;
  }
};

class ExportAs : public Export, public testing::WithParamInterface<std::string> {};

}  // namespace

TEST_P(ExportAs, CarriesTheSameBytesIntoAnotherHome) {
  const fs::path out = folder_ / ("out." + GetParam());
  const auto exported = export_as(GetParam(), out);
  ASSERT_EQ(exported.exit_code, 0) << exported.out << exported.err;
  EXPECT_EQ(last_line(exported.out).text_or("out", ""), out.string());
  EXPECT_EQ(last_line(exported.out).text_or("sha512", "").size(), 128U);
  const auto verified = anjuan({"verify", out.string()});
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
  const auto adopted = adopt(out);
  ASSERT_EQ(adopted.exit_code, 0) << adopted.out << adopted.err;
  const bool is_bag = GetParam() == "bagit";
  EXPECT_EQ(last_line(adopted.out).text_or("kind", ""), is_bag ? "bagit" : "eark");
  EXPECT_EQ(last_line(adopted.out).text_or("verdict", ""), "valid");
  const auto files = last_line(adopted.out).find("files")->as_integer();
  constexpr std::size_t kTagFiles = 4;
  EXPECT_EQ(static_cast<std::size_t>(files), content().size() + (is_bag ? kTagFiles : 0));
  const std::string package = last_line(adopted.out).text_or("package", "");
  const std::string inside = is_bag ? "out.bagit/data/" : "";
  EXPECT_EQ(digests_in(objects_of(second_).at(0),
                       fmt::format("aip-{}/representations/original/data/{}aip-{}/", package,
                                   inside, id_)),
            content());
  EXPECT_EQ(run_anjuan(second_, {"verify", "--all"}).exit_code, 0);
}

INSTANTIATE_TEST_SUITE_P(Forms, ExportAs,
                         testing::Values("eark-zip", "eark-tar", "folder", "bagit"),
                         [](const auto& form) {
                           std::string name = form.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST_F(Export, AsEepGivesTheSameBytesThroughItsReader) {
  const fs::path out = folder_ / "案卷.eep";
  ASSERT_EQ(export_as("eep", out).exit_code, 0);
  const auto verified = anjuan({"verify", out.string()});
  EXPECT_EQ(verified.exit_code, 4) << "an EEP is never called invalid unread";
  EXPECT_THAT(verified.out, HasSubstr("anjuan adopt"));
  const auto adopted = adopt(out);
  ASSERT_EQ(adopted.exit_code, 0) << adopted.out << adopted.err;
  EXPECT_EQ(last_line(adopted.out).text_or("kind", ""), "eep");
  EXPECT_EQ(last_line(adopted.out).text_or("verdict", ""), "valid");
  fs::path stored;
  for (const auto& entry : fs::recursive_directory_iterator(second_ / "storage")) {
    if (entry.path().filename() == "案卷.eep" && entry.is_regular_file()) stored = entry.path();
  }
  EXPECT_EQ(read_text(stored), read_text(out));
  SilentProgress progress;
  const auto reading = packager::read_eep(stored, folder_ / "unpacked", progress);
  EXPECT_TRUE(reading.findings.empty());
  EXPECT_EQ(reading.versions, 2);
  std::map<std::string, std::string> digests;
  for (const auto& file : reading.files) digests[file.path] = file.sha512;
  EXPECT_EQ(digests, content());
  for (const auto& [path, sha512] : digests) {
    EXPECT_EQ(digest_bytes(read_text(folder_ / "unpacked" / path)).sha512, sha512) << path;
  }
}

TEST_F(Export, IsThePackageOnceInWhateverFormItComes) {
  for (const char* form : {"folder", "eark-tar", "eark-zip"}) {
    const fs::path out = folder_ / form;
    ASSERT_EQ(export_as(form, out).exit_code, 0);
    ASSERT_EQ(adopt(out).exit_code, 0);
  }
  EXPECT_EQ(objects_of(second_).size(), 1U);
}

TEST_F(Export, DigestOfAFolderIsWhatSha512sumSays) {
  const auto exported = export_as("folder", folder_ / "out");
  const auto said = run_process({"bash", "-c",
                                 "cd \"$OUT\" && find . -type f -printf '%P\\0' | LC_ALL=C sort -z "
                                 "| xargs -0 sha512sum | sha512sum | cut -d' ' -f1"},
                                {{"OUT", folder_ / "out"}});
  EXPECT_EQ(said.out, last_line(exported.out).text_or("sha512", "") + "\n");
}

TEST_F(Export, TakesADamagedFileFromTheSecondCopyAndSaysSo) {
  ASSERT_EQ(export_as("eark-zip", folder_ / "before.zip").exit_code, 0);
  damage("storage", "D02_决定书.pdf");
  const auto exported = export_as("eark-zip", folder_ / "after.zip");
  EXPECT_EQ(exported.exit_code, 0) << exported.err;
  EXPECT_THAT(exported.err, HasSubstr("D02_决定书.pdf"));
  EXPECT_THAT(exported.err, HasSubstr("anjuan verify " + id_));
  EXPECT_EQ(read_text(folder_ / "after.zip"), read_text(folder_ / "before.zip"));
}

TEST_F(Export, TakesAMissingFileFromTheSecondCopy) {
  fs::remove(stored_file("storage", "V01.mp4"));
  const auto exported = export_as("eep", folder_ / "out.eep");
  EXPECT_EQ(exported.exit_code, 0) << exported.err;
  EXPECT_THAT(exported.err, HasSubstr("V01.mp4"));
}

TEST_F(Export, StopsAtAFileThatIsDamagedInBothCopiesAndNamesIt) {
  damage("storage", "D02_决定书.pdf");
  damage("replica", "D02_决定书.pdf");
  for (const char* form : {"eark-zip", "eark-tar", "folder", "bagit", "eep"}) {
    const auto exported = export_as(form, folder_ / "out");
    EXPECT_EQ(exported.exit_code, 3) << form;
    EXPECT_THAT(exported.err, HasSubstr("D02_决定书.pdf"));
    EXPECT_THAT(exported.err, HasSubstr("anjuan verify " + id_));
    EXPECT_THAT(left(), testing::IsEmpty()) << form;
  }
}

TEST_F(Export, NeverReplacesWhatIsThere) {
  write_text(folder_ / "out", "years of work");
  for (const char* form : {"eark-zip", "eark-tar", "folder", "bagit", "eep"}) {
    const auto exported = export_as(form, folder_ / "out");
    EXPECT_EQ(exported.exit_code, 3) << form;
    EXPECT_THAT(exported.err, HasSubstr("已经存在"));
  }
  EXPECT_EQ(read_text(folder_ / "out"), "years of work");
  fs::create_directory(folder_ / "a.eep.files");
  EXPECT_EQ(export_as("eep", folder_ / "a.eep").exit_code, 3);
  EXPECT_EQ(left(), (std::set<std::string>{"out", "a.eep.files"}));
}

TEST_F(Export, NeedsAPackageAFolderAndAForm) {
  EXPECT_EQ(anjuan({"export", "00000000-0000-4000-8000-000000000000", "--as", "eep",
                    (folder_ / "out").string()})
                .exit_code,
            4);
  EXPECT_EQ(export_as("eark-zip", folder_ / "no" / "out").exit_code, 4);
  EXPECT_EQ(export_as("rar", folder_ / "out").exit_code, 2);
  EXPECT_THAT(left(), testing::IsEmpty());
}

TEST_F(Export, ToAFullDiskSaysSoAndLeavesNothing) {
  if (::geteuid() != 0 || run_process({"unshare", "-m", "true"}).exit_code != 0) {
    GTEST_SKIP() << "needs root and mount namespaces";
  }
  fs::create_directory(folder_ / "disk");
  const std::string script = R"(
mount -t tmpfs -o size="$SIZE" tmpfs "$DISK"
"$ANJUAN" --home "$HOME_DIR" export "$ID" --as "$FORM" "$DISK/out"; echo "exit $?"
ls -A "$DISK"; mount -o remount,size=20m "$DISK"
"$ANJUAN" --home "$HOME_DIR" export "$ID" --as "$FORM" "$DISK/out"; echo "exit $?")";

  struct Case {
    std::string form;
    std::string size;
    std::string said;
  };

  // What an EEP takes is only estimated: there the disk becomes full while it is written.
  for (const auto& [form, size, said] :
       {Case{"eark-tar", "120k", "空间不够"}, Case{"folder", "120k", "空间不够"},
        Case{"eep", "560k", "磁盘已满"}}) {
    const auto result =
        run_process({"unshare", "-m", "bash", "-c", script}, {{"DISK", folder_ / "disk"},
                                                              {"HOME_DIR", home_.string()},
                                                              {"ID", id_},
                                                              {"FORM", form},
                                                              {"SIZE", size},
                                                              {"ANJUAN", program("anjuan")}});
    EXPECT_TRUE(result.out.starts_with("exit 1\n")) << form << result.out << result.err;
    EXPECT_THAT(result.err, HasSubstr(said)) << form;
    EXPECT_THAT(result.out, testing::Not(HasSubstr("part"))) << form;
    EXPECT_TRUE(result.out.ends_with("exit 0\n")) << form << result.out << result.err;
  }
}

}  // namespace anjuan::test
