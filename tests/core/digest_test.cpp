#include "core/digest.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/durable.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan {
namespace {

using test::random_bytes;
using test::TemporaryFolder;
using test::thrown_by;

/// Of "abc": RFC 1321, FIPS 180-4, FIPS 202, GB/T 32905, RFC 7693.
TEST(Digest, KnowsTheAlgorithmsOfOtherPackages) {
  const std::pair<DigestAlgorithm, const char*> vectors[] = {
      {DigestAlgorithm::kMd5, "900150983cd24fb0d6963f7d28e17f72"},
      {DigestAlgorithm::kSha1, "a9993e364706816aba3e25717850c26c9cd0d89d"},
      {DigestAlgorithm::kSha224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"},
      {DigestAlgorithm::kSha384,
       "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
       "8086072ba1e7cc2358baeca134c825a7"},
      {DigestAlgorithm::kSha512_256,
       "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"},
      {DigestAlgorithm::kSha3_224, "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf"},
      {DigestAlgorithm::kSha3_256,
       "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"},
      {DigestAlgorithm::kBlake2s_256,
       "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982"}};
  for (const auto& [algorithm, digest] : vectors) {
    EXPECT_EQ(digest_hex(algorithm, "abc"), digest);
    EXPECT_EQ(digest_hex_length(algorithm), std::string_view(digest).size());
  }
  EXPECT_EQ(digest_hex(DigestAlgorithm::kSha3_384, "abc").substr(0, 16), "ec01498288516fc9");
  EXPECT_EQ(digest_hex(DigestAlgorithm::kSha3_512, "abc").substr(0, 16), "b751850b1a57168a");
}

// FIPS 180-4 examples and GB/T 32905-2016 annex A.
TEST(Digest, GivesThePublishedValues) {
  EXPECT_EQ(digest_hex(DigestAlgorithm::kSha512, "abc"),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  EXPECT_EQ(digest_hex(DigestAlgorithm::kSha256, "abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(digest_hex(DigestAlgorithm::kSm3, "abc"),
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  std::string four;
  for (int i = 0; i < 16; ++i) four += "abcd";
  EXPECT_EQ(digest_hex(DigestAlgorithm::kSm3, four),
            "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

// RFC 7693 appendix A; the OCFL extension 0009.
TEST(Digest, KnowsTheShorterFormsOfBlake2b) {
  EXPECT_EQ(digest_hex(DigestAlgorithm::kBlake2b_512, "abc"),
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
            "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
  EXPECT_EQ(digest_hex(DigestAlgorithm::kBlake2b_160, ""),
            "3345524abf6bbe1809449224b5972c41790b6cf2");
  EXPECT_EQ(digest_hex(DigestAlgorithm::kBlake2b_256, "").substr(0, 40),
            "0e5751c026e543b2e8ab2eb06099daa1d1e5df47");
  EXPECT_EQ(digest_hex(DigestAlgorithm::kBlake2b_384, "").substr(0, 40),
            "b32811423377f52d7862286ee1a72ee540524380");
  EXPECT_EQ(digest_hex_length(DigestAlgorithm::kBlake2b_160), 40U);
}

// A block has 128 bytes; the last one is compressed apart, even if it is full.
TEST(Digest, OfBlake2bDoesNotDependOnBlocks) {
  EXPECT_EQ(digest_hex(DigestAlgorithm::kBlake2b_512, std::string(128, '\0')).substr(0, 32),
            "865939e120e6805438478841afb739ae");
  const std::string text = random_bytes(1'000);
  for (const std::size_t step : {1u, 127u, 128u, 129u, 256u}) {
    Hasher hasher(DigestAlgorithm::kBlake2b_160);
    for (std::size_t at = 0; at < text.size(); at += step) {
      hasher.update(std::string_view(text).substr(at, step));
    }
    EXPECT_EQ(hasher.finish(), digest_hex(DigestAlgorithm::kBlake2b_160, text)) << step;
  }
}

TEST(Digest, OfNothingIsTheDigestOfNothing) {
  const Digests none = digest_bytes("");
  EXPECT_EQ(none.bytes, 0U);
  EXPECT_EQ(none.sm3, "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");
  EXPECT_EQ(none.sha512.substr(0, 16), "cf83e1357eefb8bd");
}

TEST(Digest, DoesNotDependOnHowTheBytesAreCut) {
  const std::string text = random_bytes(100'000);
  Hasher hasher(DigestAlgorithm::kSm3);
  for (std::size_t at = 0, step = 1; at < text.size(); at += step, step = step * 3 + 1) {
    hasher.update(std::string_view(text).substr(at, step));
  }
  EXPECT_EQ(hasher.finish(), digest_hex(DigestAlgorithm::kSm3, text));
}

// Sizes around the start of the thread (256 KiB), a block (1 MiB) and a full ring (8 MiB).
TEST(PairHasher, EqualsTwoSeparateDigestsAtEverySize) {
  constexpr std::size_t kKib = 1024;
  const std::string text = random_bytes(20 * kKib * kKib + 17);
  for (const std::size_t edge : {std::size_t{64}, 256 * kKib, 1024 * kKib, 8192 * kKib}) {
    for (const std::size_t size : {edge - 1, edge, edge + 1, 2 * edge}) {
      const auto part = std::string_view(text).substr(0, size);
      const Digests pair = digest_bytes(part);
      EXPECT_EQ(pair.bytes, size);
      EXPECT_EQ(pair.sha512, digest_hex(DigestAlgorithm::kSha512, part)) << size;
      EXPECT_EQ(pair.sm3, digest_hex(DigestAlgorithm::kSm3, part)) << size;
    }
  }
}

TEST(PairHasher, DoesNotDependOnHowTheBytesAreCut) {
  const std::string text = random_bytes(12 * 1024 * 1024 + 5, 2);
  const Digests whole = digest_bytes(text);
  for (const std::size_t step : {std::size_t{4099}, std::size_t{1'048'577}, text.size() / 2}) {
    PairHasher hasher;
    for (std::size_t at = 0; at < text.size(); at += step) {
      hasher.update(std::as_bytes(std::span(std::string_view(text).substr(at, step))));
    }
    EXPECT_EQ(hasher.finish(), whole) << step;
  }
}

TEST(PairHasher, CanBeAbandonedWhileItsThreadIsBusy) {
  const std::string text = random_bytes(9 * 1024 * 1024, 3);
  PairHasher hasher;
  hasher.update(std::as_bytes(std::span(text)));
}

TEST(DigestFile, ReadsOnceAndTellsHowFarItIs) {
  const TemporaryFolder folder;
  const std::string text = random_bytes(3 * 1024 * 1024 + 1, 4);
  test::write_text(folder / "a.bin", text);
  std::uint64_t read = 0;
  const Digests digests =
      digest_file(folder / "a.bin", [&](std::uint64_t count) { read += count; });
  EXPECT_EQ(digests, digest_bytes(text));
  EXPECT_EQ(read, text.size());
}

TEST(DigestFile, StopsWhenTheProgressThrows) {
  const TemporaryFolder folder;
  test::write_text(folder / "a.bin", random_bytes(4 * 1024 * 1024, 5));

  struct Stop {};

  EXPECT_THROW(digest_file(folder / "a.bin", [](std::uint64_t) { throw Stop(); }), Stop);
}

TEST(DigestFile, RefusesALinkAndAMissingFile) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("/etc/passwd", folder / "link");
  EXPECT_EQ(thrown_by([&] { digest_file(folder / "link"); }).word, "refused");
  EXPECT_EQ(thrown_by([&] { digest_file(folder / "none"); }).word, "not_found");
}

/// Pages of the file in the page cache, or nothing where that cannot be asked.
std::optional<std::size_t> cached_pages(const std::filesystem::path& path, std::size_t bytes) {
  const auto file = FileHandle::open_read(path);
  void* map = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, file.get(), 0);
  if (map == MAP_FAILED) return std::nullopt;
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  std::vector<unsigned char> state((bytes + page - 1) / page);
  const int failed = ::mincore(map, bytes, state.data());
  ::munmap(map, bytes);
  if (failed != 0) return std::nullopt;
  return static_cast<std::size_t>(
      std::count_if(state.begin(), state.end(), [](unsigned char flags) { return flags & 1; }));
}

TEST(Sha512FromDisk, DropsThePagesBeforeItReads) {
  const TemporaryFolder folder;
  const auto path = folder / "a.bin";
  const std::string text = random_bytes(16 * 1024 * 1024, 6);
  test::write_text(path, text);
  const auto before = cached_pages(path, text.size());
  std::optional<std::size_t> at_first_block;
  const std::string sha512 = sha512_from_disk(path, [&](std::uint64_t) {
    if (!at_first_block) at_first_block = cached_pages(path, text.size());
  });
  EXPECT_EQ(sha512, digest_hex(DigestAlgorithm::kSha512, text));
  if (!before || *before == 0 || !at_first_block)
    GTEST_SKIP() << "this file system hides its cache";
  if (*at_first_block == *before) GTEST_SKIP() << "this file system (tmpfs?) drops no pages";
  EXPECT_LT(*at_first_block, *before / 2);
}

}  // namespace
}  // namespace anjuan
