#include "preservation/rules/review_xml.h"

#include "core/error.h"
#include "core/xml_reader.h"
#include "core/xml_schema.h"
#include "core/xml_writer.h"

namespace anjuan::rules {

namespace {

class ReviewWriter {
 public:
  explicit ReviewWriter(XmlWriter& xml) : xml_(xml) {}

  void write(const ReviewSheet& sheet) {
    xml_.start("review");
    xml_.attribute("xmlns", kReviewNamespace);
    filled("caseNo", sheet.case_no);
    put("table", sheet.table_version);
    put("rules", sheet.rules_version);
    put("rulesDigest", sheet.rules_digest);
    put("sum", points_text(sheet.sum));
    put("maximum", points_text(sheet.maximum));
    if (sheet.score) put("score", points_text(*sheet.score));
    put("complete", sheet.is_complete ? "true" : "false");
    filled("grade", sheet.grade);
    for (const auto& item : sheet.items) write(item);
    for (const auto& line : sheet.unlisted) write("unlisted", line);
    xml_.end();
  }

 private:
  void put(std::string_view name, std::string_view value) {
    xml_.attribute(name, to_xml_text(value));
  }

  void filled(std::string_view name, std::string_view value) {
    if (!value.empty()) put(name, value);
  }

  void element(std::string_view name, std::string_view value) {
    xml_.element(name, to_xml_text(value));
  }

  void write(const ReviewedItem& item) {
    xml_.start("item");
    put("id", item.id);
    put("part", part_word(item.part));
    put("state", review_state_word(item.state));
    put("points", points_text(item.points));
    put("deducted", points_text(item.deducted));
    if (item.part == ReviewPart::kVeto && item.state == ReviewState::kJudged) {
      put("fails", item.is_failed ? "true" : "false");
    }
    element("title", item.title);
    for (const auto& line : item.failed) write("failed", line);
    for (const auto& line : item.open) write("open", line);
    if (item.entry) write(*item.entry);
    xml_.end();
  }

  void write(std::string_view name, const ReviewLine& line) {
    xml_.start(name);
    put("rule", line.rule);
    put("article", line.article);
    put("object", line.object);
    put("result", result_word(line.result));
    put("points", points_text(line.points));
    element("objectName", line.object_name);
    element("message", line.message);
    xml_.end();
  }

  void write(const ReviewEntry& entry) {
    xml_.start("entry");
    if (entry.is_met) put("met", *entry.is_met ? "true" : "false");
    if (entry.deduction) put("deduction", points_text(*entry.deduction));
    put("by", entry.by);
    put("at", entry.at);
    if (!entry.note.empty()) element("note", entry.note);
    xml_.end();
  }

  XmlWriter& xml_;
};

/// White space around a value that the schema collapses.
std::string token_of(const XmlElement& xml, std::string_view attribute) {
  auto value = xml.value_of(attribute);
  const auto first = value.find_first_not_of(" \t\r\n");
  if (first == value.npos) return "";
  return value.substr(first, value.find_last_not_of(" \t\r\n") - first + 1);
}

/// The schema allows one decimal at most.
Tenths points_of(const XmlElement& xml, std::string_view attribute) {
  const auto text = token_of(xml, attribute);
  Tenths whole = 0;
  std::size_t i = 0;
  for (; i < text.size() && text[i] != '.'; ++i) whole = whole * 10 + (text[i] - '0');
  return whole * 10 + (i + 1 < text.size() ? text[i + 1] - '0' : 0);
}

bool flag_of(const XmlElement& xml, std::string_view attribute) {
  const auto word = token_of(xml, attribute);
  return word == "true" || word == "1";
}

CheckResult result_of(const std::string& word) {
  for (const auto result : {CheckResult::kNotChecked, CheckResult::kNeedsPerson}) {
    if (word == result_word(result)) return result;
  }
  return CheckResult::kFailed;
}

ReviewPart part_of(const std::string& word) {
  for (const auto part : {ReviewPart::kVeto, ReviewPart::kForm}) {
    if (word == part_word(part)) return part;
  }
  return ReviewPart::kContent;
}

ReviewState state_of(const std::string& word) {
  for (const auto state : {ReviewState::kOpen, ReviewState::kNotApplicable}) {
    if (word == review_state_word(state)) return state;
  }
  return ReviewState::kJudged;
}

ReviewLine line_of(const XmlElement& xml) {
  ReviewLine line;
  line.rule = xml.value_of("rule");
  line.article = xml.value_of("article");
  line.object = xml.value_of("object");
  line.object_name = xml.text_of("objectName");
  line.result = result_of(token_of(xml, "result"));
  line.points = points_of(xml, "points");
  line.message = xml.text_of("message");
  return line;
}

ReviewEntry entry_of(const XmlElement& xml, const std::string& item) {
  ReviewEntry entry;
  entry.item = item;
  if (xml.attribute("met") != nullptr) entry.is_met = flag_of(xml, "met");
  if (xml.attribute("deduction") != nullptr) entry.deduction = points_of(xml, "deduction");
  entry.note = xml.text_of("note");
  entry.by = xml.value_of("by");
  entry.at = token_of(xml, "at");
  return entry;
}

ReviewedItem item_of(const XmlElement& xml) {
  ReviewedItem item;
  item.id = token_of(xml, "id");
  item.part = part_of(token_of(xml, "part"));
  item.title = xml.text_of("title");
  item.points = points_of(xml, "points");
  item.state = state_of(token_of(xml, "state"));
  item.is_failed = flag_of(xml, "fails");
  item.deducted = points_of(xml, "deducted");
  for (const auto& child : xml.children) {
    if (child.name == "failed") item.failed.push_back(line_of(child));
    if (child.name == "open") item.open.push_back(line_of(child));
    if (child.name == "entry") item.entry = entry_of(child, item.id);
  }
  return item;
}

XmlElement read_valid(std::string_view xml, const std::string& subject) {
  return read_xml_tree(xml, subject, &XmlSchemaSet::embedded_set({"review.xsd"}));
}

}  // namespace

std::string to_review_xml(const ReviewSheet& sheet) {
  std::string bytes;
  XmlWriter xml([&](std::string_view piece) { bytes += piece; });
  ReviewWriter(xml).write(sheet);
  xml.close();
  return bytes;
}

ReviewSheet read_review(std::string_view xml, const std::string& subject) {
  const auto root = read_valid(xml, subject);
  if (root.name != "review") {
    throw Error(ErrorCode::kInvalid, subject, say("review.no_review", {{"subject", subject}}));
  }
  ReviewSheet sheet;
  sheet.case_no = root.value_of("caseNo");
  sheet.table_version = token_of(root, "table");
  sheet.rules_version = root.value_of("rules");
  sheet.rules_digest = token_of(root, "rulesDigest");
  sheet.sum = points_of(root, "sum");
  sheet.maximum = points_of(root, "maximum");
  if (root.attribute("score") != nullptr) sheet.score = points_of(root, "score");
  sheet.is_complete = flag_of(root, "complete");
  sheet.grade = root.value_of("grade");
  for (const auto& child : root.children) {
    if (child.name == "item") sheet.items.push_back(item_of(child));
    if (child.name == "unlisted") sheet.unlisted.push_back(line_of(child));
  }
  return sheet;
}

PersonReview read_person_review(std::string_view xml, const std::string& subject) {
  const auto root = read_valid(xml, subject);
  PersonReview person;
  person.case_no = root.value_of("caseNo");
  for (const auto& child : root.children) {
    if (child.name == "entry") person.entries.push_back(entry_of(child, token_of(child, "item")));
    const XmlElement* entry = child.name == "item" ? child.child("entry") : nullptr;
    if (entry != nullptr) person.entries.push_back(entry_of(*entry, token_of(child, "id")));
  }
  return person;
}

}  // namespace anjuan::rules
