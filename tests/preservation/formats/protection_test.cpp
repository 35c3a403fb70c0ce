#include "preservation/formats/protection.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::preservation {
namespace {

using namespace std::string_literals;

class ProtectionTest : public testing::Test {
 protected:
  Protection of(const std::string& name, const std::string& bytes) {
    test::write_text(folder / "file", bytes);
    return protection_of(folder / "file", name);
  }

  test::TemporaryFolder folder;
};

std::string box(const std::string& type, const std::string& content) {
  const std::size_t size = content.size() + 8;
  std::string bytes = {'\0', static_cast<char>(size >> 16U), static_cast<char>(size >> 8U),
                       static_cast<char>(size)};
  return bytes + type + content;
}

TEST_F(ProtectionTest, FindsTheKeyOfAnEncryptedPdfWhereverItStands) {
  const std::string pdf = "%PDF-1.7\n";
  EXPECT_EQ(of("a.pdf", pdf + "trailer << /Root 1 0 R >>").is_encrypted, false);
  EXPECT_EQ(of("a.pdf", pdf + "trailer << /Encrypt 5 0 R >>").is_encrypted, true);
  EXPECT_EQ(of("a.pdf", pdf + "<< /EncryptMetadata false >>").is_encrypted, false);
  EXPECT_EQ(of("a.pdf", pdf + "/Encrypt").is_encrypted, true);
  EXPECT_EQ(of("a.pdf", pdf).is_archive, false);
  // The key lies across the border of two blocks.
  for (const std::size_t at : {1024U * 1024U - 4U, 1024U * 1024U - 8U, 1024U * 1024U}) {
    const std::string filler(at - pdf.size(), 'x');
    EXPECT_EQ(of("a.pdf", pdf + filler + "/Encrypt 5 0 R" + filler).is_encrypted, true) << at;
  }
}

TEST_F(ProtectionTest, TellsArchivesFromFormatsThatAreZips) {
  const std::string zip = "PK\x03\x04\x14\x00\x00\x00\x08\x00"s;
  const std::string locked = "PK\x03\x04\x14\x00\x01\x00\x08\x00"s;
  EXPECT_EQ(of("a.zip", zip).is_archive, true);
  EXPECT_EQ(of("a.pdf", zip).is_archive, true);
  EXPECT_EQ(of("a.OFD", zip).is_archive, false);
  EXPECT_EQ(of("a.ofd", zip).is_encrypted, false);
  EXPECT_EQ(of("a.ofd", locked).is_encrypted, true);
  for (const std::string& head : {"7z\xBC\xAF\x27\x1C"s, "Rar!\x1A\x07\x00"s, "\x1F\x8B\x08"s,
                                  "BZh91AY"s, "\x28\xB5\x2F\xFD"s}) {
    EXPECT_EQ(of("a.jpg", head).is_archive, true);
  }
  EXPECT_EQ(of("a.tar", std::string(257, 'a') + "ustar").is_archive, true);
}

TEST_F(ProtectionTest, LooksIntoTheMoovBoxOfAnMp4) {
  const std::string ftyp = box("ftyp", "isom\0\0\0\0"s);
  const std::string media = box("mdat", "schm\0\0\0\0cenc"s);
  const std::string plain = box("moov", "schm\0\0\0\0abcd"s);
  const std::string locked = box("moov", "....schm\0\0\0\0cenc...."s);
  EXPECT_EQ(of("a.mp4", ftyp + media + plain).is_encrypted, false);
  EXPECT_EQ(of("a.mp4", ftyp + locked + media).is_encrypted, true);
  EXPECT_EQ(of("a.mp4", ftyp + media + locked).is_encrypted, true);
  EXPECT_EQ(of("a.mp4", ftyp + media + plain).is_archive, false);
}

TEST_F(ProtectionTest, DoesNotAnswerWhereItCannotKnow) {
  const std::string ftyp = box("ftyp", "isom\0\0\0\0"s);
  EXPECT_FALSE(of("a.mp4", ftyp).is_encrypted);
  EXPECT_FALSE(of("a.mp4", ftyp + "\xFF\xFF\xFF\xFFmoov"s).is_encrypted);
  EXPECT_FALSE(of("a.mp4", ftyp + "\0\0\0\0mdat"s).is_encrypted);
  EXPECT_FALSE(of("a.mp4", ftyp + "\0\0\0\1mdat\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s).is_encrypted);
  EXPECT_FALSE(of("a.bin", "unknown").is_encrypted);
  EXPECT_FALSE(of("a.bin", "").is_archive);
  EXPECT_FALSE(of("a.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s).is_encrypted);
  EXPECT_FALSE(of("a.txt", "a\0b"s).is_encrypted);
  EXPECT_EQ(of("a.txt", "说明").is_encrypted, false);
}

TEST_F(ProtectionTest, RefusesWhatIsNoFile) {
  EXPECT_EQ(test::thrown_by([&] { protection_of(folder / "absent", "a.pdf"); }).word, "not_found");
}

}  // namespace
}  // namespace anjuan::preservation
