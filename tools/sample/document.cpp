#include "tools/sample/document.h"

#include "core/error.h"
#include "tools/sample/resources.h"

namespace anjuan::sample {

namespace {

constexpr std::string_view kGeneralTemplate = "D_ANY";

/// Where a template names a role: whose signatures the declaration says are there.
std::vector<std::string> signatures(const Facts& facts, std::string_view role) {
  const Json* document = facts.document();
  const Json* signed_by = document == nullptr ? nullptr : document->find("signed");
  const Json* count = signed_by == nullptr ? nullptr : signed_by->find(role);
  if (role == "leader" && facts.filled("fields.leader_approval")) return {*facts.find("leader")};
  if (count == nullptr || count->is_null()) return {};
  if (count->is_array()) {
    std::vector<std::string> names;
    for (const Json& name : count->items()) names.push_back(name.as_string());
    return names;
  }
  if (role == "officer") {
    std::vector<std::string> names;
    for (const Officer& officer : facts.officers()) names.push_back(officer.name);
    const auto wanted = static_cast<std::size_t>(std::max<std::int64_t>(0, count->as_integer()));
    if (facts.filled("is.EV_HEARING")) names.assign(1, facts.find("event.host").value_or(""));
    names.resize(std::min(names.size(), wanted));
    return names;
  }
  if (role == "party") return {facts.find("party.person").value_or("")};
  if (role == "leader") return {*facts.find("leader")};
  const Json* people = sample_text("people");
  const std::string fallback = people == nullptr ? "" : people->text_or(role, "");
  return {facts.find("fields." + std::string(role)).value_or(fallback)};
}

class Composer {
 public:
  explicit Composer(const Facts& facts) : facts_(facts) {}

  std::vector<Block> blocks(const Json* list) {
    std::vector<Block> result;
    if (list == nullptr) return result;
    for (const Json& item : list->items()) add(item, result);
    return result;
  }

 private:
  void add(const Json& item, std::vector<Block>& result) {
    if (const Json* name = item.find("if"); name && !facts_.filled(name->as_string())) return;
    if (const Json* name = item.find("unless"); name && facts_.filled(name->as_string())) return;
    if (const Json* list = item.find("each")) {
      for (const Facts& row : rows_of(list->as_string())) result.push_back(block(item, row));
      return;
    }
    result.push_back(block(item, facts_));
  }

  Block block(const Json& item, const Facts& facts) {
    struct Key {
      const char* name;
      Block::Kind kind;
    };

    constexpr Key kKeys[] = {
        {"p", Block::Kind::kParagraph},    {"left", Block::Kind::kLeft},
        {"h", Block::Kind::kHeading},      {"c", Block::Kind::kCentred},
        {"row", Block::Kind::kRow},        {"head", Block::Kind::kRow},
        {"sign", Block::Kind::kSignature}, {"seal", Block::Kind::kSeal},
        {"pic", Block::Kind::kPicture},    {"break", Block::Kind::kPageBreak},
    };
    Block result;
    for (const Key& key : kKeys) {
      const Json* value = item.find(key.name);
      if (value == nullptr) continue;
      // "row" with "sign" is a row that is signed in its last cell.
      if (key.kind == Block::Kind::kSignature && !result.cells.empty()) break;
      result.kind = key.kind;
      if (value->is_string()) result.text = facts.expand(value->as_string());
      if (value->is_array()) {
        for (const Json& cell : value->items())
          result.cells.push_back(facts.expand(cell.as_string()));
      }
      result.head = std::string_view(key.name) == "head";
    }
    if (const Json* lines = item.find("lines"))
      result.lines = static_cast<int>(lines->as_integer());
    if (const Json* even = item.find("even")) result.even = even->as_boolean();
    result.printed = item.find("printed") != nullptr;
    sign(item, facts, result);
    return result;
  }

  void sign(const Json& item, const Facts& facts, Block& result) {
    const Json* role = item.find("sign");
    if (role == nullptr) return;
    result.names = signatures(facts, role->as_string());
    if (result.kind == Block::Kind::kSignature) {
      result.text = facts.expand(item.text_or("label", ""));
      const bool refused =
          result.names.empty() && facts.filled("doc.refused") && role->as_string() == "party";
      if (refused) result.text += "(当事人拒绝签名)";
    }
  }

  std::vector<Facts> rows_of(const std::string& list) {
    std::vector<Facts> rows;
    const char* key = list == "recordings" ? "av" : list == "index" ? "index" : "docs";
    for (const Json& item : list_of(facts_.the_case(), key)) {
      if (list == "step_documents" && item.text_or("event", "") != event_id()) continue;
      rows.push_back(facts_.of_item(item));
    }
    return rows;
  }

  std::string event_id() const { return facts_.find("event.id").value_or(""); }

  const Facts& facts_;
};

Form form_named(const std::string& name) {
  if (name == "official") return Form::kOfficial;
  if (name == "table") return Form::kTable;
  if (name == "record") return Form::kRecord;
  return Form::kPlain;
}

bool stands_in(const std::vector<Block>& blocks, const std::string& words) {
  for (const Block& block : blocks) {
    if (block.text.find(words) != std::string::npos) return true;
    for (const auto& cell : block.cells) {
      if (cell.find(words) != std::string::npos) return true;
    }
  }
  return false;
}

/// Declared values that no template line took up: nothing that is declared may be missing.
void add_unused_fields(const Facts& facts, DocumentText& text) {
  const Json* fields = facts.document()->find("fields");
  const Json* labels = sample_text("field_labels");
  if (fields == nullptr || !fields->is_object()) return;
  for (const auto& [key, value] : fields->members()) {
    if (!value.is_string() || value.as_string().empty()) continue;
    const auto words = facts.find("fields." + key + ".cn").value_or(value.as_string());
    if (stands_in(text.body, words) || stands_in(text.closing, words)) continue;
    if (key == "writing" || key == "carrier") continue;
    Block block;
    block.kind = text.form == Form::kTable ? Block::Kind::kRow : Block::Kind::kParagraph;
    const std::string label = labels == nullptr ? key : labels->text_or(key, key);
    if (block.kind == Block::Kind::kRow) block.cells = {label, words};
    block.text = label + ":" + words;
    text.body.push_back(std::move(block));
  }
}

}  // namespace

DocumentText compose_document(const Facts& facts) {
  const Json& document = *facts.document();
  const Json* pattern = sample_text(document.text_or("kind", ""));
  if (pattern == nullptr) pattern = sample_text(kGeneralTemplate);
  if (pattern == nullptr) throw Error(ErrorCode::kInternal, "texts", "no general template");
  DocumentText text;
  text.form = form_named(pattern->text_or("form", "plain"));
  text.title = document.text_or("title", pattern->text_or("title", ""));
  text.number = facts.find("doc.doc_no").value_or("");
  text.agency = facts.find("case.agency").value_or("");
  text.case_no = facts.find("case.case_no").value_or("");
  text.by_hand = facts.filled("is.hand");
  text.scanned = text.by_hand || facts.find("fields.carrier") == "纸质扫描件";
  if (const Json* pages = document.find("pages"); pages && !pages->is_null()) {
    text.pages = std::max(1, static_cast<int>(pages->as_integer()));
  }
  if (const Json* page = document.find("page_from"); page && !page->is_null()) {
    text.first_page_in_file = static_cast<int>(page->as_integer());
  }
  Composer composer(facts);
  text.body = composer.blocks(pattern->find("body"));
  text.more = composer.blocks(pattern->find("more"));
  text.closing = composer.blocks(pattern->find("closing"));
  if (text.form == Form::kRecord) {
    text.foot_names = signatures(facts, "party");
    const auto officers = signatures(facts, "officer");
    text.foot_names.insert(text.foot_names.end(), officers.begin(), officers.end());
  }
  add_unused_fields(facts, text);
  return text;
}

}  // namespace anjuan::sample
