#pragma once
// Layers of law laid on each other: a lower one adds and tightens, or says who let it weaken.
//
// An item has an id, a layer and an origin. Files come in the order of their layers; an item with
// the id of one in a higher layer takes its place.

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/messages.h"
#include "preservation/rules/data_reader.h"
#include "preservation/rules/rule_set.h"

namespace anjuan::rules {

/// `change` of a record that takes an item away.
inline constexpr std::string_view kRemoved = "removed";
/// Items of one kind, of all files.
inline constexpr std::size_t kItemsMax = 2000;

template <typename Item>
struct ReadItem {
  Item item;
  Place place;
};

struct ReadRecord {
  WeakeningRecord record;
  Place place;
};

/// The records under "weakened" of a file. Throws Error(kInvalid).
std::vector<ReadRecord> read_weakened(const DataReader& reader, const Json& root);

template <typename Item>
class Layers {
 public:
  using Items = std::vector<ReadItem<Item>>;
  using Records = std::vector<ReadRecord>;
  /// "" if `now` is proven to ask no less than `before`; else what is weaker, for a sentence.
  using WeakerIn = std::string (*)(const Item& now, const Item& before);

  explicit Layers(WeakerIn weaker_in) : weaker_in_(weaker_in) {}

  /// One file of `layer`. Throws Error(kInvalid) for what weakens without a record, for a record
  /// that nothing needs, and for an id that is there twice.
  void lay(const DataReader& reader, Layer layer, const Items& items, const Records& records) {
    check_records(reader, layer, records);
    std::vector<std::string_view> used;
    for (const auto& read : items) {
      if (find(read.item.id) == nullptr) {
        add(reader, read);
      } else if (replace(reader, read, records)) {
        used.push_back(read.item.id);
      }
    }
    for (const auto& read : records) {
      if (read.record.change == kRemoved) {
        remove(reader, read, items);
      } else if (std::find(used.begin(), used.end(), read.record.rule) == used.end()) {
        refuse(reader, read.place, "rules.record_unused", read.record.rule);
      }
      weakened_.push_back(read.record);
    }
  }

  /// What was laid already: as it is.
  void take_over(const DataReader& reader, const Items& items, const Records& records) {
    for (const auto& read : items) add(reader, read);
    for (const auto& read : records) weakened_.push_back(read.record);
  }

  const std::vector<WeakeningRecord>& weakened() const { return weakened_; }

  std::vector<Item> take_items() { return std::move(items_); }

  std::vector<WeakeningRecord> take_weakened() { return std::move(weakened_); }

 private:
  Item* find(std::string_view id) {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &items_[found->second];
  }

  /// Each is about an item of a higher layer, and no two about one.
  void check_records(const DataReader& reader, Layer layer, const Records& records) {
    std::vector<std::string_view> seen;
    for (const auto& [record, place] : records) {
      const Item* item = find(record.rule);
      if (item == nullptr || item->layer == layer) {
        refuse(reader, place, "rules.record_without_rule", record.rule);
      }
      if (std::find(seen.begin(), seen.end(), record.rule) != seen.end()) {
        refuse(reader, place, "rules.record_twice", record.rule);
      }
      seen.push_back(record.rule);
    }
  }

  void add(const DataReader& reader, const ReadItem<Item>& read) {
    if (const Item* first = find(read.item.id)) refuse_twice(reader, read, *first);
    if (items_.size() >= kItemsMax) {
      reader.refuse(read.place, say("rules.too_many", {{"limit", std::to_string(kItemsMax)}}));
    }
    by_id_[read.item.id] = items_.size();
    items_.push_back(read.item);
  }

  /// True if the item is weaker than the one it replaces, and a record allows it.
  bool replace(const DataReader& reader, const ReadItem<Item>& read, const Records& records) {
    Item& former = *find(read.item.id);
    if (former.layer == read.item.layer) refuse_twice(reader, read, former);
    const auto weaker = weaker_in_(read.item, former);
    const bool is_allowed = std::any_of(records.begin(), records.end(), [&](const auto& one) {
      return one.record.rule == read.item.id;
    });
    if (!weaker.empty() && !is_allowed) {
      reader.refuse(read.place, say("rules.weaker", {{"rule", read.item.id}, {"what", weaker}}));
    }
    former = read.item;
    return !weaker.empty();
  }

  void remove(const DataReader& reader, const ReadRecord& read, const Items& items) {
    const auto& id = read.record.rule;
    for (const auto& other : items) {
      if (other.item.id == id) refuse(reader, other.place, "rules.removed_and_there", id);
    }
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(by_id_.find(id)->second));
    by_id_.clear();
    for (std::size_t i = 0; i < items_.size(); ++i) by_id_[items_[i].id] = i;
  }

  [[noreturn]] static void refuse(const DataReader& reader, Place place, std::string_view message,
                                  const std::string& id) {
    reader.refuse(place, say(message, {{"rule", id}}));
  }

  [[noreturn]] static void refuse_twice(const DataReader& reader, const ReadItem<Item>& read,
                                        const Item& first) {
    reader.refuse(read.place,
                  say("rules.rule_twice", {{"rule", read.item.id}, {"first", first.origin}}));
  }

  WeakerIn weaker_in_;
  std::vector<Item> items_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
  std::vector<WeakeningRecord> weakened_;
};

}  // namespace anjuan::rules
