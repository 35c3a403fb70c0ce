// What the four-nature checks share: outcomes, lists of names, values of the description.
#include <map>

#include "preservation/rules/four_nature_checks.h"

namespace anjuan::rules::items {

namespace {

constexpr std::size_t kNamesShown = 5;
constexpr std::size_t kValueBytesShown = 60;

/// "item[3]/file/@digest" -> "item/file/@digest".
std::string without_indexes(std::string_view path) {
  std::string plain;
  bool inside = false;
  for (const char c : path) {
    if (c == '[') inside = true;
    if (!inside) plain += c;
    if (c == ']') inside = false;
  }
  return plain;
}

const DescriptionField* field_of(std::string_view path) {
  static const auto by_path = [] {
    std::map<std::string, const DescriptionField*, std::less<>> fields;
    for (const auto& field : description_fields()) fields.emplace(field.path, &field);
    return fields;
  }();
  const auto found = by_path.find(without_indexes(path));
  return found == by_path.end() ? nullptr : found->second;
}

void add_files(const Description& description, std::string_view group,
               std::vector<DescribedFile>& files) {
  for (const auto& child : description.root().children) {
    if (child.name != group) continue;
    for (const auto& file : child.children) {
      const auto* name = file.name == "file" ? file.attribute("name") : nullptr;
      if (name != nullptr) files.push_back({*name, &file});
    }
  }
}

}  // namespace

Outcome passed(std::string evidence) { return {ItemState::kPassed, std::move(evidence), ""}; }

Outcome failed(std::string evidence) { return {ItemState::kFailed, std::move(evidence), ""}; }

Outcome not_run(std::string reason, std::string evidence) {
  return {ItemState::kNotRun, std::move(evidence), std::move(reason)};
}

Outcome missing(const CheckInput& in, std::string_view reason_id) {
  return not_run(say_in(in.facts.language, reason_id));
}

std::string number(std::uint64_t value) { return std::to_string(value); }

std::string listed(const std::vector<std::string>& names, Language language) {
  const std::string_view comma = language == Language::kChinese ? "、" : ", ";
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kNamesShown); ++i) {
    if (i > 0) text += comma;
    text += names[i];
  }
  if (names.size() <= kNamesShown) return text;
  return say_in(language, "four_nature.and_more",
                {{"list", text}, {"count", std::to_string(names.size())}});
}

std::string shortened(std::string_view value) {
  if (value.size() <= kValueBytesShown) return fmt::format("“{}”", value);
  std::size_t end = kValueBytesShown;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
  return fmt::format("“{}…”", value.substr(0, end));
}

Outcome by_person(const FourNatureFacts& facts, std::string_view code) {
  const auto found = facts.persons.find(code);
  if (found == facts.persons.end() || found->second.by.empty() || found->second.at.empty()) {
    return not_run(say_in(facts.language, "four_nature.needs_person"));
  }
  const PersonFact& person = found->second;
  std::string evidence = say_in(facts.language, "four_nature.person_says",
                                {{"by", person.by}, {"at", person.at}, {"note", person.note}});
  return person.is_good ? passed(std::move(evidence)) : failed(std::move(evidence));
}

std::string DescribedValue::shown() const {
  return fmt::format("{}({}){}", entry.chinese, entry.path,
                     entry.is_sensitive ? "" : shortened(entry.value));
}

std::vector<DescribedValue> described_values(const Description& description) {
  std::vector<DescribedValue> values;
  for (auto& entry : description.entries()) {
    const auto* field = entry.value.empty() ? nullptr : field_of(entry.path);
    if (field != nullptr) values.push_back({std::move(entry), field});
  }
  return values;
}

std::vector<DescribedFile> described_files(const Description& description) {
  std::vector<DescribedFile> files;
  add_files(description, "item", files);
  add_files(description, "av", files);
  return files;
}

}  // namespace anjuan::rules::items
