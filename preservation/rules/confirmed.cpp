#include "preservation/rules/confirmed.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <unordered_map>

#include "core/case/case_keys.h"
#include "preservation/rules/case_values.h"

namespace anjuan::rules {

namespace {

constexpr std::array kSubjects = {Subject::kEvent, Subject::kDocument, Subject::kRecording};

/// The steps of a JSON pointer; nothing if it is none.
std::optional<std::vector<std::string>> steps_of(std::string_view pointer) {
  std::vector<std::string> steps;
  while (!pointer.empty()) {
    if (pointer.front() != '/') return std::nullopt;
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    std::string step;
    for (std::size_t i = 0; i < end; ++i) {
      const bool escaped = pointer[i] == '~';
      if (escaped && (++i == end || (pointer[i] != '0' && pointer[i] != '1'))) return std::nullopt;
      step += !escaped ? pointer[i] : pointer[i] == '0' ? '~' : '/';
    }
    steps.push_back(std::move(step));
    pointer.remove_prefix(end);
  }
  return steps;
}

std::optional<std::size_t> index_in(std::string_view step, std::size_t size) {
  std::size_t index = 0;
  const auto* end = step.data() + step.size();
  const auto [stop, fault] = std::from_chars(step.data(), end, index);
  if (fault != std::errc() || stop != end || index >= size) return std::nullopt;
  return index;
}

using Positions = std::unordered_map<std::string_view, std::size_t>;

Positions positions_in(const std::vector<Json>& list) {
  Positions positions;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto id = text_of(list[i], "id");
    if (!id.empty()) positions.emplace(id, i);
  }
  return positions;
}

std::string key_of(Subject subject, std::size_t position, std::string_view element) {
  return fmt::format("{}/{}/{}", list_of(subject), position, element);
}

const CaseShape& shape_of(Subject subject) {
  return *case_shape().by_json(list_of(subject))->shape;
}

/// "fields/reason" from the steps after the item; "" if they name no element.
std::string element_of(Subject subject, const Json& item, const std::vector<std::string>& steps) {
  if (subject == Subject::kDocument && steps.size() == 4) {
    const bool is_map = steps[2] == "fields" || steps[2] == "signed";
    return is_map ? steps[2] + "/" + steps[3] : "";
  }
  if (steps.size() != 3 || !is_content(subject, steps[2])) return "";
  const bool is_map = steps[2] == "fields" || steps[2] == "signed";
  const bool is_known = shape_of(subject).by_json(steps[2]) != nullptr;
  return !is_map && (is_known || item.find(steps[2]) != nullptr) ? steps[2] : "";
}

}  // namespace

std::string_view list_of(Subject subject) {
  if (subject == Subject::kEvent) return "events";
  return subject == Subject::kDocument ? "docs" : "av";
}

bool is_content(Subject subject, std::string_view key) {
  switch (subject) {
    case Subject::kCase:
      return false;
    case Subject::kEvent:
      return key != "id" && key != "kind" && key != "start" && key != "end";
    case Subject::kDocument:
      return key == "fields" || key == "signed" || key == "refused";
    case Subject::kRecording:
      return key == "tags";
  }
  return false;
}

namespace {

/// Finds the element that a pointer names.
class ElementFinder {
 public:
  explicit ElementFinder(const Json& declared) {
    for (const auto subject : kSubjects) {
      const auto& list = items_of(declared.find(list_of(subject)));
      lists_.push_back({subject, list, positions_in(list)});
    }
  }

  /// The key of the element, or "".
  std::string find(std::string_view pointer) const {
    const auto steps = steps_of(pointer);
    if (!steps || steps->size() < 3) return "";
    for (const auto& list : lists_) {
      if (steps->front() != list_of(list.subject)) continue;
      const auto position = position_in(list, (*steps)[1]);
      if (!position) return "";
      const auto element = element_of(list.subject, list.items[*position], *steps);
      return element.empty() ? "" : key_of(list.subject, *position, element);
    }
    return "";
  }

 private:
  struct List {
    Subject subject;
    const std::vector<Json>& items;
    Positions by_id;
  };

  static std::optional<std::size_t> position_in(const List& list, std::string_view step) {
    const auto named = list.by_id.find(step);
    return named == list.by_id.end() ? index_in(step, list.items.size())
                                     : std::optional(named->second);
  }

  std::vector<List> lists_;
};

}  // namespace

ConfirmedElements::ConfirmedElements(const CaseFile& declared) {
  const auto& lines = items_of(declared.declared().find("confirmed"));
  if (lines.empty()) return;
  const ElementFinder finder(declared.declared());
  for (const auto& line : lines) {
    const auto path = text_of(line, "path");
    const auto by = text_of(line, "by");
    const auto element = finder.find(path);
    if (by.empty() || element.empty()) {
      const auto* reason = by.empty() ? "judge.stray_nobody" : "judge.stray_nowhere";
      if (stray_.size() < kStrayMax) stray_.push_back({short_text(path), reason});
    } else if (elements_.insert(element).second) {
      ++counted_.elements;
      ++counted_.by[std::string(by)];
    }
  }
}

bool ConfirmedElements::has(Subject subject, std::size_t position, std::string_view element) const {
  return elements_.count(key_of(subject, position, element)) > 0;
}

}  // namespace anjuan::rules
