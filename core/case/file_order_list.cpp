// list_of_contents() and differences() of core/case/file_order.h.

#include <map>
#include <set>

#include "core/case/file_order.h"
#include "core/case/kinds.h"
#include "core/messages.h"

namespace anjuan {

namespace {

/// No page of a paper file has such a number.
constexpr std::int64_t kPageNumberMax = 1'000'000;

using DeclaredLines = std::multimap<std::string, const CaseIndexItem*, std::less<>>;

std::string line_key(const std::string& title, const std::string& date) {
  return title + "\n" + date_digits(date);
}

/// The declared lines by title and date: what a person reads to find one.
DeclaredLines declared_lines(const CaseFile& file) {
  DeclaredLines lines;
  for (const auto& line : file.index()) lines.emplace(line_key(line.title, line.date), &line);
  return lines;
}

std::string pages_text(const PlacedDocument& placed, bool is_last) {
  if (!placed.page_from) return "";
  const auto from = std::to_string(*placed.page_from);
  if (!is_last) return from;
  return placed.page_to ? from + "-" + std::to_string(*placed.page_to) : from;
}

std::string title_of(const CaseDocument& document) {
  return document.title.empty() ? "[" + kind_name(document.kind) + "]" : document.title;
}

std::string name_of(const CaseDocument& document) {
  return document.id.empty() ? document.title : document.id + "“" + document.title + "”";
}

std::string number_text(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : say("forms.order_nothing");
}

/// Collects what differs, for one case.
class Comparison {
 public:
  explicit Comparison(const CaseFile& file) : file_(file) {}

  std::vector<OrderDifference> run(const std::vector<FiledVolume>& volumes) {
    compare_volumes(volumes);
    std::int64_t line = 0;
    for (const auto& volume : volumes) {
      compare_order(volume);
      compare_pages(volume);
      compare_list(volume, line);
      line += static_cast<std::int64_t>(volume.documents.size());
    }
    compare_totals(volumes, line);
    if (beyond_ > 0) {
      found_.push_back({"case", say("forms.order_more", {{"count", std::to_string(beyond_)}})});
    }
    return std::move(found_);
  }

 private:
  void add(const std::string& object, const std::string& message) {
    if (found_.size() >= kDifferencesMax) {
      ++beyond_;
    } else {
      found_.push_back({object, message});
    }
  }

  const CaseDocument& document(const PlacedDocument& placed) const {
    return file_.documents()[placed.document];
  }

  void compare_volumes(const std::vector<FiledVolume>& volumes) {
    if (file_.volumes().empty()) return;
    std::set<std::string> known;
    for (const auto& each : file_.documents()) known.insert(each.id);
    std::set<std::string> seen;
    for (const auto& volume : file_.volumes()) {
      for (const auto& id : volume.documents) {
        if (!known.contains(id)) add("case", say("forms.order_volume_unknown", {{"document", id}}));
        if (!seen.insert(id).second) add(id, say("forms.order_volume_twice", {{"document", id}}));
      }
    }
    if (volumes.size() == file_.volumes().size()) return;
    for (const auto& placed : volumes.back().documents) {
      const auto& each = document(placed);
      add(each.id, say("forms.order_volume_none", {{"document", name_of(each)}}));
    }
  }

  /// A document is out of order where the one declared before it is later.
  void compare_order(const FiledVolume& volume) {
    std::int64_t highest = 0;
    const CaseDocument* before = nullptr;
    for (const auto& placed : volume.documents) {
      const auto& each = document(placed);
      if (!each.seq) {
        add(each.id, say("forms.order_no_number",
                         {{"document", name_of(each)}, {"place", std::to_string(placed.seq)}}));
        continue;
      }
      if (before != nullptr && *each.seq < highest) {
        add(each.id, say("forms.order_time", {{"document", name_of(each)},
                                              {"date", each.date},
                                              {"before", name_of(*before)},
                                              {"before_date", before->date}}));
      } else {
        highest = *each.seq;
        before = &each;
      }
    }
  }

  /// One wrong page shifts all that follow: only where the shift changes is something wrong.
  void compare_pages(const FiledVolume& volume) {
    std::int64_t shift = 0;
    for (const auto& placed : volume.documents) {
      const auto& each = document(placed);
      if (!placed.page_to) {
        add(each.id, say("forms.order_no_pages", {{"document", name_of(each)}}));
        return;  // whatever follows cannot be numbered either
      }
      const bool is_shifted = shifted(each.page_from, shift) == placed.page_from &&
                              shifted(each.page_to, shift) == placed.page_to;
      if (is_shifted) continue;
      if (each.page_from && is_page(*each.page_from)) shift = *placed.page_from - *each.page_from;
      add(each.id, say("forms.order_pages", {{"document", name_of(each)},
                                             {"from", number_text(each.page_from)},
                                             {"to", number_text(each.page_to)},
                                             {"right_from", number_text(placed.page_from)},
                                             {"right_to", number_text(placed.page_to)}}));
    }
  }

  static bool is_page(std::int64_t number) { return number > 0 && number < kPageNumberMax; }

  static std::optional<std::int64_t> shifted(const std::optional<std::int64_t>& page,
                                             std::int64_t shift) {
    if (!page || !is_page(*page)) return std::nullopt;
    return *page + shift;
  }

  static bool is_same(const CaseIndexItem& declared, const CaseIndexItem& line) {
    return declared.title == line.title && date_digits(declared.date) == line.date &&
           declared.pages == line.pages;
  }

  void add_line(const std::string& object, std::size_t at, const CaseIndexItem& line) {
    if (at >= file_.index().size()) {
      return add(object, say("forms.order_line_missing", {{"title", line.title}}));
    }
    const auto& declared = file_.index()[at];
    add(object, say("forms.order_line", {{"line", std::to_string(at + 1)},
                                         {"title", declared.title},
                                         {"date", declared.date},
                                         {"pages", declared.pages},
                                         {"right_title", line.title},
                                         {"right_date", line.date},
                                         {"right_pages", line.pages}}));
  }

  /// The first line that differs, and how many do after it: a line too many shifts the others.
  void compare_list(const FiledVolume& volume, std::int64_t offset) {
    if (file_.index().empty()) return;
    const auto lines = list_of_contents(file_, volume);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto at = static_cast<std::size_t>(offset) + i;
      if (at < file_.index().size() && is_same(file_.index()[at], lines[i])) continue;
      if (++wrong == 1) add_line(document(volume.documents[i]).id, at, lines[i]);
    }
    if (wrong > 1) {
      add("case", say("forms.order_lines_after", {{"count", std::to_string(wrong - 1)}}));
    }
  }

  void compare_totals(const std::vector<FiledVolume>& volumes, std::int64_t lines) {
    if (file_.index().empty() && lines > 0) add("case", say("forms.order_no_list"));
    if (static_cast<std::int64_t>(file_.index().size()) > lines) {
      add("case", say("forms.order_lines_beyond", {{"lines", std::to_string(file_.index().size())},
                                                   {"documents", std::to_string(lines)}}));
    }
    std::int64_t sum = 0;
    for (const auto& volume : volumes) {
      if (!volume.pages) return;
      sum += *volume.pages;
    }
    if (file_.total_pages() == sum) return;
    add("case", say("forms.order_total", {{"declared", number_text(file_.total_pages())},
                                          {"sum", std::to_string(sum)}}));
  }

  const CaseFile& file_;
  std::vector<OrderDifference> found_;
  std::size_t beyond_ = 0;
};

}  // namespace

std::vector<CaseIndexItem> list_of_contents(const CaseFile& file, const FiledVolume& volume) {
  auto declared = declared_lines(file);
  std::vector<CaseIndexItem> lines;
  for (const auto& placed : volume.documents) {
    const auto& document = file.documents()[placed.document];
    CaseIndexItem line;
    line.seq = placed.seq;
    line.doc_no = document.doc_no;
    line.title = title_of(document);
    line.date = date_digits(document.date);
    line.pages = pages_text(placed, &placed == &volume.documents.back());
    const auto found = declared.find(line_key(document.title, document.date));
    if (found != declared.end()) {
      line.author = found->second->author;
      line.note = found->second->note;
      declared.erase(found);  // two documents of one title and day: each has its own line
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<OrderDifference> differences(const CaseFile& file,
                                         const std::vector<FiledVolume>& volumes) {
  return Comparison(file).run(volumes);
}

}  // namespace anjuan
