#include "tools/sample/document.h"

#include "core/error.h"
#include "tools/sample/composer.h"
#include "tools/sample/resources.h"

namespace anjuan::sample {

namespace {

constexpr std::string_view kGeneralTemplate = "D_ANY";

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

/// {"more_here": true} in the body says where the additional blocks go; else they end it.
void compose_parts(const Json& pattern, const Facts& facts, DocumentText& text) {
  const Composer composer(facts);
  Json before = Json::array();
  Json after = Json::array();
  bool behind = false;
  for (const Json& item : list_of(pattern, "body")) {
    const bool mark = item.find("more_here") != nullptr;
    if (!mark) (behind ? after : before).append(item);
    behind = behind || mark;
  }
  text.body = composer.blocks(&before);
  text.more = composer.blocks(pattern.find("more"));
  text.closing = composer.blocks(&after);
  for (Block& block : composer.blocks(pattern.find("closing"))) {
    text.closing.push_back(std::move(block));
  }
}

/// Declared values that no template line took up: nothing that is declared may be missing.
void add_unused_fields(const Facts& facts, DocumentText& text) {
  const Json* fields = facts.document()->find("fields");
  const Json* labels = sample_text("field_labels");
  if (fields == nullptr || !fields->is_object()) return;
  for (const auto& [key, value] : fields->members()) {
    if (!value.is_string() || value.as_string().empty()) continue;
    const auto words = facts.find("fields." + key + ".cn").value_or(*facts.find("fields." + key));
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
  text.agency = facts.expand(pattern->text_or("agency", "{case.agency|}"));
  text.case_no = facts.find("case.case_no").value_or("");
  text.by_hand = facts.filled("is.hand");
  text.scanned = text.by_hand || facts.find("fields.carrier") == "纸质扫描件";
  if (const Json* pages = document.find("pages"); pages && !pages->is_null()) {
    text.pages = std::max(1, static_cast<int>(pages->as_integer()));
  }
  if (const Json* page = document.find("page_from"); page && !page->is_null()) {
    text.first_page_in_file = static_cast<int>(page->as_integer());
  }
  compose_parts(*pattern, facts, text);
  if (text.form == Form::kRecord) {
    text.foot_names = signatures(facts, "party");
    const auto officers = signatures(facts, "officer");
    text.foot_names.insert(text.foot_names.end(), officers.begin(), officers.end());
  }
  add_unused_fields(facts, text);
  return text;
}

}  // namespace anjuan::sample
