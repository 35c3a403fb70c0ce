#pragma once
// Which keys of a case a rule may name: those of the case model, and those a bureau adds as its
// own.
//
// A misspelt key would make a rule fail on every case, or pass on every case: it is refused when
// the rules are loaded. A bureau that declares further keys lists them under "config.own_keys".

#include <string>
#include <string_view>
#include <vector>

#include "core/case/case_keys.h"
#include "preservation/rules/rule_set.h"

namespace anjuan::rules {

/// Where in a case a key stands.
enum class KeyHome {
  kCase,
  kEvent,
  kDocument,
  kContent,  ///< of a document: its `fields`, or itself
  kRecording,
  kPerson,
  kRole,  ///< of `signed`
};

inline constexpr std::string_view kOwnKeys = "config.own_keys";

KeyHome home_of(Subject subject);

class KeyNames {
 public:
  KeyNames() = default;

  explicit KeyNames(std::vector<std::string> own) : own_(std::move(own)) {}

  bool knows(KeyHome home, std::string_view name) const;
  /// Of the case model; nullptr for a bureau's own key, a document's field and a role.
  const CaseKey* model_key(KeyHome home, std::string_view name) const;

 private:
  std::vector<std::string> own_;
};

}  // namespace anjuan::rules
