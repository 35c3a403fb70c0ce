#pragma once
// Two homes: packages leave the first and come into the second.

#include "core/digest.h"
#include "core/json.h"
#include "packager/ocfl_inventory.h"
#include "tests/cli/home_fixture.h"
#include "tests/support/files.h"

namespace anjuan::test {

/// The last JSON line of an output.
inline Json last_line(const std::string& out) {
  const auto end = out.find_last_not_of('\n');
  const auto begin = out.rfind('\n', end);
  return Json::parse(out.substr(begin == out.npos ? 0 : begin + 1), "stdout");
}

/// Every OCFL object of a home's primary storage.
inline std::vector<std::filesystem::path> objects_of(const std::filesystem::path& home) {
  std::vector<std::filesystem::path> objects;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(home / "storage")) {
    if (entry.path().filename() == "0=ocfl_object_1.1" &&
        entry.path().string().find("/content/") == std::string::npos) {
      objects.push_back(entry.path().parent_path());
    }
  }
  return objects;
}

/// Path below `folder` -> SHA-512, of the newest version of an object.
inline std::map<std::string, std::string> digests_in(const std::filesystem::path& object,
                                                     const std::string& folder) {
  const auto inventory =
      packager::OcflInventory::parse(read_text(object / "inventory.json"), "inventory");
  std::map<std::string, std::string> digests;
  for (const auto& [path, sha512] : inventory.current().state) {
    if (path.starts_with(folder)) digests[path.substr(folder.size())] = sha512;
  }
  return digests;
}

class ExchangeTest : public HomeTest {
 protected:
  ExchangeTest() : HomeTest(fast_folder()) {}

  /// Stores a package of two versions with names that trip careless programs.
  void SetUp() override {
    HomeTest::SetUp();
    SmallCase hard;
    std::string longest;
    for (int i = 0; i < 83; ++i) longest += "长";
    hard.files["docs/" + longest + "ab.pdf"] = "%PDF long";
    hard.files["docs/same.pdf"] = hard.files.at("docs/D02_决定书.pdf");
    hard.files["docs/e\u0301tage &#.txt"] = std::string(5'000, 'n');
    write_submission(submission_, hard);
    const auto stored = anjuan({"ingest", submission_.string(), "--json"});
    ASSERT_EQ(stored.exit_code, 0) << stored.out << stored.err;
    id_ = last_line(stored.out).text_or("package", "");
    ASSERT_EQ(anjuan({"describe", id_, "--set", "title=更正", "--reason", "更正"}).exit_code, 0);
    ASSERT_EQ(run_anjuan(second_, {"init"}).exit_code, 0);
  }

  ProcessResult export_as(const std::string& form, const std::filesystem::path& out) const {
    return anjuan({"export", id_, "--as", form, out.string(), "--json"});
  }

  ProcessResult adopt(const std::filesystem::path& path) const {
    return run_anjuan(second_, {"adopt", path.string(), "--reason", "接收", "--json"});
  }

  /// What the package holds, by the first home's own inventory.
  std::map<std::string, std::string> content() const {
    return digests_in(objects_of(home_).at(0), "aip-" + id_ + "/");
  }

  std::string id_;
  std::filesystem::path second_ = folder_ / "second";
};

}  // namespace anjuan::test
