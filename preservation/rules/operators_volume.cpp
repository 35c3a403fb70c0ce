// Order, index and page numbers of the volumes (细则 Art. 32, GB/T 9705).

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "preservation/rules/operators.h"

namespace anjuan::rules::operators {

namespace {

/// The most places that one message names.
constexpr std::size_t kPlacesMax = 5;

using Volume = Items;

/// Documents of each volume by seq; one volume where the case declares none. What is in no volume
/// is a last one of its own.
std::vector<Volume> volumes_of(const CaseFacts& facts) {
  const auto& declared = facts.file().volumes();
  std::unordered_map<std::string_view, std::size_t> place;
  for (std::size_t i = 0; i < declared.size(); ++i) {
    for (const auto& id : declared[i].documents) place.emplace(id, i);
  }
  std::vector<Volume> volumes(declared.size() + 1);
  for (const auto& document : facts.items(Subject::kDocument)) {
    const auto found = document.id.empty() ? place.end() : place.find(document.id);
    volumes[found == place.end() ? declared.size() : found->second].push_back(&document);
  }
  volumes.erase(std::remove_if(volumes.begin(), volumes.end(),
                               [](const Volume& volume) { return volume.empty(); }),
                volumes.end());
  const auto seq = [](const Item* item) {
    return number_of(item->find("seq")).value_or(std::numeric_limits<double>::infinity());
  };
  for (auto& volume : volumes) {
    std::stable_sort(volume.begin(), volume.end(),
                     [&](const Item* a, const Item* b) { return seq(a) < seq(b); });
  }
  return volumes;
}

/// A whole number from 0 to a billion, or -1.
std::int64_t page_of(const Item& document, std::string_view key) {
  constexpr double kPagesMax = 1e9;
  const auto number = number_of(document.find(key));
  if (!number || *number < 0 || *number > kPagesMax) return -1;
  return std::llround(*number);
}

std::string page_text(std::int64_t page) { return page < 0 ? "?" : std::to_string(page); }

/// As the index of a volume writes it: the first page, of the last document "from-to".
std::string index_pages(const Item& document, bool is_last) {
  const auto from = page_text(page_of(document, "page_from"));
  return is_last ? from + "-" + page_text(page_of(document, "page_to")) : from;
}

std::string quoted_row(const Scene& scene, std::string_view title, std::string_view date,
                       std::string_view pages) {
  return scene.words.say(
      "judge.index_row",
      {{"title", short_text(title)}, {"date", short_text(date)}, {"pages", short_text(pages)}});
}

class Differences {
 public:
  explicit Differences(const Scene& scene) : scene_(scene) {}

  template <typename Text>
  void add(const Text& text) {
    if (++count_ <= kPlacesMax) texts_.push_back(text());
  }

  Outcome outcome(std::string_view next) {
    if (count_ == 0) return Outcome::passed();
    if (count_ > kPlacesMax) {
      const auto more = std::to_string(count_ - kPlacesMax);
      texts_.push_back(scene_.words.say("judge.more_places", {{"n", more}}));
    }
    return Outcome::failed({scene_.words.statements(texts_), scene_.words.say(next)});
  }

 private:
  const Scene& scene_;
  std::size_t count_ = 0;
  std::vector<std::string> texts_;
};

}  // namespace

Outcome chronological(const Scene& scene, const Json&) {
  Differences falls(scene);
  std::optional<Fact> unknown;
  for (const auto& volume : volumes_of(scene.facts)) {
    const Item* before = nullptr;
    Instant latest;
    for (const auto* document : volume) {
      const auto date = moment_of(document->find("date"));
      if (date.reading == Reading::kUnreadable && !unknown) {
        unknown = unreadable(scene, scene.words.object(*document), date);
      }
      if (!date.is_read()) continue;
      if (before != nullptr && date.at < latest) {
        falls.add([&] {
          return scene.words.say("judge.date_falls", {{"first", scene.words.object(*before)},
                                                      {"second", scene.words.object(*document)}});
        });
      }
      before = document;
      latest = date.at;
    }
  }
  auto outcome = falls.outcome("judge.next_order");
  if (outcome.result == CheckResult::kPassed && unknown) return Outcome::not_checked(*unknown);
  return outcome;
}

Outcome index_matches(const Scene& scene, const Json&) {
  const auto& index = items_of(scene.facts.whole().find("index"));
  Differences differences(scene);
  std::size_t row = 0;
  std::size_t documents = 0;
  for (const auto& volume : volumes_of(scene.facts)) {
    documents += volume.size();
    for (const auto* document : volume) {
      const auto at = row++;
      if (at >= index.size()) continue;
      const auto pages = index_pages(*document, document == volume.back());
      const auto& line = index[at];
      const bool is_equal = text_of(line, "title") == text_of(document->find("title")) &&
                            text_of(line, "date") == text_of(document->find("date")) &&
                            text_of(line, "pages") == pages;
      if (is_equal) continue;
      differences.add([&] {
        return scene.words.say(
            "judge.index_differs",
            {{"n", std::to_string(at + 1)},
             {"index", quoted_row(scene, text_of(line, "title"), text_of(line, "date"),
                                  text_of(line, "pages"))},
             {"document", quoted_row(scene, text_of(document->find("title")),
                                     text_of(document->find("date")), pages)}});
      });
    }
  }
  Outcome outcome = differences.outcome("judge.next_index");
  if (documents == index.size()) return outcome;
  Fact fact{scene.words.say("judge.index_count", {{"rows", std::to_string(index.size())},
                                                  {"documents", std::to_string(documents)}}),
            scene.words.say("judge.next_index")};
  outcome.result = CheckResult::kFailed;
  outcome.facts.insert(outcome.facts.begin(), std::move(fact));
  return outcome;
}

Outcome page_numbers(const Scene& scene, const Json&) {
  Differences faults(scene);
  double sum = 0;
  for (const auto& volume : volumes_of(scene.facts)) {
    std::int64_t next = 1;
    for (const auto* document : volume) {
      const auto from = page_of(*document, "page_from");
      const auto to = page_of(*document, "page_to");
      const auto pages = page_of(*document, "pages");
      sum += static_cast<double>(std::max<std::int64_t>(pages, 0));
      if (from != next) {
        faults.add([&] {
          return scene.words.say("judge.page_start", {{"document", scene.words.object(*document)},
                                                      {"expected", std::to_string(next)},
                                                      {"found", page_text(from)}});
        });
      }
      if (from >= 0 && to >= 0 && pages >= 0 && to - from + 1 != pages) {
        faults.add([&] {
          return scene.words.say("judge.page_span", {{"document", scene.words.object(*document)},
                                                     {"from", page_text(from)},
                                                     {"to", page_text(to)},
                                                     {"pages", page_text(pages)}});
        });
      } else if (to < 0 || pages < 0) {
        faults.add([&] {
          return scene.words.say("judge.page_missing",
                                 {{"document", scene.words.object(*document)}});
        });
      }
      if (to >= 0) next = to + 1;
    }
  }
  const auto* total = scene.facts.whole().find("total_pages");
  if (number_of(total).value_or(-1) != sum) {
    faults.add([&] {
      return scene.words.say("judge.page_total", {{"total", is_filled(total) ? shown(total) : "?"},
                                                  {"sum", fmt::format("{:.0f}", sum)}});
    });
  }
  return faults.outcome("judge.next_pages");
}

}  // namespace anjuan::rules::operators
