// Every sample case as anjuan-sample draws it: files, pages, words, times.

#include <regex>

#include <gtest/gtest.h>

#include "core/clock.h"
#include "core/durable.h"
#include "tests/sample/sample_program.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {
namespace {

/// Draws each case once, with recordings of about two seconds.
class DrawnCase : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    static const TemporaryFolder kFolder;
    static std::map<std::string, Outcome> drawn;
    const std::string name = GetParam();
    if (!drawn.contains(name)) {
      drawn[name] = run_sample(kFolder.path(), "--seconds 2 --case " + name);
    }
    ASSERT_EQ(drawn[name].status, 0) << drawn[name].output;
    folder_ = kFolder / name;
    case_ = Json::parse(read_file(folder_ / "case.json"), name);
  }

  std::filesystem::path folder_;
  Json case_;
};

INSTANTIATE_TEST_SUITE_P(All, DrawnCase,
                         testing::Values("A-segments", "B", "D", "E", "G", "H", "I", "J"),
                         [](const auto& chosen) {
                           std::string name = chosen.param;
                           std::erase(name, '-');
                           return name;
                         });

std::string without_spaces(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter != ' ' && letter != '\n' && letter != '\f') result += letter;
  }
  return result;
}

bool ends_with(const Json& item, std::string_view ending) {
  return item.text_or("file", "").ends_with(ending);
}

bool is_scan(const Json& document) {
  const Json* fields = document.find("fields");
  return fields != nullptr &&
         (fields->find("writing") != nullptr || fields->find("carrier") != nullptr);
}

/// A declared value as an official document writes it: 2025-06-17 becomes 2025年6月17日.
std::string as_written(const std::string& value) {
  static const std::regex kDate(R"((\d{4})-0?(\d+)-0?(\d+)(T0?(\d+):(\d\d))?)");
  std::string result;
  std::string rest = value;
  std::smatch match;
  while (std::regex_search(rest, match, kDate)) {
    result += match.prefix().str() + match[1].str() + "年" + match[2].str() + "月" +
              match[3].str() + "日";
    if (match[4].matched) result += match[5].str() + "时" + match[6].str() + "分";
    rest = match.suffix();
  }
  return without_spaces(result + rest);
}

TEST_P(DrawnCase, HasTheNamedFilesAndNoOthers) {
  EXPECT_EQ(files_under(folder_), named_files(case_));
}

TEST_P(DrawnCase, PdfsHaveTheDeclaredPages) {
  if (!have_program("pdfinfo")) GTEST_SKIP() << "pdfinfo (poppler-utils) is not installed";
  for (const Json& document : items_of(case_, "docs")) {
    if (!ends_with(document, ".pdf")) continue;
    const std::string file = document.text_or("file", "");
    const Outcome info =
        run_command("TZ=Asia/Shanghai pdfinfo -isodates " + quoted(folder_ / file));
    ASSERT_EQ(info.status, 0) << file << info.output;
    const std::string pages = "Pages:           " + document.find("pages")->lexical() + "\n";
    EXPECT_NE(info.output.find(pages), std::string::npos) << file << "\n" << info.output;
    EXPECT_NE(info.output.find("(A4)"), std::string::npos) << file;
    const std::string made = "CreationDate:    " + document.text_or("date", "") + "T00:00:00+08";
    EXPECT_NE(info.output.find(made), std::string::npos) << file << "\n" << info.output;
  }
}

TEST_P(DrawnCase, PdfsSayWhatIsDeclared) {
  if (!have_program("pdftotext")) GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
  const std::string number = without_spaces(case_.text_or("case_no", ""));
  for (const Json& document : items_of(case_, "docs")) {
    if (!ends_with(document, ".pdf") || is_scan(document)) continue;
    const std::string file = document.text_or("file", "");
    const Outcome read = run_command("pdftotext " + quoted(folder_ / file) + " -");
    const std::string text = without_spaces(read.output);
    EXPECT_NE(text.find(number), std::string::npos) << file;
    EXPECT_NE(text.find(without_spaces(document.text_or("title", ""))), std::string::npos) << file;
    EXPECT_NE(text.find(without_spaces(document.text_or("doc_no", ""))), std::string::npos) << file;
    const Json* fields = document.find("fields");
    for (const auto& [key, value] : fields->members()) {
      if (!value.is_string()) continue;
      EXPECT_NE(text.find(as_written(value.as_string())), std::string::npos)
          << file << ": " << key << " " << as_written(value.as_string());
    }
  }
}

/// The text of the first document of `kind`, without spaces.
std::string text_of(const std::filesystem::path& folder, const Json& the_case,
                    std::string_view kind) {
  for (const Json& document : items_of(the_case, "docs")) {
    if (document.text_or("kind", "") != kind) continue;
    return without_spaces(
        run_command("pdftotext " + quoted(folder / document.text_or("file", "")) + " -").output);
  }
  return "";
}

TEST_P(DrawnCase, MissingFieldsStayBlank) {
  if (!have_program("pdftotext")) GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
  const std::string name = GetParam();
  if (name != "A-segments" && name != "E") return;
  // E's decision does not tell the remedies.
  const bool told = text_of(folder_, case_, "D_DECISION").find("六十日内向") != std::string::npos;
  EXPECT_EQ(told, name == "A-segments");
}

TEST_P(DrawnCase, DocumentsAboutThePartyNameIt) {
  if (!have_program("pdftotext")) GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
  const std::string party = case_.find("party")->text_or("name", "");
  const std::set<std::string> kinds = {
      "D_FILE", "D_SITE",  "D_INQ", "D_OPINION", "D_NOTICE",    "D_DECISION",       "D_SERVICE",
      "D_SPOT", "D_CLOSE", "D_APP", "D_MEAS",    "D_NOPENALTY", "D_REVIEW_DECISION"};
  std::size_t seen = 0;
  for (const Json& document : items_of(case_, "docs")) {
    if (!kinds.contains(document.text_or("kind", "")) || !ends_with(document, ".pdf")) continue;
    if (is_scan(document)) continue;
    const std::string file = document.text_or("file", "");
    const Outcome read = run_command("pdftotext " + quoted(folder_ / file) + " -");
    EXPECT_NE(without_spaces(read.output).find(party), std::string::npos) << file;
    ++seen;
  }
  EXPECT_GT(seen, 1U);
}

TEST_P(DrawnCase, ScansHaveNoTextLayer) {
  if (!have_program("pdftotext")) GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
  for (const Json& document : items_of(case_, "docs")) {
    if (!ends_with(document, ".pdf") || !is_scan(document)) continue;
    const std::string file = document.text_or("file", "");
    EXPECT_EQ(without_spaces(run_command("pdftotext " + quoted(folder_ / file) + " -").output), "")
        << file;
  }
}

std::string probed(const std::filesystem::path& path, const std::string& entries) {
  return run_command("ffprobe -v error -of default=nw=1:nk=1 -show_entries " + entries + " " +
                     quoted(path))
      .output;
}

/// "2025-06-17T01:04:59.000000Z"
std::string utc_text(Instant instant) {
  const std::string local = to_text(instant - std::chrono::hours(8));
  return local.substr(0, 19) + ".000000Z";
}

TEST_P(DrawnCase, RecordingsLastAndBeginAsDeclared) {
  if (!have_program("ffprobe")) GTEST_SKIP() << "ffprobe (ffmpeg) is not installed";
  std::vector<Json> parts;
  for (const Json& recording : items_of(case_, "av")) {
    if (recording.find("segments") == nullptr) parts.push_back(recording);
    for (const Json& segment : items_of(recording, "segments")) parts.push_back(segment);
  }
  ASSERT_FALSE(parts.empty());
  for (const Json& part : parts) {
    const auto path = folder_ / part.text_or("file", "");
    if (path.extension() == ".jpg") continue;
    const double length = std::stod(probed(path, "format=duration"));
    EXPECT_NEAR(length, part.find("duration_s")->as_double(), 0.1) << path;
    if (path.extension() == ".avi") {
      EXPECT_EQ(without_spaces(probed(path, "stream=codec_name")), "mjpegpcm_s16le") << path;
      EXPECT_EQ(without_spaces(probed(path, "stream=width,height,pix_fmt,color_range")),
                "640480yuvj420ppc")
          << path;
    }
    if (path.extension() != ".mp4") continue;
    const Instant made = parse_instant(part.text_or("made_at", ""));
    EXPECT_EQ(without_spaces(probed(path, "format_tags=creation_time")), utc_text(made)) << path;
    EXPECT_EQ(without_spaces(probed(path, "stream=codec_name")), "h264aac") << path;
  }
}

TEST_P(DrawnCase, PicturesAreLargeJpegs) {
  if (!have_program("ffprobe")) GTEST_SKIP() << "ffprobe (ffmpeg) is not installed";
  for (const auto& file : named_files(case_)) {
    if (!file.ends_with(".jpg")) continue;
    const std::string size = probed(folder_ / file, "stream=codec_name,width,height");
    const bool document = file.starts_with("docs/");
    EXPECT_EQ(size, document ? "mjpeg\n1240\n1754\n" : "mjpeg\n2048\n1536\n") << file;
  }
}

TEST_P(DrawnCase, PhotographsTellTheirTimeAndDevice) {
  for (const Json& recording : items_of(case_, "av")) {
    if (!ends_with(recording, ".jpg")) continue;
    const std::string bytes = read_file(folder_ / recording.text_or("file", ""));
    std::string time = to_text(parse_instant(recording.text_or("made_at", ""))).substr(0, 19);
    time[4] = time[7] = ':';
    time[10] = ' ';
    EXPECT_NE(bytes.find(time), std::string::npos) << time;
    EXPECT_NE(bytes.find(recording.text_or("device_id", "")), std::string::npos);
  }
}

}  // namespace
}  // namespace anjuan::test
