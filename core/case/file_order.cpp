#include "core/case/file_order.h"

#include <limits>
#include <map>
#include <set>

#include "core/case/kinds.h"
#include "core/clock.h"
#include "core/error.h"

namespace anjuan {

namespace {

/// More pages than a volume can have: a slip, and a sum beyond it would not be a number.
constexpr std::int64_t kPagesMax = 100'000;

/// Cover, list and end note: no page number, no line in the list (GB/T 9705).
bool carries_pages(const CaseDocument& document) {
  return document.kind != "D_COVER" && document.kind != "D_INDEX" && document.kind != "D_REMARK";
}

std::optional<std::int64_t> pages_of(const CaseDocument& document) {
  if (document.pages && *document.pages > 0 && *document.pages <= kPagesMax) return document.pages;
  return std::nullopt;
}

/// Positions in the order of declared numbers; a document without number stays where it stands.
std::vector<std::size_t> by_sequence(const CaseFile& file, std::vector<std::size_t> documents) {
  std::map<std::size_t, std::int64_t> number;
  std::int64_t last = std::numeric_limits<std::int64_t>::min();
  for (const std::size_t each : documents) {
    last = file.documents()[each].seq.value_or(last);
    number[each] = last;
  }
  std::stable_sort(documents.begin(), documents.end(),
                   [&](std::size_t a, std::size_t b) { return number[a] < number[b]; });
  return documents;
}

std::vector<std::size_t> by_time(const CaseFile& file, std::vector<std::size_t> documents) {
  documents = by_sequence(file, std::move(documents));
  std::map<std::size_t, Instant> time;
  Instant last = Instant::min();
  for (const std::size_t each : documents) {
    last = instant_of(file.documents()[each].date).value_or(last);
    time[each] = last;
  }
  std::stable_sort(documents.begin(), documents.end(),
                   [&](std::size_t a, std::size_t b) { return time[a] < time[b]; });
  return documents;
}

void number_pages(const CaseFile& file, FiledVolume& volume) {
  std::optional<std::int64_t> next = 1;
  std::int64_t seq = 0;
  for (auto& placed : volume.documents) {
    placed.seq = ++seq;
    placed.page_from = next;
    const auto pages = pages_of(file.documents()[placed.document]);
    if (!pages) next.reset();
    if (next) {
      placed.page_to = *next + *pages - 1;
      next = *next + *pages;
    }
  }
  if (next) volume.pages = *next - 1;
}

FiledVolume made_volume(const CaseFile& file, const CaseVolume& declared,
                        const std::vector<std::size_t>& documents) {
  FiledVolume volume{declared.no, declared.kind, {}, {}};
  for (const std::size_t each : by_time(file, documents)) {
    volume.documents.push_back({each, 0, {}, {}});
  }
  number_pages(file, volume);
  return volume;
}

}  // namespace

std::string date_digits(const std::string& text) {
  const auto instant = instant_of(text);
  if (!instant) return "";
  auto digits = to_date_text(*instant);
  std::erase(digits, '-');
  return digits;
}

std::vector<FiledVolume> put_in_order(const CaseFile& file) {
  std::map<std::string, std::size_t> rest;  // id -> position
  std::vector<std::size_t> unnamed;
  for (std::size_t i = 0; i < file.documents().size(); ++i) {
    const auto& document = file.documents()[i];
    if (!carries_pages(document)) continue;
    if (document.id.empty()) {
      unnamed.push_back(i);
    } else {
      rest[document.id] = i;
    }
  }
  std::vector<FiledVolume> volumes;
  for (const auto& declared : file.volumes()) {
    std::vector<std::size_t> documents;
    for (const auto& id : declared.documents) {
      const auto found = rest.find(id);
      if (found == rest.end()) continue;
      documents.push_back(found->second);
      rest.erase(found);
    }
    std::sort(documents.begin(), documents.end());
    volumes.push_back(made_volume(file, declared, documents));
  }
  for (const auto& [id, position] : rest) unnamed.push_back(position);
  std::sort(unnamed.begin(), unnamed.end());
  if (!unnamed.empty() || volumes.empty()) volumes.push_back(made_volume(file, {}, unnamed));
  return volumes;
}

}  // namespace anjuan
