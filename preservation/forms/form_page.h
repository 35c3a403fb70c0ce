#pragma once
// A printable form as data: title, paragraphs and tables. Built once, written as HTML and as PDF.
//
// Texts are whatever a case declares; the writers clean them (clean_text) and never trust them.
// An empty value is a blank to write on.

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/clock.h"

namespace anjuan::forms {

enum class Align { kLeft, kCentre, kRight };

/// A label names the values of its row or column: it is a header cell of the table.
enum class CellKind { kValue, kLabel };

struct Cell {
  std::string text;
  CellKind kind = CellKind::kValue;
  int columns = 1;  ///< that it spans
  Align align = Align::kLeft;
  int least_lines = 1;  ///< room to write by hand; with many lines text stands at the top

  static Cell label(std::string text, int columns = 1) {
    return {std::move(text), CellKind::kLabel, columns, Align::kCentre, 1};
  }

  static Cell value(std::string text, int columns = 1, int least_lines = 1) {
    return {std::move(text), CellKind::kValue, columns, Align::kLeft, least_lines};
  }

  static Cell centred(std::string text, int columns = 1) {
    return {std::move(text), CellKind::kValue, columns, Align::kCentre, 1};
  }
};

using Row = std::vector<Cell>;

/// Cells with so much room are read like a page: from the top.
inline constexpr int kManyLines = 8;

enum class PageBreak { kAnywhere, kAvoided };

/// Cells of a row span all columns together.
struct Table {
  std::string caption;      ///< for who listens to the page; not printed
  std::vector<int> widths;  ///< of the columns, relative
  std::vector<Row> head;    ///< repeated on each page
  std::vector<Row> rows;
  PageBreak page_break = PageBreak::kAnywhere;  ///< kAvoided: on one page, if one can hold it
};

enum class ParagraphStyle { kBody, kHeading, kNote, kStrong, kRight };

struct Paragraph {
  std::string text;
  ParagraphStyle style = ParagraphStyle::kBody;
};

/// A new sheet of paper with a title of its own: one form may hold several sheets of one kind.
struct NewSheet {
  std::string heading;
  std::string title;
  std::string number;
};

using Block = std::variant<Paragraph, Table, NewSheet>;

/// Cover, list and end note carry no page number (GB/T 9705).
enum class PageFoot { kNone, kPageCount };

struct FormPage {
  std::string heading;  ///< above the title: the office
  std::string title;
  std::string number;  ///< to the right below the title: 案号 or 档号
  std::vector<Block> blocks;
  PageFoot foot = PageFoot::kPageCount;
  Instant printed;
};

/// At most this many characters of a text, and this many of a form, are printed in full; what is
/// longer ends with a sentence that says so.
inline constexpr std::size_t kTextCharactersMax = 12'000;
inline constexpr std::size_t kFormCharactersMax = 2'000'000;
inline constexpr std::size_t kShortCharacters = 60;

/// Well-formed text without control characters; line ends stay, empty lines do not.
std::string clean_text(std::string_view text, std::size_t characters_max = kTextCharactersMax);

/// Every text of the form cleaned and bounded.
FormPage clean(FormPage page);

}  // namespace anjuan::forms
