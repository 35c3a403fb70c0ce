// Damage in a lossless copy is told as frame, slice and time, without decoding.
#include "preservation/formats/ffv1_sweep.h"

#include <random>
#include <sstream>

#include "tests/preservation/formats/derive_fixture.h"

namespace anjuan::formats {
namespace {

using test::test_picture;

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

TEST(Ffv1Crc, IsTheCrcOfRfc9043) {
  // CRC-32/CKSUM without its final inversion.
  EXPECT_EQ(crc32_msb_first(bytes_of("123456789")), 0x765E7680U ^ 0xFFFFFFFFU);
  EXPECT_EQ(crc32_msb_first({}), 0U);
}

/// Bit by bit, as the standard writes it.
std::uint32_t slow_crc(const std::string& text) {
  std::uint32_t crc = 0;
  for (const char one : text) {
    crc ^= static_cast<std::uint32_t>(static_cast<unsigned char>(one)) << 24U;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc << 1U) ^ ((crc & 0x80000000U) != 0 ? 0x04C11DB7U : 0U);
    }
  }
  return crc;
}

TEST(Ffv1Crc, GivesTheSameForEveryLengthAsBitByBit) {
  for (std::size_t length = 0; length < 100; ++length) {
    const std::string text = test::random_bytes(length, length + 1);
    EXPECT_EQ(crc32_msb_first(bytes_of(text)), slow_crc(text)) << length;
  }
}

/// A slice of `payload` with its footer.
std::string slice(std::string payload) {
  const std::size_t bytes = payload.size();
  for (const unsigned shift : {16U, 8U, 0U}) payload += static_cast<char>((bytes >> shift) & 0xFFU);
  payload += '\0';
  const std::uint32_t crc = slow_crc(payload);
  for (const unsigned shift : {24U, 16U, 8U, 0U})
    payload += static_cast<char>((crc >> shift) & 0xFFU);
  return payload;
}

TEST(Ffv1Crc, CountsSlicesFromTheFront) {
  std::string frame = slice("one") + slice("two") + slice("three");
  EXPECT_EQ(check_frame(bytes_of(frame)).sound, 3U);
  frame[1] ^= 1;
  const auto check = check_frame(bytes_of(frame));
  EXPECT_EQ(check.slices, 3U);
  ASSERT_EQ(check.damaged.size(), 1U);
  EXPECT_EQ(check.damaged[0].slice, 0U);
  EXPECT_EQ(check.damaged[0].damage, SliceDamage::kCheckSum);
}

TEST(Ffv1Crc, SaysWhenSlicesCannotBeFound) {
  const std::string frame = "cut" + slice("two");
  const auto check = check_frame(bytes_of(frame));
  EXPECT_EQ(check.sound, 1U);
  ASSERT_EQ(check.damaged.size(), 1U);
  EXPECT_EQ(check.damaged[0].damage, SliceDamage::kLayout);
}

class Ffv1SweepTest : public DeriveTest {
 protected:
  std::filesystem::path copy() {
    const auto input = clip("in.avi", {test_picture("320x240", 2), {"-c:v", "mjpeg"}});
    const auto result = make(input);
    EXPECT_EQ(result.outcome, DerivationOutcome::kMade) << result.message;
    return result.output;
  }

  Ffv1Sweep sweep(const std::filesystem::path& path) {
    return sweep_ffv1(path, SandboxLevel::kLeast, progress);
  }

  /// Where the packets of a file lie, as ffprobe tells.
  static std::vector<std::size_t> positions(const std::filesystem::path& path) {
    std::istringstream in(test::probed(path, "v:0", "packet=pos"));
    std::vector<std::size_t> all;
    for (std::size_t position = 0; in >> position;) all.push_back(position);
    return all;
  }
};

TEST_F(Ffv1SweepTest, FindsEverySliceOfASoundCopy) {
  const auto result = sweep(copy());
  EXPECT_TRUE(result.sound());
  EXPECT_EQ(result.frames, 50U);
  EXPECT_EQ(result.slices, 50U * 16U);
  EXPECT_TRUE(findings_of(result, "a.mkv").empty());
}

TEST_F(Ffv1SweepTest, OneFlippedBitIsOneSliceAtItsTime) {
  const auto path = copy();
  const auto at = positions(path);
  ASSERT_EQ(at.size(), 50U);
  std::string bytes = test::read_text(path);
  bytes[at[31] + 200] ^= 4;
  test::write_text(path, bytes);
  const auto result = sweep(path);
  EXPECT_FALSE(result.sound());
  EXPECT_EQ(result.damaged, 1U);
  ASSERT_EQ(result.damage.size(), 1U);
  EXPECT_EQ(result.damage[0].frame, 31U);
  EXPECT_EQ(result.damage[0].time_ms, 1240);
  EXPECT_EQ(result.damage[0].slices, 16U);
  const auto findings = findings_of(result, "a.mkv");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].where, "a.mkv 00:00:01.240");
  EXPECT_NE(findings[0].message.find("32"), std::string::npos);
}

TEST_F(Ffv1SweepTest, ACutCopyIsNotSound) {
  const auto path = copy();
  const std::string bytes = test::read_text(path);
  test::write_text(path, bytes.substr(0, bytes.size() / 2));
  const auto result = sweep(path);
  EXPECT_FALSE(result.sound());
  EXPECT_GT(result.structure, 0U);
  EXPECT_GT(result.frames, 20U);
}

TEST_F(Ffv1SweepTest, WithoutCheckSumsNothingIsCalledSound) {
  const auto path = clip("plain.mkv", {test_picture("320x240", 0.4),
                                       {"-c:v", "ffv1", "-level", "3", "-slicecrc", "0"}});
  const auto result = sweep(path);
  EXPECT_FALSE(result.sound());
  const auto findings = findings_of(result, "plain.mkv");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].result, CheckResult::kNotChecked);
}

TEST_F(Ffv1SweepTest, ReadsTheCodecIdOfRfc9559) {
  const auto path = copy();
  std::string bytes = test::read_text(path);
  // The same track entry under its own name: what stood for Video for Windows becomes a Void.
  const std::string old("\x86\x8FV_MS/VFW/FOURCC", 17);
  const auto at = bytes.find(old);
  ASSERT_NE(at, std::string::npos);
  bytes.replace(
      at, 17, std::string("\x86\x86V_FFV1", 8) + std::string("\xEC\x87", 2) + std::string(7, '\0'));
  test::write_text(path, bytes);
  EXPECT_EQ(sweep(path).slices, 50U * 16U);
}

TEST_F(Ffv1SweepTest, AnyDamageGivesAResult) {
  const auto path = copy();
  const std::string whole = test::read_text(path);
  std::mt19937 random(7);
  for (int turn = 0; turn < 30; ++turn) {
    std::string bytes = whole;
    for (int flips = 0; flips < 20; ++flips) {
      const auto at = random() % bytes.size();
      bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1U << (random() % 8)));
    }
    test::write_text(path, bytes);
    const auto file = FileHandle::open_read(path);
    try {
      EXPECT_FALSE(sweep_ffv1_descriptor(file.get(), [](std::uint64_t) {}).sound()) << turn;
    } catch (const MediaFault&) {
    }
  }
}

}  // namespace
}  // namespace anjuan::formats
