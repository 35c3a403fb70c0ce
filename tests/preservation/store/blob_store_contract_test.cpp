// What every blob store must do, run over each of them.
#include <sys/stat.h>
#include <sys/syscall.h>

#include "core/digest.h"
#include "core/durable.h"
#include "preservation/store/local_blob_store.h"
#include "tests/support/child.h"
#include "tests/support/denied_calls.h"
#include "tests/support/errors.h"
#include "tests/support/fake_blob_store.h"
#include "tests/support/small_package.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::preservation {
namespace {

using test::thrown_by;
using test::write_file;

struct Local {
  static std::shared_ptr<BlobStore> make(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder / "store");
    return LocalBlobStore::open(folder / "store");
  }
};

struct Fake {
  static std::shared_ptr<BlobStore> make(const std::filesystem::path& folder) {
    return std::make_shared<test::FakeBlobStore>(folder / "staging");
  }
};

template <typename Kind>
class BlobStoreContract : public testing::Test {
 protected:
  test::TemporaryFolder folder_;
  std::shared_ptr<BlobStore> store_ = Kind::make(folder_.path());
};

using Kinds = testing::Types<Local, Fake>;
TYPED_TEST_SUITE(BlobStoreContract, Kinds);

TYPED_TEST(BlobStoreContract, GivesBackWhatWasPut) {
  const std::string bytes = test::random_bytes(3'000'000, 7);
  this->store_->put_bytes("a/案卷 +%#.bin", bytes);
  EXPECT_EQ(get_all(*this->store_, "a/案卷 +%#.bin"), bytes);
  EXPECT_EQ(this->store_->read_back("a/案卷 +%#.bin", {}), test::sha512_of(bytes));
  EXPECT_TRUE(this->store_->exists("a/案卷 +%#.bin"));
  EXPECT_TRUE(this->store_->exists("a"));
  EXPECT_FALSE(this->store_->exists("b"));
}

TYPED_TEST(BlobStoreContract, PutsACopyOfAFile) {
  write_file(this->folder_ / "source", "payload");
  this->store_->put_file("x/y", this->folder_ / "source");
  EXPECT_EQ(get_all(*this->store_, "x/y"), "payload");
  EXPECT_EQ(test::read_text(this->folder_ / "source"), "payload");
}

TYPED_TEST(BlobStoreContract, NeverOverwrites) {
  this->store_->put_bytes("a/b", "first");
  write_file(this->folder_ / "source", "second");
  write_file(this->folder_ / "tree/b", "third");
  EXPECT_EQ(thrown_by([&] { this->store_->put_bytes("a/b", "second"); }).word, "conflict");
  EXPECT_EQ(thrown_by([&] { this->store_->put_file("a/b", this->folder_ / "source"); }).word,
            "conflict");
  const auto tree = [&] { (void)this->store_->put_tree("a", this->folder_ / "tree"); };
  EXPECT_EQ(thrown_by(tree).word, "conflict");
  EXPECT_EQ(get_all(*this->store_, "a/b"), "first");
}

TYPED_TEST(BlobStoreContract, TakesATreeWhole) {
  const auto tree = this->store_->staging() / "tree";
  write_file(tree / "METS.xml", "mets");
  write_file(tree / "data/立案.pdf", "pdf");
  ASSERT_EQ(this->store_->put_tree("1/2/object", tree), PutTree::kDone);
  EXPECT_FALSE(std::filesystem::exists(tree));
  EXPECT_THAT(this->store_->list("1/2"),
              testing::ElementsAre(BlobInfo{"1/2/object/METS.xml", 4},
                                   BlobInfo{"1/2/object/data/立案.pdf", 3}));
}

TYPED_TEST(BlobStoreContract, RefusesALinkInATree) {
  const auto tree = this->store_->staging() / "tree";
  write_file(tree / "file", "x");
  std::filesystem::create_symlink("/etc/passwd", tree / "link");
  EXPECT_EQ(thrown_by([&] { (void)this->store_->put_tree("object", tree); }).word, "refused");
  EXPECT_FALSE(this->store_->exists("object"));
}

TYPED_TEST(BlobStoreContract, ReplacesOnlyAHeadAndOnlyTheOneThatWasSeen) {
  auto& store = *this->store_;
  store.put_bytes("o/inventory.json", "old");
  store.put_bytes("o/inventory.json.sha512", "old");
  store.put_bytes("o/METS.xml", "old");
  const std::string old = test::sha512_of("old");
  const auto replace = [&](const std::string& key, const std::string& digest) {
    return thrown_by([&] { store.replace_head(key, "new", digest); }).word;
  };
  EXPECT_EQ(replace("o/METS.xml", old), "internal");
  EXPECT_EQ(replace("o/inventory.json", test::sha512_of("other")), "conflict");
  EXPECT_EQ(replace("p/inventory.json", old), "not_found");
  EXPECT_EQ(get_all(store, "o/inventory.json"), "old");
  EXPECT_EQ(replace("o/inventory.json", old), "nothing");
  EXPECT_EQ(replace("o/inventory.json.sha512", old), "nothing");
  EXPECT_EQ(get_all(store, "o/inventory.json"), "new");
  EXPECT_EQ(get_all(store, "o/METS.xml"), "old");
}

TYPED_TEST(BlobStoreContract, ReadsRanges) {
  this->store_->put_bytes("a", "0123456789");
  EXPECT_EQ(this->store_->get("a", 3, 4), "3456");
  EXPECT_EQ(this->store_->get("a", 8, 100), "89");
  EXPECT_EQ(this->store_->get("a", 100, 5), "");
  EXPECT_EQ(thrown_by([&] { (void)this->store_->get("b", 0, 1); }).word, "not_found");
}

TYPED_TEST(BlobStoreContract, ListsInByteOrderAndNamesFolders) {
  for (const char* key : {"b/z", "b/a/1", "b/a-1", "c", "a/x"}) this->store_->put_bytes(key, "1");
  std::vector<std::string> keys;
  for (const auto& blob : this->store_->list("b")) keys.push_back(blob.key);
  EXPECT_THAT(keys, testing::ElementsAre("b/a-1", "b/a/1", "b/z"));
  EXPECT_THAT(this->store_->folders("b"), testing::ElementsAre("a"));
  EXPECT_THAT(this->store_->folders(""), testing::IsSupersetOf({"a", "b"}));
  EXPECT_TRUE(this->store_->list("nothing").empty());
  EXPECT_TRUE(this->store_->folders("nothing").empty());
}

TYPED_TEST(BlobStoreContract, FetchesACopyWithItsDigest) {
  const std::string bytes = test::random_bytes(2'500'000, 9);
  this->store_->put_bytes("big", bytes);
  std::uint64_t read = 0;
  const auto target = this->folder_ / "copy";
  EXPECT_EQ(this->store_->fetch("big", target, [&](std::uint64_t count) { read += count; }),
            test::sha512_of(bytes));
  EXPECT_EQ(test::read_text(target), bytes);
  EXPECT_EQ(read, bytes.size());
  EXPECT_EQ(thrown_by([&] { (void)this->store_->fetch("big", target, {}); }).word, "conflict");
  EXPECT_EQ(test::read_text(target), bytes);
}

TYPED_TEST(BlobStoreContract, MovesAsideWithoutLosingAByte) {
  this->store_->put_bytes("o/v2/content/a", "payload");
  this->store_->put_bytes("o/v1/content/a", "kept");
  const std::string where = this->store_->move_aside("o/v2");
  EXPECT_FALSE(where.empty());
  EXPECT_FALSE(this->store_->exists("o/v2"));
  EXPECT_TRUE(this->store_->exists("o/v1/content/a"));
  const auto all = this->store_->list("extensions");
  const auto found = std::find_if(all.begin(), all.end(), [](const BlobInfo& blob) {
    return blob.key.ends_with("/content/a");
  });
  ASSERT_NE(found, all.end());
  EXPECT_EQ(get_all(*this->store_, found->key), "payload");
  this->store_->put_bytes("o/v2/content/a", "again");
  EXPECT_NE(this->store_->move_aside("o/v2"), where);
}

TYPED_TEST(BlobStoreContract, RefusesKeysThatClimb) {
  for (const char* key : {"../x", "a/../../x", "/x", "", "a//b", "a/./b", "a/"}) {
    EXPECT_EQ(thrown_by([&] { this->store_->put_bytes(key, "1"); }).word, "internal") << key;
  }
}

TYPED_TEST(BlobStoreContract, DiscardsAbandonedStagingOnly) {
  write_file(this->store_->staging() / "gone/file", "1");
  write_file(this->store_->staging() / "stays/file", "1");
  this->store_->put_bytes("gone/file", "stored");
  this->store_->discard_staging("gone");
  EXPECT_FALSE(std::filesystem::exists(this->store_->staging() / "gone"));
  EXPECT_TRUE(std::filesystem::exists(this->store_->staging() / "stays/file"));
  EXPECT_EQ(get_all(*this->store_, "gone/file"), "stored");
}

TYPED_TEST(BlobStoreContract, RefusesWhatIsLargerThanTheLimit) {
  this->store_->put_bytes("a", std::string(101, 'x'));
  EXPECT_EQ(get_all(*this->store_, "a", 101).size(), 101U);
  EXPECT_EQ(thrown_by([&] { (void)get_all(*this->store_, "a", 100); }).word, "refused");
}

class LocalStore : public testing::Test {
 protected:
  unsigned mode_of(const std::string& key) const {
    struct stat status {};

    EXPECT_EQ(::stat((folder_ / "store" / key).c_str(), &status), 0) << key;
    return status.st_mode & 07777U;
  }

  test::TemporaryFolder folder_;
  std::shared_ptr<BlobStore> store_ = Local::make(folder_.path());
};

TEST_F(LocalStore, MakesEveryFileReadOnly) {
  write_file(store_->staging() / "tree/data/b", "1");
  write_file(folder_ / "source", "1");
  ASSERT_EQ(store_->put_tree("tree", store_->staging() / "tree"), PutTree::kDone);
  store_->put_bytes("o/inventory.json", "old");
  store_->put_file("file", folder_ / "source");
  store_->replace_head("o/inventory.json", "new", test::sha512_of("old"));
  for (const char* key : {"tree/data/b", "o/inventory.json", "file"}) {
    EXPECT_EQ(mode_of(key), 0444U) << key;
  }
}

TEST_F(LocalStore, LeavesNothingInStaging) {
  store_->put_bytes("a", "1");
  EXPECT_EQ(thrown_by([&] { store_->put_bytes("a", "2"); }).word, "conflict");
  EXPECT_TRUE(test::names_in(store_->staging()).empty());
}

TEST_F(LocalStore, SweepsUnfinishedFilesButNotThoseInUse) {
  const std::string dead = std::string(kTemporaryPrefix) + "dead";
  const std::string alive = std::string(kTemporaryPrefix) + "alive";
  write_file(store_->staging() / dead, "half");
  const FileLock lock = FileLock::take(store_->staging() / alive);
  store_->sweep_staging();
  EXPECT_THAT(test::names_in(store_->staging()), testing::ElementsAre(alive));
}

TEST_F(LocalStore, PrunesEmptyFoldersOnly) {
  std::filesystem::create_directories(folder_ / "store/a/b/c");
  store_->put_bytes("a/kept", "1");
  store_->prune_empty("a/b/c/object");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "store/a/b"));
  EXPECT_TRUE(store_->exists("a/kept"));
}

TEST_F(LocalStore, NamesALinkInsideTheStore) {
  store_->put_bytes("o/a", "1");
  std::filesystem::create_symlink("/etc/passwd", folder_ / "store/o/link");
  const auto thrown = thrown_by([&] { (void)store_->list("o"); });
  EXPECT_EQ(thrown.word, "corrupt");
  EXPECT_THAT(thrown.subject, testing::EndsWith("o/link"));
  EXPECT_EQ(thrown_by([&] { (void)store_->get("o/link", 0, 1); }).word, "refused");
}

TEST_F(LocalStore, SaysWhenItsFolderIsMissing) {
  const auto thrown = thrown_by([&] { (void)LocalBlobStore::open(folder_ / "none"); });
  EXPECT_EQ(thrown.word, "not_found");
  EXPECT_THAT(thrown.message, testing::HasSubstr("anjuan init"));
}

TEST_F(LocalStore, KeepsItsPromisesWithoutARenameThatRefuses) {
  const int code = test::exit_code_of([&] {
    if (!test::deny_call(SYS_renameat2, EINVAL)) return test::kChildCannot;
    write_file(store_->staging() / "tree/a", "first");
    (void)store_->put_tree("o", store_->staging() / "tree");
    write_file(store_->staging() / "tree/a", "second");
    const auto again = [&] { (void)store_->put_tree("o", store_->staging() / "tree"); };
    EXPECT_EQ(thrown_by(again).word, "conflict");
    store_->put_bytes("b", "first");
    EXPECT_EQ(thrown_by([&] { store_->put_bytes("b", "second"); }).word, "conflict");
    EXPECT_EQ(get_all(*store_, "o/a"), "first");
    EXPECT_EQ(get_all(*store_, "b"), "first");
    return HasFailure() ? 1 : 0;
  });
  if (code == test::kChildCannot) GTEST_SKIP() << "seccomp cannot be used here";
  EXPECT_EQ(code, 0);
}

}  // namespace
}  // namespace anjuan::preservation
