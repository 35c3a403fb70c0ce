#include "preservation/rules/key_names.h"

#include <algorithm>

namespace anjuan::rules {

namespace {

/// Nullptr for roles, which are an open map.
const CaseShape* shape_of(KeyHome home) {
  const CaseShape& whole = case_shape();
  switch (home) {
    case KeyHome::kCase:
      return &whole;
    case KeyHome::kEvent:
      return whole.by_json("events")->shape;
    case KeyHome::kDocument:
    case KeyHome::kContent:
      return whole.by_json("docs")->shape;
    case KeyHome::kRecording:
      return whole.by_json("av")->shape;
    case KeyHome::kPerson:
      return whole.by_json("officers")->shape;
    case KeyHome::kRole:
      return nullptr;
  }
  return nullptr;
}

}  // namespace

KeyHome home_of(Subject subject) {
  switch (subject) {
    case Subject::kCase:
      return KeyHome::kCase;
    case Subject::kEvent:
      return KeyHome::kEvent;
    case Subject::kDocument:
      return KeyHome::kDocument;
    case Subject::kRecording:
      return KeyHome::kRecording;
  }
  return KeyHome::kCase;
}

bool KeyNames::knows(KeyHome home, std::string_view name) const {
  if (model_key(home, name) != nullptr) return true;
  if (home == KeyHome::kContent && is_known_field(name)) return true;
  if (home == KeyHome::kRole && is_known_role(name)) return true;
  return std::find(own_.begin(), own_.end(), name) != own_.end();
}

const CaseKey* KeyNames::model_key(KeyHome home, std::string_view name) const {
  const CaseShape* shape = shape_of(home);
  return shape == nullptr ? nullptr : shape->by_json(name);
}

}  // namespace anjuan::rules
