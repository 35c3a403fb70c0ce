#pragma once
// What stands in a document, before it is laid out on pages: blocks in reading order.

#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "tools/sample/facts.h"

namespace anjuan::sample {

/// The look of the whole document.
enum class Form {
  kOfficial,  ///< red agency heading, number, seal (after GB/T 9704)
  kTable,     ///< approval forms, lists, certificates of service
  kRecord,    ///< transcripts: ruled lines, signatures at the foot of every page
  kPlain,     ///< reports, applications, opinions
};

struct Block {
  enum class Kind {
    kParagraph,  ///< two characters of indent
    kLeft,       ///< no indent: addressee, labels
    kHeading,
    kCentred,
    kRow,  ///< table row; cells[0] is a label unless `head`
    kSignature,
    kSeal,
    kPicture,  ///< `text` names it: site, map, identity, licence
    kPageBreak,
  };

  Kind kind = Kind::kParagraph;
  std::string text;
  std::vector<std::string> cells;
  bool head = false;               ///< kRow: all cells are headings
  bool even = false;               ///< kRow: cells of equal width
  int lines = 1;                   ///< kRow: at least so many lines tall
  std::vector<std::string> names;  ///< signed so, by hand; empty = left open
  bool thumb = false;              ///< with a finger print, on paper filled in by hand
  bool printed = false;            ///< printed words on a form that is filled in by hand
};

struct DocumentText {
  Form form = Form::kPlain;
  std::string title;
  std::string number;  ///< document number, may be empty
  std::string agency;
  std::string case_no;
  bool by_hand = false;
  bool scanned = false;  ///< pages are pictures of paper
  int pages = 1;
  int first_page_in_file = 0;           ///< stamped page number; 0 = none
  std::vector<std::string> foot_names;  ///< kRecord: who signs every page
  std::vector<Block> body;
  std::vector<Block> more;  ///< taken one by one while pages are missing
  std::vector<Block> closing;
};

/// The text of `facts.document()` by the template of its kind (texts/*.json), or by the general
/// one where the kind has none.
DocumentText compose_document(const Facts& facts);

}  // namespace anjuan::sample
