#include "preservation/sidecar/recording_law.h"

#include "core/error.h"
#include "preservation/rules/conditions.h"
#include "preservation/rules/deadlines.h"

namespace anjuan::preservation {

namespace {

using rules::Requirement;
using rules::Rule;
using rules::Subject;

/// Every operator of the tree, also inside "all" and "any".
bool any_operator(const Requirement& require,
                  const std::function<bool(const Requirement&)>& is_meant) {
  if (is_meant(require)) return true;
  return std::any_of(require.of.begin(), require.of.end(),
                     [&](const Requirement& inner) { return any_operator(inner, is_meant); });
}

bool asks_no_break(const Requirement& require, const std::string& method) {
  if (require.op != "av" || !rules::is_true(require.parameters.find("continuous"))) return false;
  const auto methods = rules::texts(require.parameters, "method_any");
  return std::find(methods.begin(), methods.end(), method) != methods.end();
}

bool is_triggered(const Rule& rule, Subject subject, std::string_view kind, const Json& object) {
  const auto& kinds = rule.trigger.kinds;
  return rule.trigger.subject == subject &&
         (kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) &&
         rules::holds(rule.trigger.where, object);
}

const Json* event_with(const CaseFile& file, const std::string& id) {
  const auto& events = rules::items_of(file.declared().find("events"));
  const auto found = std::find_if(events.begin(), events.end(), [&](const Json& event) {
    return event.is_object() && event.text_or("id", "") == id;
  });
  return id.empty() || found == events.end() ? nullptr : &*found;
}

void find_duty(const CaseFile& file, const CaseRecording& recording, const rules::LawBook& law,
               RecordingLaw& found) {
  found.uninterrupted = Uninterrupted::kNotRequired;
  const Json* event = event_with(file, recording.event);
  if (event == nullptr) return;
  const std::string kind = event->text_or("kind", "");
  for (const Rule& rule : law.rules->rules()) {
    const bool asks = is_triggered(rule, Subject::kEvent, kind, *event) &&
                      any_operator(rule.require, [&](const Requirement& one) {
                        return asks_no_break(one, recording.method);
                      });
    if (!asks) continue;
    found.uninterrupted = Uninterrupted::kRequired;
    found.rule = rule.id;
    found.article = rule.article;
    return;
  }
}

/// When the period of a rule ends, or nothing where its beginning is no time.
std::optional<Instant> due_of(const Requirement& deadline, const Json& recording,
                              const WorkCalendar& calendar) {
  const auto from = rules::moment_of(recording.find(rules::text_of(deadline.parameters, "frm")));
  if (!from.is_read()) return std::nullopt;
  const auto period = rules::period_of(deadline.parameters);
  try {
    return due_date(from.at, period.count, period.unit, calendar).due;
  } catch (const Error&) {
    // Beyond the years that a calendar can be asked about: no deadline can be told.
    return std::nullopt;
  }
}

StorageDeadline deadline_of(const Rule& rule, const Requirement& require, const Json& recording,
                            const WorkCalendar& calendar) {
  StorageDeadline deadline{"", rule.id, rule.article, DeadlineKept::kUnknown};
  const auto due = due_of(require, recording, calendar);
  if (!due) return deadline;
  deadline.due = sidecar_time(to_text(*due)).at;
  const auto stored = rules::moment_of(recording.find("stored_at"));
  if (stored.is_read()) {
    deadline.kept = stored.at <= *due ? DeadlineKept::kYes : DeadlineKept::kNo;
  }
  return deadline;
}

void find_deadline(const Json& recording, const rules::LawBook& law, RecordingLaw& found) {
  for (const Rule& rule : law.rules->rules()) {
    if (!is_triggered(rule, Subject::kRecording, "", recording)) continue;
    any_operator(rule.require, [&](const Requirement& one) {
      if (one.op != "deadline" || rules::text_of(one.parameters, "to") != "stored_at") return false;
      found.deadline = deadline_of(rule, one, recording, law.calendar);
      return true;
    });
    if (found.deadline) return;
  }
}

}  // namespace

RecordingLaw recording_law(const CaseFile& file, std::size_t index, const rules::LawBook& law) {
  RecordingLaw found;
  const Json& recording = rules::items_of(file.declared().find("av")).at(index);
  find_duty(file, file.recordings().at(index), law, found);
  if (recording.is_object()) find_deadline(recording, law, found);
  return found;
}

}  // namespace anjuan::preservation
