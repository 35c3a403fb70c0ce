#include "preservation/rules/due_list.h"

#include <algorithm>

#include "preservation/rules/wording.h"

namespace anjuan::rules {

namespace {

std::string sentence(const Words& words, const Deadline& deadline, Instant now) {
  const auto article = article_text(deadline.article, words.language());
  const auto due = words.due(deadline.due);
  const bool is_overdue = !deadline.is_earliest && now > deadline.due.due;
  if (is_overdue) {
    return words.say("judge.due_overdue", {{"object", deadline.object_name},
                                           {"due", due},
                                           {"what", deadline.what},
                                           {"over", words.length(now - deadline.due.due)},
                                           {"article", article}});
  }
  return words.say(deadline.is_earliest ? "judge.due_earliest" : "judge.due",
                   {{"object", deadline.object_name},
                    {"due", due},
                    {"what", deadline.what},
                    {"article", article}});
}

}  // namespace

void CaseDueList::add(const CaseFile& declared) {
  JudgeOptions options;
  options.language = language_;
  add(declared, judge(declared, law_, options));
}

void CaseDueList::add(const CaseFile& declared, const Judgement& judgement) {
  for (const auto& deadline : judgement.deadlines) open_.push_back({declared.case_no(), deadline});
}

std::vector<DueItem> CaseDueList::due(Instant now) const {
  const Words words(language_);
  std::vector<DueItem> items;
  items.reserve(open_.size());
  for (const auto& [case_no, deadline] : open_) {
    items.push_back({case_no, sentence(words, deadline, now), deadline.due,
                     article_text(deadline.article, language_), deadline.object});
  }
  std::stable_sort(items.begin(), items.end(),
                   [](const DueItem& a, const DueItem& b) { return a.due.due < b.due.due; });
  return items;
}

std::int64_t days_left(const DueItem& item, Instant now) {
  return (item.due.day() - day_of(now)).count();
}

}  // namespace anjuan::rules
