#include "core/messages.h"

#include <cerrno>
#include <cstring>
#include <set>

#include <gtest/gtest.h>

#include "core/embedded.h"
#include "core/json.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"

namespace anjuan {
namespace {

using test::thrown_by;

/// Puts the language back, whatever a test does.
class Messages : public testing::Test {
 protected:
  ~Messages() override { set_language(Language::kChinese); }
};

TEST_F(Messages, AreChineseUntilAnotherLanguageIsSet) {
  const auto full = [] { return say("kernel.disk_full", {{"path", "/档案"}}); };
  EXPECT_NE(full().find("磁盘已满"), std::string::npos);
  EXPECT_NE(full().find("/档案"), std::string::npos);
  set_language(Language::kEnglish);
  EXPECT_EQ(full().substr(0, 16), "The disk is full");
  EXPECT_EQ(say_in(Language::kChinese, "kernel.reason_denied"), "没有权限");
}

TEST_F(Messages, TakeValuesThatLookLikePlaceholders) {
  EXPECT_NE(say("kernel.disk_full", {{"path", "{path}{x}"}}).find("{path}{x}"), std::string::npos);
}

TEST_F(Messages, RefuseAnUnknownIdAndAMissingValue) {
  EXPECT_EQ(thrown_by([] { say("test.no_such_sentence"); }).word, "internal");
  EXPECT_EQ(thrown_by([] { say("kernel.disk_full"); }).word, "internal");
  EXPECT_EQ(thrown_by([] { say("kernel.disk_full", {{"other", ""}}); }).word, "internal");
}

/// The names in braces; fails on a brace that opens or closes nothing.
std::set<std::string> placeholders(const std::string& id, const std::string& text) {
  std::set<std::string> names;
  std::string_view rest = text;
  for (auto open = rest.find('{'); open != rest.npos; open = rest.find('{')) {
    EXPECT_EQ(rest.substr(0, open).find('}'), std::string_view::npos) << id;
    const auto close = rest.find('}', open);
    EXPECT_NE(close, std::string_view::npos) << id;
    if (close == rest.npos) return names;
    names.emplace(rest.substr(open + 1, close - open - 1));
    rest.remove_prefix(close + 1);
  }
  EXPECT_EQ(rest.find('}'), std::string_view::npos) << id;
  return names;
}

struct Sentence {
  std::string file;
  std::string id;
  const Json* texts = nullptr;
};

const std::vector<Sentence>& all_sentences() {
  static std::vector<std::unique_ptr<Json>> files;
  static const std::vector<Sentence> sentences = [] {
    std::vector<Sentence> all;
    for (const auto path : embedded_paths("messages/")) {
      files.push_back(std::make_unique<Json>(Json::parse(embedded(path), std::string(path))));
      for (const auto& [id, texts] : files.back()->members()) {
        all.push_back({std::string(path), id, &texts});
      }
    }
    return all;
  }();
  return sentences;
}

TEST(MessageFiles, HaveBothLanguagesWithTheSamePlaceholders) {
  ASSERT_GT(all_sentences().size(), 20U);
  for (const auto& [file, id, texts] : all_sentences()) {
    ASSERT_EQ(texts->members().size(), 2U) << file << ": " << id;
    const std::string chinese = texts->text_or("zh-CN", "");
    const std::string english = texts->text_or("en", "");
    EXPECT_NE(chinese, "") << file << ": " << id;
    EXPECT_NE(english, "") << file << ": " << id;
    EXPECT_EQ(placeholders(id, chinese), placeholders(id, english)) << file << ": " << id;
  }
}

TEST(MessageFiles, UseEachIdOnce) {
  std::map<std::string, std::string> file_of;
  for (const auto& [file, id, texts] : all_sentences()) {
    const auto [found, added] = file_of.emplace(id, file);
    EXPECT_TRUE(added) << id << " is in " << found->second << " and " << file;
  }
}

/// The first string literal after each `call(`, skipping arguments without one.
std::set<std::string> ids_after(std::string_view source, std::string_view call) {
  std::set<std::string> ids;
  for (auto at = source.find(call); at != source.npos; at = source.find(call, at + 1)) {
    const auto end = source.find_first_of(";{", at);
    const auto open = source.find('"', at);
    if (open >= end) continue;
    ids.emplace(source.substr(open + 1, source.find('"', open + 1) - open - 1));
  }
  return ids;
}

std::set<std::string> ids_used() {
  std::set<std::string> ids;
  const std::filesystem::path root = ANJUAN_SOURCE_DIR;
  for (const char* module : {"core", "packager", "preservation", "ingest", "catalog", "cli"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / module)) {
      if (entry.path().extension() != ".cpp") continue;
      const std::string source = test::read_text(entry.path());
      ids.merge(ids_after(source, " say("));
      ids.merge(ids_after(source, "(say("));
      ids.merge(ids_after(source, "{say("));
      ids.merge(ids_after(source, "say_in("));
    }
  }
  return ids;
}

/// An id that is put together at run time ("doctor.check_" + name, "cli.severity_{}") must at
/// least be the beginning of one.
bool is_known(const std::set<std::string>& known, const std::string& id) {
  const auto hole = id.find('{');
  if (hole == id.npos && !id.ends_with('_') && !id.ends_with('.')) return known.count(id) == 1;
  const auto next = known.lower_bound(id.substr(0, hole));
  return next != known.end() && next->starts_with(id.substr(0, hole));
}

TEST(MessageFiles, HoldEveryIdThatTheCodeUses) {
  std::set<std::string> known;
  for (const auto& sentence : all_sentences()) known.insert(sentence.id);
  const auto used = ids_used();
  EXPECT_GT(used.size(), 20U);
  for (const auto& id : used) {
    if (id.find('.') == id.npos || id.starts_with("test.")) continue;
    EXPECT_TRUE(is_known(known, id)) << "used in the code, but in no file: " << id;
  }
}

TEST(MessageFiles, HaveASentenceForEveryReasonOfTheSystem) {
  // The default branch speaks the system's own words; the common reasons must not.
  for (const int reason : {EACCES, ENOENT, EROFS, EIO, ENAMETOOLONG, EMFILE, EXDEV}) {
    const auto error = thrown_by([&] { throw_errno(reason, "a", "kernel.read_failed"); });
    EXPECT_EQ(error.word, "io");
    EXPECT_EQ(error.message.find(std::strerror(reason)), std::string::npos) << error.message;
  }
}

}  // namespace
}  // namespace anjuan
