#pragma once
// How results are said: names of objects, labels of elements, articles, dates and whole messages,
// as an archivist would read them aloud (schemas/rule_words.json, schemas/messages/judge.json).

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/messages.h"
#include "preservation/rules/case_facts.h"

namespace anjuan::rules {

/// "操作细则第三十二条第一款", "《行政处罚法》第六十四条第（二）项"; for "国办发〔2018〕118号"
/// itself.
std::string article_text(std::string_view article, Language language);
/// The article, and the text that it quotes where its source was verified.
std::string basis_text(const Rule& rule, Language language);
/// ASCII punctuation beside Chinese characters as Chinese prints it.
std::string full_width(std::string_view text);

/// One language's way to say things.
class Words {
 public:
  explicit Words(Language language) : language_(language) {}

  Language language() const { return language_; }

  std::string say(std::string_view id, std::initializer_list<MessageArgument> arguments = {}) const;

  /// "音像 V02（照相，2025-06-17 09:30）", "本案卷".
  std::string object(const Item& item) const;
  /// "制作时间" of a step, document, recording or the case.
  std::string label(Subject subject, std::string_view key) const;
  /// Of an officer: "执法证件编号".
  std::string person(std::string_view key) const;
  /// Of an element in `fields`, of a role in `signed`.
  std::string field(std::string_view name) const;
  std::string role(std::string_view name) const;
  /// What is done at a time: "存储" for "stored_at".
  std::string act(std::string_view key) const;
  /// A way to record: "录像".
  std::string method(std::string_view name) const;

  /// "送达回证”或“邮寄凭证" of kinds, to be set in quotation marks.
  std::string kinds(const std::vector<std::string>& codes) const;
  /// "甲、乙".
  std::string list(const std::vector<std::string>& names) const;
  /// "甲；乙": statements one after the other.
  std::string statements(const std::vector<std::string>& texts) const;
  /// "补入甲，核对乙": things to do.
  std::string steps(const std::vector<std::string>& texts) const;
  /// "甲、乙或者丙".
  std::string alternatives(const std::vector<std::string>& names) const;
  /// At most a few, then how many more.
  std::string short_list(const std::vector<std::string>& names) const;
  std::string quoted(std::string_view text) const;

  /// "2026-02-24", "2026-02-24 09:30".
  std::string date(Instant instant) const;
  std::string time(Instant instant) const;
  /// The day, or the minute where a period in hours ends; provisional ones say so.
  std::string due(const DueDate& due) const;
  /// "2日", "3小时20分".
  std::string length(std::chrono::milliseconds length) const;
  /// "2个工作日".
  std::string period(std::int64_t count, TimeUnit unit) const;

 private:
  std::string joined(const std::vector<std::string>& texts, std::string_view chinese,
                     std::string_view english) const;

  Language language_;
};

}  // namespace anjuan::rules
