// A case that comes in a BagIt bag is the same case; one that does not meet its manifests is none.
#include "tests/support/bags.h"
#include "tests/support/gather_fixture.h"

namespace anjuan::ingest {
namespace {

namespace fs = std::filesystem;
using namespace anjuan::test;
using testing::HasSubstr;

class GatherBag : public GatherFixture {
 protected:
  Thrown refusal_of(const Submitted& files) {
    return thrown_by([&] { gather_files(files); });
  }
};

TEST_F(GatherBag, HasTheIdentityOfTheSameFilesInAFolder) {
  const auto plain = gather_files(small_submission());
  const auto bag = bag_of(small_submission());
  for (const auto& [name, bytes] :
       std::map<std::string, std::string>{{"a.zip", zip_of(bag)},
                                          {"b.zip", zip_of(bag, "一号案/")},
                                          {"c.tar", tar_of(bag, "x/")}}) {
    put_file(folder_ / name, bytes);
    const auto gathered = gather_from(folder_ / name);
    EXPECT_EQ(gathered.file_set_digest, plain.file_set_digest) << name;
    EXPECT_EQ(gathered.files.size(), plain.files.size()) << name;
    EXPECT_EQ(gathered.bag_manifests, "manifest-sha512.txt, tagmanifest-sha512.txt");
    EXPECT_EQ(gathered.findings, Findings{}) << name;
  }
  const auto gathered = gather_files(bag);
  EXPECT_EQ(gathered.file_set_digest, plain.file_set_digest);
  EXPECT_EQ(gathered.file("av/V01.mp4")->path, "av/V01.mp4");
  EXPECT_EQ(plain.bag_manifests, "");
}

TEST_F(GatherBag, TakesTheSingleFolderInThePayload) {
  const auto plain = gather_files(small_submission());
  Submitted inner;
  for (const auto& [path, bytes] : small_submission()) inner["一号案/" + path] = bytes;
  EXPECT_EQ(gather_files(bag_of(inner)).file_set_digest, plain.file_set_digest);
}

TEST_F(GatherBag, ComparesManifestsOfOtherAlgorithmsToo) {
  auto bag = bag_of(small_submission(), "0.97");
  bag.erase("manifest-sha512.txt");
  bag["manifest-md5.txt"] = manifest_of(bag, "data/", DigestAlgorithm::kMd5);
  bag["manifest-sha256.txt"] = manifest_of(bag, "data/", DigestAlgorithm::kSha256);
  add_tag_manifest(bag);
  EXPECT_EQ(gather_files(bag).files.size(), 4U);
  auto& md5 = bag["manifest-md5.txt"];
  md5[0] = md5[0] == '0' ? '1' : '0';
  add_tag_manifest(bag);
  const auto thrown = refusal_of(bag);
  EXPECT_EQ(thrown.word, "invalid");
  EXPECT_THAT(thrown.message, HasSubstr("manifest-md5.txt"));
}

TEST_F(GatherBag, TakesNothingInWhenADigestDiffers) {
  auto bag = bag_of(small_submission());
  bag["data/av/V01.mp4"].back() = 'w';
  const auto thrown = refusal_of(bag);
  EXPECT_EQ(thrown.word, "invalid");
  EXPECT_THAT(thrown.message, HasSubstr("data/av/V01.mp4"));
  EXPECT_THAT(thrown.message, HasSubstr("没有接收任何内容"));
  work_.reset();
  for (const auto& entry : fs::recursive_directory_iterator(root_)) {
    EXPECT_FALSE(entry.is_regular_file() && entry.file_size() > 100'000) << entry;
  }
}

TEST_F(GatherBag, TakesNothingInThatIsIncompleteOrCannotBeChecked) {
  auto bag = bag_of(small_submission());
  bag.erase("data/av/V01.mp4");
  EXPECT_THAT(refusal_of(bag).message, HasSubstr("data/av/V01.mp4"));
  bag = bag_of(small_submission());
  bag["data/extra.pdf"] = "x";
  EXPECT_THAT(refusal_of(bag).message, HasSubstr("data/extra.pdf"));
  bag = bag_of(small_submission());
  bag["manifest-whirl9.txt"] = "00  data/case.json\n";
  add_tag_manifest(bag);
  EXPECT_THAT(refusal_of(bag).message, HasSubstr("whirl9"));
}

TEST_F(GatherBag, HandsOnWhatTheBagWarnsOf) {
  auto bag = bag_of(small_submission(), "0.97");
  auto& manifest = bag["manifest-sha512.txt"];
  manifest.insert(manifest.find("  data/") + 2, "./");
  add_tag_manifest(bag);
  EXPECT_THAT(codes_of(gather_files(bag).findings),
              testing::Contains("BAG-RELATIVE manifest-sha512.txt:1:1"));
}

}  // namespace
}  // namespace anjuan::ingest
