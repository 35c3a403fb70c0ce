// The proof as text: what is written is read back, and nothing else is taken for one.
#include "preservation/formats/proof.h"

#include <gtest/gtest.h>

#include "preservation/formats/packet_form.h"
#include "preservation/formats/policy.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::formats {
namespace {

using test::thrown_by;

const std::string kDigest(64, 'a');

std::vector<ProofStream> two_streams() {
  return {{{1, 25}, StreamKind::kVideo, "rawvideo", 320, 240, {1, 1}, 0, 0, 0, "mjpeg", false},
          {{1, 48000}, StreamKind::kAudio, "pcm_s16le", 0, 0, {}, 48000, 2, 3, "pcm_s16le", true}};
}

std::string written(const std::vector<ProofStream>& streams, const std::vector<ProofLine>& lines) {
  std::string text;
  ProofWriter writer([&text](std::string_view part) { text += part; }, streams);
  for (const auto& line : lines) writer.line(line);
  return text;
}

std::string word_for(const std::string& text) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "proof", text);
  return thrown_by([&] { read_proof(folder / "proof", [](const ProofLine&) {}); }).word;
}

TEST(Proof, IsReadAsItWasWritten) {
  const std::vector<ProofLine> lines{{0, -2, -2, 1, 115200, kDigest},
                                     {1, 0, 0, 48000, 192000, std::string(64, '0')}};
  const test::TemporaryFolder folder;
  test::write_text(folder / "proof", written(two_streams(), lines));
  std::vector<ProofLine> read;
  const auto streams =
      read_proof(folder / "proof", [&](const ProofLine& line) { read.push_back(line); });
  EXPECT_EQ(read, lines);
  EXPECT_EQ(streams, two_streams());
}

TEST(Proof, LooksAsFfmpegWritesIt) {
  const std::string text = written(two_streams(), {{0, 7, 7, 1, 115200, kDigest}});
  EXPECT_TRUE(text.starts_with("#format: frame checksums\n#version: 2\n#hash: SHA256\n"));
  EXPECT_NE(text.find("\n#stream#, dts,        pts, duration,     size, hash\n"
                      "0,          7,          7,        1,   115200, aaaa"),
            std::string::npos);
}

TEST(Proof, AnythingElseIsRefused) {
  const std::string head = written(two_streams(), {});
  EXPECT_EQ(word_for(head), "nothing");
  EXPECT_EQ(word_for(head + "0, 1, 1, 1, 5, " + kDigest + "\n"), "nothing");
  for (const std::string line :
       {"0, 1, 1, 1, 5", "2, 1, 1, 1, 5, ", "-1, 1, 1, 1, 5, ", "0, x, 1, 1, 5, ",
        "0, 1, 1, 1, -5, ", "0, 1, 1, 1, 99999999999999999999, ", "0, 1, 1, 1, 5, 6, "}) {
    EXPECT_EQ(word_for(head + line + kDigest + "\n"), "invalid") << line;
  }
  EXPECT_EQ(word_for(head + "0, 1, 1, 1, 5, " + std::string(64, 'A') + "\n"), "invalid");
  EXPECT_EQ(word_for("0, 1, 1, 1, 5, " + kDigest + "\n"), "invalid");
  EXPECT_EQ(word_for("#format: frame checksums\n#version: 3\n"), "invalid");
  EXPECT_EQ(word_for("#format: frame checksums\n#hash: MD5\n"), "invalid");
  EXPECT_EQ(word_for("#format: frame checksums\n#tb 0: 0/0\n"), "invalid");
  EXPECT_EQ(word_for("#format: frame checksums\n#tb 7: 1/25\n"), "invalid");
  EXPECT_EQ(word_for(std::string(5000, '#')), "invalid");
  EXPECT_EQ(word_for(""), "nothing");
}

TEST(Proof, EveryByteMayBeChangedWithoutACrash) {
  const std::string text = written(two_streams(), {{0, 7, 7, 1, 115200, kDigest}});
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 0x15);
    const std::string word = word_for(changed);
    EXPECT_TRUE(word == "invalid" || word == "nothing") << i;
  }
}

std::string repacked(const std::string& text) {
  return with_lengths(std::as_bytes(std::span(text)));
}

TEST(PacketForm, StartCodesBecomeLengths) {
  using namespace std::string_literals;
  EXPECT_EQ(repacked("\0\0\0\1ab\0\0\1c"s), "\0\0\0\2ab\0\0\0\1c"s);
  EXPECT_EQ(repacked("\0\0\1ab\0\0\0\1c"s), "\0\0\0\2ab\0\0\0\1c"s);
  EXPECT_EQ(repacked("no start code"s), "");
  EXPECT_EQ(repacked("\0\0\1"s), "");
}

TEST(PacketForm, AdtsHeadersAreTakenOff) {
  using namespace std::string_literals;
  const auto bare = [](const std::string& text) {
    const auto rest = without_adts(std::as_bytes(std::span(text)));
    return std::string(reinterpret_cast<const char*>(rest.data()), rest.size());
  };
  EXPECT_EQ(bare("\xFF\xF1" + "12345abcd"s), "abcd");
  EXPECT_EQ(bare("\xFF\xF0" + "1234567abcd"s), "abcd");
  EXPECT_EQ(bare("no header at all"), "no header at all");
}

}  // namespace
}  // namespace anjuan::formats
