#pragma once
// The declared case, indexed once: what belongs to which step, which document was served, what a
// person confirmed, what the media say. Refers to the CaseFile, which must outlive it.

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/case/case_file.h"
#include "preservation/rules/case_values.h"
#include "preservation/rules/confirmed.h"
#include "preservation/rules/judgement.h"

namespace anjuan::rules {

/// A step, document or recording of the case; the case itself as an item of Subject::kCase.
struct Item {
  Subject subject = Subject::kCase;
  const Json* json = nullptr;
  std::size_t position = 0;  ///< in its list
  std::string_view id;       ///< "" where none is declared
  std::string_view kind;     ///< of a recording: its method
  std::string_view event;    ///< id of its step, or ""

  const Json* find(std::string_view key) const { return json->find(key); }

  /// What findings name: the id, "/docs/3" without one, "case".
  std::string name() const;
};

using Items = std::vector<const Item*>;

/// What is known of an element: it is filled, it is empty, nobody confirmed it.
enum class Truth { kNo, kOpen, kYes };

Truth both(Truth left, Truth right);
Truth either(Truth left, Truth right);

class CaseFacts {
 public:
  CaseFacts(const CaseFile& declared, const MediaFactsById* media);

  const CaseFile& file() const { return file_; }

  const Item& whole() const { return whole_; }

  const std::vector<Item>& items(Subject subject) const;
  /// Steps or documents of a kind, in the order of the case.
  const Items& of_kind(std::string_view kind) const;
  const Items& documents_of(const Item& event) const;
  const Items& recordings_of(const Item& event) const;
  /// By id, or nullptr.
  const Item* event(std::string_view id) const;
  const Item* document(std::string_view id) const;
  /// Services (EV_SERVICE) whose served_doc is this document.
  const Items& services_of(std::string_view document_id) const;

  /// True where nobody confirmed what some service served: it may have been any document.
  bool is_a_service_open() const { return is_a_service_open_; }

  /// A 录像 of the step with this id, or nullptr.
  const Item* video_of(std::string_view event_id) const;
  /// Of "served_at|start" the first that is filled or unconfirmed, else the last.
  std::string_view taken_key(const Item& item, std::string_view keys) const;
  /// Of the steps of a kind, the one whose time is earliest, by "served_at|start"; where none can
  /// be read, the first. nullptr without such a step. Worked out once.
  const Item* earliest(std::string_view kind, std::string_view keys) const;
  /// Recordings of one step and device that say they are uninterrupted, earliest first.
  const Items& continuous_with(const Item& recording) const;

  bool is_case_officer(std::string_view name) const { return officers_.count(name) > 0; }

  /// False for an element whose value nobody confirmed, in depth basic.
  bool is_settled(const Item& item, std::string_view key) const;
  bool is_settled(const Item& document, std::string_view map, std::string_view key) const;
  /// Of a member of an item.
  Truth filled(const Item& item, std::string_view key) const;
  /// Of `fields` or `signed` of a document.
  Truth filled(const Item& document, std::string_view map, std::string_view key) const;

  const ConfirmedElements& confirmed() const { return confirmed_; }

  const MediaFacts* media(const Item& recording) const;
  /// Measured where it was, else declared.
  Continuity continuity(const Item& recording) const;
  std::optional<double> duration_s(const Item& recording) const;
  Moment file_time(const Item& recording) const;

 private:
  void index_events();
  void index_documents();
  void index_recordings();

  bool is_basic() const { return file_.depth() == DescriptionDepth::kBasic; }

  using Index = std::unordered_map<std::string_view, Items>;

  const CaseFile& file_;
  const MediaFactsById* media_;
  Item whole_;
  std::vector<Item> events_;
  std::vector<Item> documents_;
  std::vector<Item> recordings_;
  std::unordered_map<std::string_view, const Item*> event_by_id_;
  std::unordered_map<std::string_view, const Item*> document_by_id_;
  Index by_kind_;
  Index documents_of_;
  Index recordings_of_;
  Index services_;
  std::unordered_map<std::string_view, const Item*> videos_;
  bool is_a_service_open_ = false;
  mutable std::unordered_map<std::string, const Item*> earliest_;
  std::unordered_map<std::string, Items> continuous_;
  std::unordered_set<std::string_view> officers_;
  ConfirmedElements confirmed_;
};

}  // namespace anjuan::rules
