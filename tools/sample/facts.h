#pragma once
// The facts of one case by dotted name, and the filling of templates with them.
//
//   case.KEY party.KEY doc.KEY fields.KEY event.KEY docs.KIND.KEY events.KIND.KEY
//   X.day X.cn X.written  the time X as 2025年6月17日, with hours and minutes, in characters
//   officers officers.1.name leader fine.cn ...  composed here (facts.cpp)
//   story.KEY  what happened, from texts/stories.json
//   is.penalty is.licence is.org is.hand ...     flags

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace anjuan::sample {

struct Officer {
  std::string name;
  std::string cert_no;
};

class Facts {
 public:
  explicit Facts(const Json& the_case);

  /// The same with doc.*, fields.* and event.* of `document`. Both must outlive the result.
  Facts of_document(const Json& document) const;

  /// The same with event.* of the event `id`, if there is one.
  Facts of_event(std::string_view id) const;

  /// The same with item.* of one entry of a list, e.g. a recording.
  Facts of_item(const Json& item) const;

  const Json& the_case() const { return *case_; }

  const Json* document() const { return document_; }

  const Json* event() const { return event_; }

  /// Present and not empty (null, "", [] and {} are empty; so is false).
  bool filled(std::string_view name) const;

  /// The text of a fact; nothing if it is not filled.
  std::optional<std::string> find(std::string_view name) const;

  /// Replaces {name} and {name|words}. `words` stand for a fact that is only declared to be
  /// there (value 1 or true) and for one that is missing outside fields.*; a missing field stays a
  /// blank to be filled in, so that the document shows what the declaration lacks.
  std::string expand(std::string_view text) const;

  /// The people of the step, else of the case.
  std::vector<Officer> officers() const;

 private:
  void set(std::string name, std::string value) { values_[std::move(name)] = std::move(value); }

  void flatten(const std::string& prefix, const Json& value);
  void add_people();
  std::string replacement(std::string_view inside) const;

  const Json* case_ = nullptr;
  const Json* document_ = nullptr;
  const Json* event_ = nullptr;
  std::map<std::string, std::string, std::less<>> values_;
};

/// The members of the list `key`, or none.
const std::vector<Json>& list_of(const Json& object, std::string_view key);

/// What stands for an empty field.
inline constexpr std::string_view kBlank = "＿＿＿＿＿＿";

}  // namespace anjuan::sample
