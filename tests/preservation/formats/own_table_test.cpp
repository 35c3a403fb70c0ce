// Our own table, without PRONOM's files: every format of the policy, as other programs write them
// (ffmpeg) and on bytes made here.
#include <gtest/gtest.h>

#include "core/embedded.h"
#include "core/json.h"
#include "core/text.h"
#include "preservation/formats/identify.h"
#include "preservation/formats/identify/signature_set.h"
#include "tests/support/compound_file.h"
#include "tests/support/corpora.h"
#include "tests/support/files.h"
#include "tests/support/foreign_archives.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::formats {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;
using test::make_compound_file;
using test::make_zip;

const Identifier& own() {
  static const Identifier identifier = Identifier::open({});
  return identifier;
}

std::string shown(const Findings& findings) {
  std::string text;
  for (const auto& finding : findings) text += finding.code + " " + finding.message + "\n";
  return text;
}

struct Encoded {
  std::string file;
  std::string options;
  std::string puid;
};

/// What a small clip with a tone, or one of its pictures, becomes.
const Encoded kEncoded[] = {
    {"h264.mp4", "-c:v libx264 -c:a aac", "fmt/199"},
    {"h265.mp4", "-c:v libx265 -an", "fmt/199"},
    {"audio.m4a", "-vn -c:a aac", "fmt/199"},
    {"h264.mov", "-c:v libx264 -c:a aac", "x-fmt/384"},
    {"phone.3gp", "-c:v libx264 -an", "fmt/357"},
    {"mjpeg.avi", "-c:v mjpeg -c:a pcm_s16le", "fmt/5"},
    {"mpeg1.mpg", "-c:v mpeg1video -r 25 -an", "x-fmt/385"},
    {"mpeg2.vob", "-c:v mpeg2video -an", "x-fmt/386"},
    {"mpeg2.m2v", "-c:v mpeg2video -an", "fmt/640"},
    {"mpeg2.ts", "-c:v mpeg2video -an", "fmt/585"},
    {"bluray.m2ts", "-c:v libx264 -an -mpegts_m2ts_mode 1", "fmt/1055"},
    {"windows.wmv", "-c:v wmv2 -c:a wmav2", "fmt/133"},
    {"windows.wma", "-vn -c:a wmav2", "fmt/132"},
    {"flash.flv", "-c:v flv -an", "x-fmt/382"},
    {"tape.dv", "-s 720x576 -r 25 -pix_fmt yuv420p -c:v dvvideo -an", "x-fmt/152"},
    {"kept.mkv", "-c:v ffv1 -c:a flac", "fmt/569"},
    {"web.webm", "-c:v libvpx -an", "fmt/573"},
    {"broadcast.mxf", "-c:v mpeg2video -r 25 -an", "fmt/200"},
    {"stream.h264", "-c:v libx264 -an", "local/h264"},
    {"stream.h265", "-c:v libx265 -an", "local/h265"},
    {"plain.wav", "-vn -c:a pcm_s16le", "fmt/141"},
    {"wide.wav", "-vn -c:a pcm_s24le -ac 2", "fmt/143"},
    {"law.wav", "-vn -c:a pcm_alaw -ar 8000 -ac 1", "fmt/142"},
    {"bwf.wav", "-vn -c:a pcm_s16le -write_bext 1 -metadata description=x", "fmt/704"},
    {"music.mp3", "-vn -c:a libmp3lame", "fmt/134"},
    {"untagged.mp3", "-vn -c:a libmp3lame -id3v2_version 0 -write_xing 0", "fmt/134"},
    {"voice.aac", "-vn -c:a aac", "fmt/1812"},
    {"kept.flac", "-vn -c:a flac", "fmt/279"},
    {"vorbis.ogg", "-vn -c:a libvorbis", "fmt/203"},
    {"opus.opus", "-vn -c:a libopus", "fmt/946"},
    {"tone.aiff", "-vn", "fmt/414"},
    {"picture.jpg", "-frames:v 1 -an", "fmt/44"},
    {"picture.png", "-frames:v 1 -an", "fmt/11"},
    {"picture.tiff", "-frames:v 1 -an", "fmt/353"},
    {"picture.gif", "-frames:v 1 -an", "fmt/4"},
    {"picture.bmp", "-frames:v 1 -an", "fmt/116"},
    {"picture.jp2", "-frames:v 1 -an", "x-fmt/392"},
    {"picture.webp", "-frames:v 1 -an -c:v libwebp", "fmt/566"},
};

TEST(OwnTable, KnowsWhatFfmpegWrites) {
  if (!test::has_program("ffmpeg")) GTEST_SKIP() << "no ffmpeg";
  const test::TemporaryFolder folder;
  std::size_t known = 0;
  for (const auto& [file, options, puid] : kEncoded) {
    const fs::path path = folder / file;
    const bool made = test::run_tool(
        fmt::format("ffmpeg -v error -f lavfi -i testsrc2=s=320x240:r=25:d=0.4 -f lavfi -i "
                    "sine=d=0.4 -shortest {} {} >/dev/null 2>&1",
                    options, path.string()));
    if (!made) {
      std::cout << "this ffmpeg cannot write " << file << '\n';
      continue;
    }
    ++known;
    const auto found = own().identify(path);
    EXPECT_EQ(found.puid, puid) << file << "\n" << shown(found.findings);
    EXPECT_EQ(found.basis, Basis::kSignature) << file;
    EXPECT_NE(found.opinion, Opinion::kDisagrees) << file << " " << found.opinion_mime;
    EXPECT_TRUE(found.findings.empty()) << file << "\n" << shown(found.findings);
  }
  EXPECT_GE(known, 30U) << "so many encoders are in Debian's ffmpeg";
}

std::string content_types(const std::string& type) {
  return "<?xml version=\"1.0\"?><Types "
         "xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
         "<Override PartName=\"/x\" ContentType=\"application/vnd." +
         type + "\"/></Types>";
}

std::string ooxml(const std::string& type) {
  return make_zip(
      {{"[Content_Types].xml", content_types(type), 0, 0100644, test::Packing::kDeflated}});
}

std::string odf(const std::string& type, const std::string& version) {
  return make_zip(
      {{"mimetype", "application/vnd.oasis.opendocument." + type},
       {"content.xml", "<office:document-content office:version=\"" + version + "\">"}});
}

std::string pdf(const std::string& version, const std::string& xmp = "") {
  return "%PDF-" + version + "\n%\xE2\xE3\xCF\xD3\n" + xmp + "\ntrailer\n%%EOF\n";
}

std::string pdfa(const std::string& part, const std::string& conformance) {
  return pdf("1.7", "<pdfaid:part>" + part + "</pdfaid:part><pdfaid:conformance>" + conformance +
                        "</pdfaid:conformance>");
}

std::string exif_jpeg(const std::string& version) {
  return "\xFF\xD8\xFF\xE1\x00\x60"s + "Exif\0\0II*\0\x08\0\0\0"s +
         "\x01\0\x00\x90\x07\0\x04\0\0\0"s + version + "\xFF\xD9";
}

struct Made {
  std::string file;
  std::string bytes;
  std::string puid;
};

std::vector<Made> documents() {
  const std::string fib97 = "\xEC\xA5\xC1\x00"s + std::string(5000, ' ');
  const std::string fib95 = "\xDC\xA5\x68\x00"s + std::string(5000, ' ');
  const std::string locked =
      "\xEC\xA5\xC1\x00"s + std::string(7, '\0') + "\x01" + std::string(90, ' ');
  const std::string bof8 = "\x09\x08\x10\x00\x00\x06\x05\x00"s + std::string(100, 'x');
  const std::string bof5 = "\x09\x08\x08\x00\x00\x05\x05\x00"s + std::string(100, 'x');
  return {
      {"a.doc",
       make_compound_file({{"WordDocument", fib97},
                           {"\x01"
                            "CompObj",
                            "Word.Document.8"}}),
       "fmt/40"},
      {"b.doc", make_compound_file({{"WordDocument", fib95}}), "fmt/39"},
      {"c.doc", make_compound_file({{"WordDocument", locked}}), "fmt/754"},
      {"d.xls", make_compound_file({{"Workbook", bof8}}), "fmt/61"},
      {"e.xls", make_compound_file({{"Book", bof5}}), "fmt/59"},
      {"f.ppt", make_compound_file({{"Pictures", ""}, {"PowerPoint Document", "x"}}), "fmt/126"},
      {"g.msg", make_compound_file({{"__properties_version1.0", "x"}}), "x-fmt/430"},
      {"h.docx", make_compound_file({{"EncryptionInfo", "x"}, {"EncryptedPackage", "y"}}),
       "fmt/494"},
      {"i.wps",
       make_compound_file({{"WordDocument", fib97},
                           {"\x01"
                            "CompObj",
                            "..KWPS.Document.9"}}),
       "local/wps"},
      {"j.et",
       make_compound_file({{"Workbook", bof8},
                           {"\x01"
                            "CompObj",
                            "..KET.Workbook.9"}}),
       "local/et"},
      {"k.dps",
       make_compound_file({{"PowerPoint Document", "x"},
                           {"\x01"
                            "CompObj",
                            "KWPP.Presentation.9"}}),
       "local/dps"},
      {"l.wps", "\x90\xFFWPS2001\0\0\x01"s, "local/wps-2001"},
      {"m.wps", make_compound_file({{"WordDocument", fib97}}), "fmt/40"},
      {"n.docx", ooxml("openxmlformats-officedocument.wordprocessingml.document.main+xml"),
       "fmt/412"},
      {"o.wps", ooxml("openxmlformats-officedocument.wordprocessingml.document.main+xml"),
       "fmt/412"},
      {"p.xlsx", ooxml("openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), "fmt/214"},
      {"q.pptx", ooxml("openxmlformats-officedocument.presentationml.presentation.main+xml"),
       "fmt/215"},
      {"r.odt", odf("text", "1.2"), "fmt/291"},
      {"s.ods", odf("spreadsheet", "1.3"), "fmt/1755"},
      {"t.ofd", make_zip({{"OFD.xml", "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\">"}}),
       "local/ofd"},
      {"u.zip", make_zip({{"a.txt", "x"}}), "x-fmt/263"},
      {"v.rtf", "{\\rtf1\\ansi\\ansicpg936\\deff0 text}", "fmt/50"},
  };
}

std::vector<Made> portable_documents() {
  return {
      {"w.pdf", pdf("1.4"), "fmt/18"},
      {"x.pdf", pdf("2.0"), "fmt/1129"},
      {"y.pdf", pdfa("1", "B"), "fmt/354"},
      {"z.pdf", pdfa("2", "B"), "fmt/477"},
      {"aa.pdf", pdf("1.7", "pdfaid:part='3' pdfaid:conformance='U'"), "fmt/481"},
      {"ab.pdf",
       pdf("1.7", std::string(900'000, ' ') + "pdfaid:part=\"2\" pdfaid:conformance=\"U\""),
       "fmt/478"},
  };
}

std::vector<Made> others() {
  const std::string mail = "From: a@b.cn\r\nTo: c@d.cn\r\nSubject: x\r\nDate: x\r\n";
  return {
      {"a.jpg", "\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x02"s, "fmt/44"},
      {"b.jpg", exif_jpeg("0220"), "x-fmt/391"},
      {"c.jpg", exif_jpeg("0232"), "fmt/1507"},
      {"d.heic",
       "\0\0\0\x18"
       "ftypheic\0\0\0\0mif1heic"s,
       "fmt/1101"},
      {"e.tif", "MM\0*\0\0\0\x08"s, "fmt/353"},
      {"f.dav", "DHAV\xFD\0\0\0"s + std::string(64, '\x7'), "local/dav"},
      {"g.mp4", "IMKH\x01\x01\0\0"s + std::string(32, '\0') + "\0\0\x01\xBA\x44"s,
       "local/hikvision"},
      {"h.bin",
       "DEVC\0\x01\0\x40"
       "DVID\x4C\x04\0\x01"s,
       "local/gpmf"},
      {"i.amr", "#!AMR\n\x3C", "fmt/356"},
      {"j.7z", "7z\xBC\xAF\x27\x1C\0\x04"s, "fmt/484"},
      {"k.rar", "Rar!\x1A\x07\x01\0"s, "fmt/613"},
      {"l.rar", "Rar!\x1A\x07\0\xCF"s, "fmt/411"},
      {"m.tar", test::make_tar({{"a.txt", "x"}}), "x-fmt/265"},
      {"n.gz", test::make_gzip("x"), "x-fmt/266"},
      {"o.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><案卷/>", "fmt/101"},
      {"p.html", "<!DOCTYPE html>\n<html><body>", "fmt/471"},
      {"q.htm", "<html>\n<head>", "fmt/96"},
      {"r.html", "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">", "fmt/100"},
      {"s.eml", mail + "\r\nbody", "fmt/278"},
      {"t.eml", mail + "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n", "fmt/950"},
  };
}

void expect_known(const std::vector<Made>& all) {
  const test::TemporaryFolder folder;
  for (const auto& [file, bytes, puid] : all) {
    test::write_text(folder / file, bytes);
    const auto found = own().identify(folder / file);
    EXPECT_EQ(found.puid, puid) << file << "\n" << shown(found.findings);
    EXPECT_GE(found.basis, Basis::kSignature) << file;
    EXPECT_TRUE(found.findings.empty()) << file << "\n" << shown(found.findings);
  }
}

TEST(OwnTable, KnowsOfficeDocuments) { expect_known(documents()); }

TEST(OwnTable, KnowsPdfAndItsArchivalForms) { expect_known(portable_documents()); }

TEST(OwnTable, KnowsPicturesRecordingsArchivesAndMail) { expect_known(others()); }

TEST(OwnTable, AgreesWithPronomOnRealFiles) {
  const fs::path pronom = test::corpora("pronom");
  const fs::path media = test::corpora("media");
  if (pronom.empty() || media.empty()) GTEST_SKIP() << "no corpora: set ANJUAN_CORPORA";
  IdentifierSources sources;
  sources.pronom = pronom / "DROID_SignatureFile_V122.xml";
  sources.containers = pronom / "container-signature-20260119.xml";
  const auto with_pronom = Identifier::open(sources);
  EXPECT_EQ(with_pronom.version(), "PRONOM 122");
  for (const auto& entry : fs::recursive_directory_iterator(media)) {
    if (!entry.is_regular_file()) continue;
    const auto ours = own().identify(entry.path());
    const auto theirs = with_pronom.identify(entry.path());
    EXPECT_EQ(ours.puid, theirs.puid) << entry.path();
    EXPECT_EQ(ours.mime, theirs.mime) << entry.path();
    EXPECT_TRUE(ours.identified()) << entry.path();
    EXPECT_NE(theirs.opinion, Opinion::kDisagrees) << entry.path() << " " << theirs.opinion_mime;
  }
}

TEST(OwnTable, HelpsWherePronomKnowsNothingOfTheMembers) {
  const fs::path pronom = test::corpora("pronom");
  if (pronom.empty()) GTEST_SKIP() << "no corpora: set ANJUAN_CORPORA";
  IdentifierSources sources;
  sources.pronom = pronom / "DROID_SignatureFile_V122.xml";
  sources.containers = pronom / "container-signature-20260119.xml";
  const auto with_pronom = Identifier::open(sources);
  const std::string fib97 = "\xEC\xA5\xC1\x00"s + std::string(5000, ' ');
  const test::TemporaryFolder folder;
  // PRONOM asks for double quotes; XML does not.
  std::string types =
      content_types("openxmlformats-officedocument.wordprocessingml.document.main+xml");
  std::replace(types.begin(), types.end(), '"', '\'');
  test::write_text(folder / "quotes.docx", make_zip({{"[Content_Types].xml", types}}));
  test::write_text(folder / "a.wps", make_compound_file({{"WordDocument", fib97},
                                                         {"\x01"
                                                          "CompObj",
                                                          "KWPS.Document.9"}}));
  EXPECT_EQ(with_pronom.identify(folder / "quotes.docx").puid, "fmt/412");
  EXPECT_EQ(with_pronom.identify(folder / "a.wps").puid, "local/wps");
}

TEST(OwnTable, HasNoFormatThatGivesWayToNothingKnown) {
  for (const Format& format : SignatureSet::own().formats()) {
    for (const std::string& lesser : format.over) {
      EXPECT_NE(lesser, format.puid);
      if (lesser == "fmt/609") continue;  // Known to PRONOM only.
      EXPECT_NE(SignatureSet::own().find(lesser), nullptr) << format.puid << " over " << lesser;
    }
  }
}

}  // namespace
}  // namespace anjuan::formats
