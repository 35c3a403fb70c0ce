#include "tools/sample/composer.h"

#include "tools/sample/resources.h"
#include "tools/sample/story.h"

namespace anjuan::sample {

namespace {

struct Key {
  const char* name;
  Block::Kind kind;
};

constexpr Key kKeys[] = {
    {"p", Block::Kind::kParagraph},     {"left", Block::Kind::kLeft},
    {"h", Block::Kind::kHeading},       {"c", Block::Kind::kCentred},
    {"row", Block::Kind::kRow},         {"head", Block::Kind::kRow},
    {"seal", Block::Kind::kSeal},       {"pic", Block::Kind::kPicture},
    {"break", Block::Kind::kPageBreak},
};

Block paragraph(std::string text) {
  Block block;
  block.text = std::move(text);
  return block;
}

/// "问:", "调查人员:": who asks and who answers.
struct Voices {
  std::string asks, answers;
};

Voices voices_of(const Facts& facts) {
  if (facts.filled("is.EV_HEARING")) return {"调查人员：", "当事人："};
  return {"问：", "答："};
}

}  // namespace

std::vector<Block> Composer::blocks(const Json* list) const {
  std::vector<Block> result;
  if (list == nullptr) return result;
  for (const Json& item : list->items()) add(item, result);
  return result;
}

void Composer::add(const Json& item, std::vector<Block>& result) const {
  if (const Json* name = item.find("if"); name && !facts_.filled(name->as_string())) return;
  if (const Json* name = item.find("unless"); name && facts_.filled(name->as_string())) return;
  if (add_list(item, result)) return;
  if (const Json* list = item.find("each")) {
    const char* key = list->as_string() == "recordings" ? "av" : "index";
    for (const Json& entry : list_of(facts_.the_case(), key)) {
      result.push_back(block(item, facts_.of_item(entry)));
    }
    return;
  }
  result.push_back(block(item, facts_));
}

/// The items that stand for several blocks. False if `item` is a block of its own.
bool Composer::add_list(const Json& item, std::vector<Block>& result) const {
  if (const Json* name = item.find("use")) {
    for (Block& each : blocks(sample_text("use." + name->as_string()))) {
      result.push_back(std::move(each));
    }
    return true;
  }
  if (const Json* key = item.find("story")) return add_story(key->as_string(), result), true;
  if (item.find("talk") != nullptr) return add_talk(item, result), true;
  if (const Json* key = item.find("rows")) return add_rows(key->as_string(), result), true;
  if (const Json* key = item.find("pictures")) return add_pictures(key->as_string(), result), true;
  if (const Json* key = item.find("discussion")) {
    return add_discussion(key->as_string(), result), true;
  }
  return false;
}

void Composer::add_story(std::string_view key, std::vector<Block>& result) const {
  for (const Json& part : story_list(facts_, key)) {
    if (part.is_string()) result.push_back(paragraph(facts_.expand(part.as_string())));
  }
}

void Composer::add_talk(const Json& item, std::vector<Block>& result) const {
  const Voices voices = voices_of(facts_);
  for (const Json& pair : story_list(facts_, item.find("talk")->as_string())) {
    if (!pair.is_array() || pair.items().size() != 2) continue;
    const auto& words = pair.items();
    result.push_back(paragraph(voices.asks + facts_.expand(words[0].as_string())));
    result.push_back(paragraph(voices.answers + facts_.expand(words[1].as_string())));
  }
}

void Composer::add_rows(std::string_view key, std::vector<Block>& result) const {
  for (const Json& row : story_list(facts_, key)) {
    if (!row.is_array()) continue;
    Block block;
    block.kind = Block::Kind::kRow;
    block.even = true;
    for (const Json& cell : row.items()) block.cells.push_back(facts_.expand(cell.as_string()));
    result.push_back(std::move(block));
  }
}

void Composer::add_pictures(std::string_view key, std::vector<Block>& result) const {
  for (const Json& caption : story_list(facts_, key)) {
    if (!caption.is_string()) continue;
    Block block;
    block.kind = Block::Kind::kPicture;
    block.text = "site";
    block.cells = {facts_.expand(caption.as_string()), facts_.find("case.cause").value_or("")};
    result.push_back(std::move(block));
  }
}

void Composer::add_discussion(std::string_view key, std::vector<Block>& result) const {
  const auto words = story_list(facts_, "discussion");
  const Json* event = facts_.event();
  if (event == nullptr || words.empty()) return;
  std::size_t turn = 0;
  for (const Json& person : list_of(*event, key)) {
    const Json& line = words[turn++ % words.size()];
    result.push_back(paragraph(person.as_string() + ":" + facts_.expand(line.as_string())));
  }
}

Block Composer::block(const Json& item, const Facts& facts) const {
  Block result;
  result.kind = Block::Kind::kSignature;
  for (const Key& key : kKeys) {
    const Json* value = item.find(key.name);
    if (value == nullptr) continue;
    result.kind = key.kind;
    result.head = std::string_view(key.name) == "head";
    if (value->is_string()) result.text = facts.expand(value->as_string());
    if (!value->is_array()) continue;
    for (const Json& cell : value->items()) result.cells.push_back(facts.expand(cell.as_string()));
  }
  if (result.kind == Block::Kind::kSeal) {
    const Json* stamp = item.find("stamp");
    const bool stamped = stamp == nullptr || facts.filled(stamp->as_string());
    result.cells = {facts.expand(item.text_or("date", "")), stamped ? "stamped" : ""};
  }
  if (result.kind == Block::Kind::kPicture) {
    result.cells = {facts.expand(item.text_or("caption", "")),
                    facts.find("case.cause").value_or("")};
  }
  if (const Json* lines = item.find("lines")) result.lines = static_cast<int>(lines->as_integer());
  if (const Json* even = item.find("even")) result.even = even->as_boolean();
  result.printed = item.find("printed") != nullptr;
  sign(item, facts, result);
  return result;
}

void Composer::sign(const Json& item, const Facts& facts, Block& result) const {
  const Json* role = item.find("sign");
  if (role == nullptr) return;
  result.names = signatures(facts, role->as_string());
  result.thumb = role->as_string() == "party" || role->as_string() == "witness";
  if (result.kind != Block::Kind::kSignature) return;
  result.text = facts.expand(item.text_or("label", ""));
  const bool refused = result.names.empty() && facts.filled("doc.refused");
  if (refused && role->as_string() == "party") result.text += "（当事人拒绝签名）";
}

}  // namespace anjuan::sample
