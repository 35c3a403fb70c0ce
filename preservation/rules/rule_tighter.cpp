#include "preservation/rules/rule_tighter.h"

#include <algorithm>

#include "core/messages.h"
#include "preservation/rules/conditions.h"
#include "preservation/rules/rule_signatures.h"

namespace anjuan::rules {

namespace {

bool triggers_wider(const Trigger& now, const Trigger& before) {
  if (now.subject != before.subject) return false;
  const auto covers = [&](const std::string& kind) {
    return std::find(now.kinds.begin(), now.kinds.end(), kind) != now.kinds.end();
  };
  const bool all_kinds =
      now.kinds.empty() ||
      (!before.kinds.empty() && std::all_of(before.kinds.begin(), before.kinds.end(), covers));
  return all_kinds && is_wider(now.where, before.where);
}

bool is_met_by(const Requirement& now, const Requirement& before);

template <typename Meets>
bool any_of(const std::vector<Requirement>& list, Meets meets) {
  return std::any_of(list.begin(), list.end(), meets);
}

template <typename Meets>
bool all_of(const std::vector<Requirement>& list, Meets meets) {
  return std::all_of(list.begin(), list.end(), meets);
}

/// True if it is proven that whatever passes `now` passes `before`. Only all against any has two
/// ways to try, so that kOperatorDepthMax bounds the work.
bool is_met_by(const Requirement& now, const Requirement& before) {
  const auto meets_old = [&](const Requirement& part) { return is_met_by(part, before); };
  const auto met_by_now = [&](const Requirement& part) { return is_met_by(now, part); };
  if (before.op == "all") return all_of(before.of, met_by_now);
  if (now.op == "any") return all_of(now.of, meets_old);
  if (now.op == "all" && any_of(now.of, meets_old)) return true;
  if (before.op == "any") return any_of(before.of, met_by_now);
  return now.op == before.op && now.op != "all" &&
         weaker_parameter(*signature_of(now.op), now.parameters, before.parameters).empty();
}

/// "max" where one operator stands for one, else the operator.
std::string what_is_weaker(const Requirement& now, const Requirement& before) {
  if (now.op != before.op || !now.of.empty()) return before.op;
  const auto name = weaker_parameter(*signature_of(now.op), now.parameters, before.parameters);
  return fmt::format("{}.{}", before.op, name);
}

}  // namespace

std::string weaker_in(const Rule& now, const Rule& before) {
  const bool was_control = before.weight == Weight::kControl;
  if (was_control != (now.weight == Weight::kControl) || now.weight > before.weight) {
    return "severity";
  }
  if (now.phase != before.phase) return "phase";
  if (now.review_points < before.review_points) return "review_points";
  if (!triggers_wider(now.trigger, before.trigger)) return "trigger";
  if (!is_met_by(now.require, before.require)) return what_is_weaker(now.require, before.require);
  return "";
}

}  // namespace anjuan::rules
