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

}  // namespace
}  // namespace anjuan::preservation
