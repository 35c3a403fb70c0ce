// Media types for METS, from our own table, without a child.
#include "preservation/formats/media_type.h"

#include <gtest/gtest.h>

namespace anjuan::preservation {
namespace {

using namespace std::string_literals;

TEST(MediaType, IsThatOfTheBytesThenThatOfTheName) {
  EXPECT_EQ(media_type("%PDF-1.7\n", "a.txt"), "application/pdf");
  EXPECT_EQ(media_type("\xFF\xD8\xFF\xE0"s, "a.jpg"), "image/jpeg");
  EXPECT_EQ(media_type("\0\0\0\x18"s + "ftypisom", "a"), "video/mp4");
  EXPECT_EQ(media_type("RIFF....WAVEfmt ", "a.wav"), "audio/vnd.wave");
  EXPECT_EQ(media_type("RIFF....AVI LIST", "a.avi"), "video/vnd.avi");
  EXPECT_EQ(media_type("{}", "a.json"), "application/json");
  EXPECT_EQ(media_type("text", "a.MD"), "text/markdown");
  EXPECT_EQ(media_type("\x01\x02", "a.xyz"), "application/octet-stream");
  EXPECT_EQ(media_type("", ""), "application/octet-stream");
  EXPECT_EQ(media_type("\x01\x02", "a.pdf"), "application/octet-stream")
      << "a name alone makes no PDF";
}

TEST(MediaType, OfAContainerFollowsTheNameWhereItFits) {
  const std::string zip = "PK\x03\x04";
  EXPECT_EQ(media_type(zip, "a.ofd"), "application/ofd");
  EXPECT_EQ(media_type(zip, "a.docx"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  EXPECT_EQ(media_type(zip, "a.zip"), "application/zip");
  EXPECT_EQ(media_type(zip, "a.doc"), "application/zip");
  EXPECT_EQ(media_type("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a.doc"), "application/msword");
}

std::string ebml(const std::string& id, const std::string& content) {
  return id + static_cast<char>(0x80U | content.size()) + content;
}

/// The head of a Matroska file with tracks of these types (RFC 9559, 5.1.4.1.3).
std::string matroska(const std::string& document, const std::string& types) {
  std::string tracks;
  for (const char type : types) {
    tracks += ebml("\xAE", ebml("\xD7", "\x01") + ebml("\x83", {type}));
  }
  return ebml("\x1A\x45\xDF\xA3", ebml("\x42\x82", document)) +
         ebml("\x18\x53\x80\x67", ebml("\xEC", "void") + ebml("\x16\x54\xAE\x6B", tracks));
}

TEST(MediaType, OfSoundAloneInMatroskaIsOneOfSound) {
  EXPECT_EQ(media_type(matroska("matroska", "\x02"), "a.mka"), "audio/matroska");
  EXPECT_EQ(media_type(matroska("matroska", "\x02\x11"), "a.mkv"), "audio/matroska");
  EXPECT_EQ(media_type(matroska("webm", "\x02"), "a.webm"), "audio/webm");
  EXPECT_EQ(media_type(matroska("matroska", "\x02\x01"), "a.mka"), "video/matroska");
  EXPECT_EQ(media_type(matroska("matroska", "\x11"), "a.mks"), "video/matroska");
  const std::string whole = matroska("matroska", "\x02\x02");
  for (std::size_t size = 20; size <= whole.size(); ++size) {
    const std::string part = whole.substr(0, size);
    EXPECT_EQ(media_type(part, "a.mka"), "audio/matroska") << size;
    const bool seen = size == whole.size();
    EXPECT_EQ(media_type(part, "a.mkv"), seen ? "audio/matroska" : "video/matroska") << size;
  }
}

}  // namespace
}  // namespace anjuan::preservation
