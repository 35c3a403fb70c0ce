#include "preservation/rules/case_facts.h"

#include <algorithm>

#include "core/case/case_keys.h"

namespace anjuan::rules {

namespace {

std::vector<Item> items_in(const CaseFile& file, Subject subject) {
  std::vector<Item> items;
  const auto& list = items_of(file.declared().find(list_of(subject)));
  items.reserve(list.size());
  for (const auto& json : list) {
    if (!json.is_object()) continue;
    const auto* kind = subject == Subject::kRecording ? "method" : "kind";
    const auto event = subject == Subject::kEvent ? "" : text_of(json, "event");
    items.push_back(
        {subject, &json, items.size(), text_of(json, "id"), text_of(json, kind), event});
  }
  return items;
}

const Items& found(const std::unordered_map<std::string_view, Items>& index, std::string_view key) {
  static const Items none;
  const auto entry = index.find(key);
  return entry == index.end() ? none : entry->second;
}

std::string group_of(const Item& recording) {
  return fmt::format("{}\n{}", recording.event, text_of(*recording.json, "device_id"));
}

}  // namespace

std::string Item::name() const {
  if (subject == Subject::kCase) return "case";
  return id.empty() ? fmt::format("/{}/{}", list_of(subject), position) : std::string(id);
}

Truth both(Truth left, Truth right) { return std::min(left, right); }

Truth either(Truth left, Truth right) { return std::max(left, right); }

CaseFacts::CaseFacts(const CaseFile& declared, const MediaFactsById* media)
    : file_(declared),
      media_(media),
      whole_{Subject::kCase, &declared.declared(), 0, "", "", ""},
      events_(items_in(declared, Subject::kEvent)),
      documents_(items_in(declared, Subject::kDocument)),
      recordings_(items_in(declared, Subject::kRecording)),
      confirmed_(declared) {
  index_events();
  index_documents();
  index_recordings();
  const auto& services = of_kind("EV_SERVICE");
  is_a_service_open_ = std::any_of(services.begin(), services.end(), [&](const Item* service) {
    return !is_settled(*service, "served_doc");
  });
  for (const auto& officer : items_of(declared.declared().find("officers"))) {
    officers_.insert(text_of(officer, "name"));
  }
  officers_.erase("");
}

void CaseFacts::index_events() {
  for (const auto& event : events_) {
    if (!event.id.empty()) event_by_id_.emplace(event.id, &event);
    by_kind_[event.kind].push_back(&event);
    const auto served = text_of(*event.json, "served_doc");
    if (event.kind == "EV_SERVICE" && !served.empty()) services_[served].push_back(&event);
  }
}

void CaseFacts::index_documents() {
  for (const auto& document : documents_) {
    if (!document.id.empty()) document_by_id_.emplace(document.id, &document);
    by_kind_[document.kind].push_back(&document);
    if (!document.event.empty()) documents_of_[document.event].push_back(&document);
  }
}

void CaseFacts::index_recordings() {
  for (const auto& recording : recordings_) {
    if (!recording.event.empty()) recordings_of_[recording.event].push_back(&recording);
    if (recording.kind == "录像") videos_.emplace(recording.event, &recording);
    if (continuity(recording) == Continuity::kUninterrupted) {
      continuous_[group_of(recording)].push_back(&recording);
    }
  }
  for (auto& [name, group] : continuous_) {
    if (group.size() < 2) continue;
    std::vector<std::pair<Moment, const Item*>> timed;
    for (const auto* item : group) timed.emplace_back(moment_of(item->find("made_at")), item);
    std::stable_sort(timed.begin(), timed.end(),
                     [](const auto& a, const auto& b) { return a.first.at < b.first.at; });
    std::transform(timed.begin(), timed.end(), group.begin(), [](auto& t) { return t.second; });
  }
}

const std::vector<Item>& CaseFacts::items(Subject subject) const {
  if (subject == Subject::kEvent) return events_;
  return subject == Subject::kDocument ? documents_ : recordings_;
}

const Items& CaseFacts::of_kind(std::string_view kind) const { return found(by_kind_, kind); }

const Items& CaseFacts::documents_of(const Item& event) const {
  return found(documents_of_, event.id);
}

const Items& CaseFacts::recordings_of(const Item& event) const {
  return found(recordings_of_, event.id);
}

const Item* CaseFacts::event(std::string_view id) const {
  const auto entry = event_by_id_.find(id);
  return entry == event_by_id_.end() ? nullptr : entry->second;
}

const Item* CaseFacts::document(std::string_view id) const {
  const auto entry = document_by_id_.find(id);
  return entry == document_by_id_.end() ? nullptr : entry->second;
}

const Items& CaseFacts::services_of(std::string_view document_id) const {
  return found(services_, document_id);
}

const Item* CaseFacts::video_of(std::string_view event_id) const {
  const auto entry = videos_.find(event_id);
  return entry == videos_.end() || event_id.empty() ? nullptr : entry->second;
}

const Item* CaseFacts::earliest(std::string_view kind, std::string_view keys) const {
  const auto [entry, is_new] = earliest_.try_emplace(fmt::format("{} {}", kind, keys), nullptr);
  if (!is_new) return entry->second;
  Moment first;
  for (const auto* event : of_kind(kind)) {
    const auto moment = moment_of(event->find(taken_key(*event, keys)));
    const bool is_better = entry->second == nullptr ||
                           (moment.is_read() && (!first.is_read() || moment.at < first.at));
    if (!is_better) continue;
    entry->second = event;
    first = moment;
  }
  return entry->second;
}

std::string_view CaseFacts::taken_key(const Item& item, std::string_view keys) const {
  while (true) {
    const auto bar = keys.find('|');
    const auto key = keys.substr(0, bar);
    const bool is_taken = is_filled(item.find(key)) || !is_settled(item, key);
    if (is_taken || bar == keys.npos) return key;
    keys.remove_prefix(bar + 1);
  }
}

const Items& CaseFacts::continuous_with(const Item& recording) const {
  static const Items none;
  const auto entry = continuous_.find(group_of(recording));
  return entry == continuous_.end() ? none : entry->second;
}

bool CaseFacts::is_settled(const Item& item, std::string_view key) const {
  if (!is_basic() || !is_content(item.subject, key)) return true;
  return confirmed_.has(item.subject, item.position, key);
}

bool CaseFacts::is_settled(const Item& document, std::string_view map, std::string_view key) const {
  return !is_basic() ||
         confirmed_.has(document.subject, document.position, fmt::format("{}/{}", map, key));
}

Truth CaseFacts::filled(const Item& item, std::string_view key) const {
  if (!is_settled(item, key)) return Truth::kOpen;
  return is_filled(item.find(key)) ? Truth::kYes : Truth::kNo;
}

Truth CaseFacts::filled(const Item& document, std::string_view map, std::string_view key) const {
  if (!is_settled(document, map, key)) return Truth::kOpen;
  const Json* held = document.find(map);
  const Json* value = held != nullptr && held->is_object() ? held->find(key) : nullptr;
  // A key that is no element's name is a member of the document itself.
  if (value == nullptr && map == "fields" && !is_known_field(key)) value = document.find(key);
  return is_filled(value) ? Truth::kYes : Truth::kNo;
}

const MediaFacts* CaseFacts::media(const Item& recording) const {
  if (media_ == nullptr) return nullptr;
  const auto entry = media_->find(recording.id);
  return entry == media_->end() ? nullptr : &entry->second;
}

Continuity CaseFacts::continuity(const Item& recording) const {
  const auto* measured = media(recording);
  if (measured != nullptr && measured->continuity) return *measured->continuity;
  return is_true(recording.find("continuous")) ? Continuity::kUninterrupted
                                               : Continuity::kInterrupted;
}

std::optional<double> CaseFacts::duration_s(const Item& recording) const {
  const auto* measured = media(recording);
  if (measured != nullptr && measured->duration_s) return measured->duration_s;
  return number_of(recording.find("duration_s"));
}

Moment CaseFacts::file_time(const Item& recording) const {
  const auto* measured = media(recording);
  if (measured != nullptr && measured->file_time) {
    return {Reading::kRead, *measured->file_time, to_text(*measured->file_time)};
  }
  return moment_of(recording.find("file_time"));
}

}  // namespace anjuan::rules
