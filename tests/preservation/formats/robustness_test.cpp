// Every file of the corpora, cut and damaged: there is always a result.
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "preservation/formats/identify.h"
#include "preservation/formats/identify/second_opinion.h"
#include "tests/support/compound_file.h"
#include "tests/support/corpora.h"
#include "tests/support/files.h"
#include "tests/support/foreign_archives.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::formats {
namespace {

namespace fs = std::filesystem;

/// Larger files are damaged in their first bytes only: signatures lie there.
constexpr std::size_t kTakenBytes = 600UL * 1024;

std::string beginning_of(const fs::path& path) {
  std::string bytes = test::read_text(path);
  return bytes.substr(0, std::min(bytes.size(), kTakenBytes));
}

/// A third missing; then sixteen bits turned over.
std::vector<std::string> damaged(const std::string& whole, std::mt19937_64& random) {
  std::string cut = whole.substr(0, whole.size() * 2 / 3);
  std::string flipped = whole;
  for (int i = 0; i < 16 && !flipped.empty(); ++i) {
    const std::size_t at = random() % flipped.size();
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << (random() % 8)));
  }
  return {std::move(cut), std::move(flipped)};
}

class Damage {
 public:
  explicit Damage(IdentifierSources sources) : identifier_(Identifier::open(sources)) {}

  /// Asks about all that was put since, in one go.
  void put(const std::string& name, const std::string& bytes) {
    const std::string own_name = std::to_string(names_.size()) + "-" + name;
    test::write_text(folder_ / own_name, bytes);
    handles_.push_back(FileHandle::open_read(folder_ / own_name));
    names_.push_back(own_name);
    if (handles_.size() == 64) ask();
  }

  void ask() {
    std::vector<NamedFile> files;
    for (std::size_t i = 0; i < handles_.size(); ++i) {
      files.push_back({&handles_[i], names_[names_.size() - handles_.size() + i]});
    }
    const auto results = identifier_.identify_all(files);
    ASSERT_EQ(results.size(), files.size());
    for (std::size_t i = 0; i < results.size(); ++i) {
      ++results_;
      EXPECT_TRUE(results[i].identified() || !results[i].findings.empty()) << files[i].name;
      fs::remove(folder_ / files[i].name);
    }
    handles_.clear();
  }

  std::size_t results() const { return results_; }

 private:
  const test::TemporaryFolder folder_;
  Identifier identifier_;
  std::vector<FileHandle> handles_;
  std::vector<std::string> names_;
  std::size_t results_ = 0;
};

TEST(Identification, OfDamagedCorpusFilesAlwaysHasAResult) {
  const fs::path pronom = test::corpora("pronom");
  const fs::path media = test::corpora("media");
  if (pronom.empty() || media.empty()) GTEST_SKIP() << "no corpora: set ANJUAN_CORPORA";
  IdentifierSources sources;
  sources.pronom = pronom / "DROID_SignatureFile_V122.xml";
  sources.containers = pronom / "container-signature-20260119.xml";
  Damage damage(sources);
  std::mt19937_64 random(5);
  std::size_t put = 0;
  std::size_t seen = 0;
  for (const fs::path& root : {media, pronom / "skeletons"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      // Every skeleton is compared whole elsewhere; here every fifth is enough.
      if (!entry.is_regular_file() || (root != media && ++seen % 5 != 0)) continue;
      for (const std::string& bytes : damaged(beginning_of(entry.path()), random)) {
        damage.put(entry.path().filename().string(), bytes);
        ++put;
      }
    }
  }
  damage.ask();
  EXPECT_EQ(damage.results(), put);
  EXPECT_GT(put, 500U);
}

TEST(Identification, OfDamagedContainersAlwaysHasAResult) {
  Damage damage({});
  std::mt19937_64 random(7);
  const std::string doc = test::make_compound_file(
      {{"WordDocument", "\xEC\xA5\xC1" + std::string(6000, ' ')}, {"CompObj", "Word.Document.8"}});
  const std::string zip =
      test::make_zip({{"OFD.xml", "<ofd:OFD>", 0, 0100644, test::Packing::kDeflated}});
  std::size_t put = 0;
  for (int i = 0; i < 30; ++i) {
    for (const std::string& whole : {doc, zip}) {
      for (const std::string& bytes : damaged(whole, random)) {
        damage.put("x", bytes);
        ++put;
      }
    }
  }
  damage.ask();
  EXPECT_EQ(damage.results(), put);
}

TEST(Identification, OfManyFilesGivesEachItsOwnResult) {
  const test::TemporaryFolder folder;
  std::vector<FileHandle> handles;
  std::vector<NamedFile> files;
  for (int i = 0; i < 300; ++i) {
    const std::string name = std::to_string(i) + (i % 2 == 0 ? ".pdf" : ".txt");
    test::write_text(folder / name, i % 2 == 0 ? "%PDF-1.4\n%%EOF" : "案卷");
    handles.push_back(FileHandle::open_read(folder / name));
  }
  for (int i = 0; i < 300; ++i) {
    files.push_back({&handles[static_cast<std::size_t>(i)],
                     std::to_string(i) + (i % 2 == 0 ? ".pdf" : ".txt")});
  }
  const auto results = Identifier::open({}).identify_all(files);
  ASSERT_EQ(results.size(), 300U);
  for (std::size_t i = 0; i < results.size(); ++i) {
    EXPECT_EQ(results[i].puid, i % 2 == 0 ? "fmt/18" : "x-fmt/111");
    EXPECT_EQ(results[i].charset, i % 2 == 0 ? "US-ASCII" : "UTF-8");
    EXPECT_EQ(results[i].opinion, Opinion::kAgrees) << results[i].opinion_mime;
  }
}

Identification of(const std::string& name, const std::string& bytes) {
  const test::TemporaryFolder folder;
  test::write_text(folder / name, bytes);
  return Identifier::open({}).identify(folder / name);
}

bool has(const Identification& found, const std::string& code) {
  return std::any_of(found.findings.begin(), found.findings.end(),
                     [&](const Finding& finding) { return finding.code == code; });
}

TEST(Identification, SaysWhatSpeaksAgainstIt) {
  EXPECT_TRUE(has(of("a.pdf", ""), "IDENTIFY-EMPTY"));
  EXPECT_TRUE(has(of("a.doc", "%PDF-1.4\n%%EOF"), "IDENTIFY-EXTENSION"));
  EXPECT_TRUE(has(of("a.xyz", std::string("\x01\x02\x03", 3)), "IDENTIFY-UNKNOWN"));
  const auto renamed = of("a.txt", std::string("\x01\x02\x03", 3));
  EXPECT_EQ(renamed.basis, Basis::kExtension);
  EXPECT_FALSE(renamed.identified());
  EXPECT_TRUE(has(renamed, "IDENTIFY-EXTENSION-ONLY"));
  const auto text = of("a.pdf", "no pdf at all");
  EXPECT_EQ(text.puid, "x-fmt/111") << "the name alone makes no PDF";
  EXPECT_TRUE(has(text, "IDENTIFY-NOT-AS-NAMED"));
  EXPECT_TRUE(has(of("a.mp4", std::string(64, '\0')), "IDENTIFY-NOT-AS-NAMED"));
  EXPECT_TRUE(of("a.md", "# text").findings.empty());
}

TEST(Identification, ReportsADisagreementOfTheSecondOpinion) {
  // What has the letter G in every 188th byte is a transport stream, and its name says so too; but
  // it begins as a picture does.
  std::string bytes(188 * 8, '\x80');
  for (std::size_t at = 0; at < bytes.size(); at += 188) bytes[at] = 'G';
  bytes.replace(0, 6, "GIF89a");
  const auto found = of("a.ts", bytes);
  EXPECT_EQ(found.puid, "fmt/585");
  EXPECT_EQ(found.opinion_mime, "image/gif");
  EXPECT_EQ(found.opinion, Opinion::kDisagrees);
  EXPECT_TRUE(has(found, "IDENTIFY-OPINION"));
}

TEST(Identification, WithoutASecondOpinionSaysSo) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "a.pdf", "%PDF-1.4\n%%EOF");
  IdentifierSources sources;
  sources.ask_magic = false;
  EXPECT_EQ(Identifier::open(sources).identify(folder / "a.pdf").opinion, Opinion::kNone);
  EXPECT_FALSE(same_media_type("video/mp4", "").has_value()) << "no answer is no agreement";
  EXPECT_FALSE(same_media_type("video/mp4", "application/octet-stream").has_value());
}

TEST(Identification, ByPronomsExtensionsAloneNamesAllThatItMayBe) {
  const fs::path pronom = test::corpora("pronom");
  if (pronom.empty()) GTEST_SKIP() << "no corpora: set ANJUAN_CORPORA";
  const test::TemporaryFolder folder;
  test::write_text(folder / "a.doc", std::string("\x01\x02\x03", 3));
  IdentifierSources sources;
  sources.pronom = pronom / "DROID_SignatureFile_V122.xml";
  const auto found = Identifier::open(sources).identify(folder / "a.doc");
  EXPECT_EQ(found.basis, Basis::kExtension);
  EXPECT_EQ(found.puid, "");
  EXPECT_GT(found.candidates.size(), 1U);
  EXPECT_FALSE(found.identified());
}

TEST(Identification, OfManyThreadsIsTheSame) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "a.ofd", test::make_zip({{"OFD.xml", "<ofd:OFD>"}}));
  const auto identifier = Identifier::open({});
  std::vector<std::string> puids(4);
  std::vector<std::thread> threads;
  for (std::string& puid : puids) {
    threads.emplace_back([&] { puid = identifier.identify(folder / "a.ofd").puid; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(puids, std::vector<std::string>(4, "local/ofd"));
}

TEST(Identification, TellsTheEncodingOfText) {
  EXPECT_EQ(of("a.txt", "plain").charset, "US-ASCII");
  EXPECT_EQ(of("a.csv", "案号,当事人\n").charset, "UTF-8");
  EXPECT_EQ(of("a.csv", "案号,当事人\n").puid, "x-fmt/18");
  EXPECT_EQ(of("a.txt", "\xB0\xB8\xBE\xED\xB9\xE9\xB5\xB5").charset, "GB18030");
  EXPECT_EQ(of("a.txt", std::string("\xFF\xFE\x48\x68", 4)).charset, "UTF-16LE");
  EXPECT_EQ(of("a.txt", std::string("\x80\x00\x01", 3)).charset, "");
}

}  // namespace
}  // namespace anjuan::formats
