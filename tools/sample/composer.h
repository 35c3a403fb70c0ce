#pragma once
// Turns the block list of a template (texts/*.json) into blocks filled with a document's facts.
//
//   {"p": text} {"left": text} {"h": text} {"c": text}    paragraphs
//   {"row": [...]} {"head": [...]}                        table rows; "lines" high, "even" wide
//   {"sign": role, "label": text}  {"row": ..., "sign"}   signatures that the declaration names
//   {"seal": office, "date": text, "stamp": fact}         office, date, seal unless fact is missing
//   {"pic": name, "caption": text}  {"pictures": list}    pictures
//   {"story": key} {"rows": key} {"talk": key}            paragraphs, rows, questions of the story
//   {"use": name}                                         the list "use.name"
//   {"each": "recordings|index", ...}                     once for every entry, as item.*
//   {"discussion": key}                                   what each participant says
// Each may have "if" or "unless": a fact that must, or must not, be filled.

#include <string>
#include <string_view>
#include <vector>

#include "tools/sample/document.h"

namespace anjuan::sample {

class Composer {
 public:
  explicit Composer(const Facts& facts) : facts_(facts) {}

  /// The blocks of `list`, which may be null.
  std::vector<Block> blocks(const Json* list) const;

 private:
  void add(const Json& item, std::vector<Block>& result) const;
  bool add_list(const Json& item, std::vector<Block>& result) const;
  void add_story(std::string_view key, std::vector<Block>& result) const;
  void add_talk(const Json& item, std::vector<Block>& result) const;
  void add_rows(std::string_view key, std::vector<Block>& result) const;
  void add_pictures(std::string_view key, std::vector<Block>& result) const;
  void add_discussion(std::string_view key, std::vector<Block>& result) const;
  Block block(const Json& item, const Facts& facts) const;
  void sign(const Json& item, const Facts& facts, Block& result) const;

  const Facts& facts_;
};

/// Whose signatures of `role` the declaration says are there; empty = left open.
std::vector<std::string> signatures(const Facts& facts, std::string_view role);

}  // namespace anjuan::sample
