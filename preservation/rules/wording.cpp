#include "preservation/rules/wording.h"

#include <algorithm>
#include <array>

#include "core/case/case_keys.h"
#include "core/case/kinds.h"
#include "core/embedded.h"

namespace anjuan::rules {

namespace {

constexpr std::size_t kNamesShown = 8;

const Json& words() {
  static const Json table = Json::parse(embedded("rule_words.json"), "rule_words.json");
  return table;
}

std::string_view key_of(Language language) {
  return language == Language::kChinese ? "zh-CN" : "en";
}

std::string spaced(std::string_view key) {
  std::string text(key);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

/// The word of a table, or the name itself with blanks.
std::string word(std::string_view table, std::string_view name, Language language) {
  const Json* entry = words().find(table)->find(name);
  return entry == nullptr ? spaced(name) : entry->text_or(key_of(language), name);
}

std::string_view subject_id(Subject subject) {
  switch (subject) {
    case Subject::kCase:
      return "judge.object_case";
    case Subject::kEvent:
      return "judge.object_event";
    case Subject::kDocument:
      return "judge.object_document";
    case Subject::kRecording:
      return "judge.object_recording";
  }
  return "judge.object_case";
}

}  // namespace

std::string Words::say(std::string_view id,
                       std::initializer_list<MessageArgument> arguments) const {
  return say_in(language_, id, arguments);
}

std::string Words::object(const Item& item) const {
  if (item.subject == Subject::kCase) return say("judge.object_case");
  static constexpr std::array<std::string_view, 4> kWhen = {"", "start", "date", "made_at"};
  const auto declared = item.find(kWhen.at(static_cast<std::size_t>(item.subject)));
  const auto moment = moment_of(declared);
  std::string when = shown(declared);
  if (moment.is_read()) when = when.size() > 10 ? time(moment.at) : date(moment.at);
  const auto code = short_text(item.kind);
  const auto kind = item.subject == Subject::kRecording ? method(code) : kind_name(code, language_);
  std::vector<std::string> details;
  if (!kind.empty()) details.push_back(full_width(kind));
  if (!when.empty()) details.push_back(when);
  const auto id = subject_id(item.subject);
  if (details.empty()) return say(id, {{"id", short_text(item.name())}, {"details", ""}});
  const auto told = say("judge.details", {{"details", joined(details, "，", ", ")}});
  return say(id, {{"id", short_text(item.name())}, {"details", told}});
}

std::string Words::label(Subject subject, std::string_view key) const {
  if (language_ == Language::kEnglish) return spaced(key);
  const auto& whole = case_shape();
  const auto* shape = subject == Subject::kCase ? &whole : whole.by_json(list_of(subject))->shape;
  const auto* known = shape->by_json(key);
  return known == nullptr ? std::string(key) : full_width(known->label);
}

std::string Words::person(std::string_view key) const {
  const auto* known = case_shape().by_json("officers")->shape->by_json(key);
  const bool is_english = language_ == Language::kEnglish;
  return is_english || known == nullptr ? spaced(key) : known->label;
}

std::string Words::field(std::string_view name) const { return word("fields", name, language_); }

std::string Words::role(std::string_view name) const { return word("roles", name, language_); }

std::string Words::act(std::string_view key) const { return word("acts", key, language_); }

std::string Words::method(std::string_view name) const {
  return language_ == Language::kChinese ? std::string(name) : word("methods", name, language_);
}

std::string Words::kinds(const std::vector<std::string>& codes) const {
  std::vector<std::string> names;
  for (const auto& code : codes) names.push_back(quoted(full_width(kind_name(code, language_))));
  return alternatives(names);
}

std::string Words::joined(const std::vector<std::string>& texts, std::string_view chinese,
                          std::string_view english) const {
  const auto separator = language_ == Language::kChinese ? chinese : english;
  std::string whole;
  for (const auto& text : texts) {
    if (!whole.empty()) whole += separator;
    whole += text;
  }
  return whole;
}

std::string Words::statements(const std::vector<std::string>& texts) const {
  return joined(texts, "；", "; ");
}

std::string Words::steps(const std::vector<std::string>& texts) const {
  return joined(texts, "，", "; ");
}

std::string Words::alternatives(const std::vector<std::string>& names) const {
  if (names.size() < 2) return list(names);
  const std::vector<std::string> all_but_last(names.begin(), names.end() - 1);
  return joined({list(all_but_last), names.back()}, "或者", " or ");
}

std::string Words::list(const std::vector<std::string>& names) const {
  return joined(names, "、", ", ");
}

std::string Words::short_list(const std::vector<std::string>& names) const {
  if (names.size() <= kNamesShown) return list(names);
  const std::vector<std::string> first(names.begin(), names.begin() + kNamesShown);
  return say("judge.and_more",
             {{"names", list(first)}, {"more", std::to_string(names.size() - kNamesShown)}});
}

std::string Words::quoted(std::string_view text) const {
  const bool is_chinese = language_ == Language::kChinese;
  return fmt::format("{}{}{}", is_chinese ? "“" : "\"", text, is_chinese ? "”" : "\"");
}

std::string Words::date(Instant instant) const { return to_date_text(instant); }

std::string Words::time(Instant instant) const {
  auto text = to_text(instant);
  const auto offset = text.rfind("+08:00");
  text.resize(offset);
  if (text.size() > 3 && text.compare(text.size() - 3, 3, ":00") == 0) text.resize(text.size() - 3);
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text;
}

std::string Words::due(const DueDate& due) const {
  const auto text = due.due == end_of(due.day()) ? date(due.due) : time(due.due);
  return due.is_provisional ? say("judge.provisional", {{"due", text}}) : text;
}

std::string Words::length(std::chrono::milliseconds length) const {
  const auto seconds = std::chrono::round<std::chrono::seconds>(length).count();
  const auto days = seconds / 86'400;
  const auto hours = seconds / 3'600 % 24;
  const auto minutes = seconds / 60 % 60;
  std::vector<std::string> parts;
  const auto add = [&](std::string_view id, std::int64_t count) {
    if (count > 0 && parts.size() < 2) parts.push_back(say(id, {{"n", std::to_string(count)}}));
  };
  add("judge.days", days);
  add("judge.hours", hours);
  add("judge.minutes", minutes);
  if (days == 0 && hours == 0) add("judge.seconds", seconds % 60);
  if (parts.empty()) return say("judge.seconds", {{"n", "0"}});
  return joined(parts, "", " ");
}

std::string Words::period(std::int64_t count, TimeUnit unit) const {
  const auto n = std::to_string(count);
  switch (unit) {
    case TimeUnit::kHour:
      return say("judge.hours", {{"n", n}});
    case TimeUnit::kDay:
      return say("judge.days", {{"n", n}});
    case TimeUnit::kWorkday:
      return say("judge.workdays", {{"n", n}});
  }
  return n;
}

}  // namespace anjuan::rules
