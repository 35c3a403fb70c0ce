#include "preservation/forms/form_page.h"

#include "core/messages.h"
#include "core/text.h"
#include "core/xml_writer.h"

namespace anjuan::forms {

namespace {

/// Marks that turn the direction of what follows: a value must not reorder the form around it.
bool turns_direction(char32_t character) {
  return (character >= U'\u202A' && character <= U'\u202E') ||
         (character >= U'\u2066' && character <= U'\u2069') || character == U'\u200E' ||
         character == U'\u200F';
}

bool is_line_end(char32_t character) {
  return character == U'\n' || character == U'\r' || character == U'\u2028' ||
         character == U'\u2029' || character == U'\u0085';
}

bool is_control(char32_t character) {
  return character < U' ' || (character >= U'\u007F' && character < U'\u00A0');
}

/// Cleans the texts of one form and counts what it has printed so far.
class Cleaner {
 public:
  static void clean_title(std::string& text) { text = clean_text(text, kTextCharactersMax / 40); }

  void clean(std::string& text) {
    const bool is_full = printed_ > kFormCharactersMax;
    text = clean_text(text, is_full ? kShortCharacters : kTextCharactersMax);
    printed_ += text.size() / 2;  // between one byte and three a character: a bound, not a count
  }

  void clean(Row& row) {
    for (auto& cell : row) clean(cell.text);
  }

  void operator()(Paragraph& paragraph) { clean(paragraph.text); }

  void operator()(NewSheet& sheet) {
    for (auto* text : {&sheet.heading, &sheet.title, &sheet.number}) clean_title(*text);
  }

  void operator()(Table& table) {
    clean(table.caption);
    for (auto& row : table.head) clean(row);
    for (auto& row : table.rows) clean(row);
  }

 private:
  std::size_t printed_ = 0;
};

}  // namespace

std::string clean_text(std::string_view text, std::size_t characters_max) {
  const std::string valid = to_xml_text(text);
  std::string out;
  std::size_t count = 0;
  for (std::size_t i = 0; i < valid.size();) {
    char32_t character = 0;
    const std::size_t length = std::max<std::size_t>(1, decode_utf8(valid, i, character));
    if (count >= characters_max) return out + say("forms.cut");
    if (is_line_end(character)) {
      if (!out.empty() && out.back() != '\n') out += '\n';
    } else if (is_control(character)) {
      out += character == U'\t' ? " " : "\uFFFD";
    } else if (!turns_direction(character)) {
      out += valid.substr(i, length);
    }
    ++count;
    i += length;
  }
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

FormPage clean(FormPage page) {
  Cleaner cleaner;
  for (auto* text : {&page.heading, &page.title, &page.number}) Cleaner::clean_title(*text);
  for (auto& block : page.blocks) std::visit(cleaner, block);
  return page;
}

}  // namespace anjuan::forms
