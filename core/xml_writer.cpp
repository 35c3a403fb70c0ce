#include "core/xml_writer.h"

#include <charconv>

#include "core/error.h"
#include "core/messages.h"
#include "core/text.h"

namespace anjuan {

namespace {

constexpr std::size_t kBlockBytes = 64 * 1024;

/// What a byte asks for. kLead is any byte of a multi-byte character.
enum class ByteClass : std::uint8_t { kPlain, kEscape, kLead, kRefused };

using ClassTable = std::array<ByteClass, 256>;

constexpr ClassTable make_table(bool attribute) {
  ClassTable table{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    const auto c = static_cast<char>(byte);
    if (byte >= 0x80) {
      table[byte] = ByteClass::kLead;
    } else if (c == '&' || c == '<' || c == '>' || c == '\r') {
      table[byte] = ByteClass::kEscape;
    } else if (c == '\t' || c == '\n' || c == '"') {
      table[byte] = attribute ? ByteClass::kEscape : ByteClass::kPlain;
    } else {
      table[byte] = byte < 0x20 ? ByteClass::kRefused : ByteClass::kPlain;
    }
  }
  return table;
}

constexpr ClassTable kTextTable = make_table(false);
constexpr ClassTable kAttributeTable = make_table(true);

std::string_view escape_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\t':
      return "&#9;";
    case '\n':
      return "&#10;";
    default:
      return "&#13;";
  }
}

/// Length of the character at `offset` if XML 1.0 (2.2 Char) has it, else 0.
std::size_t xml_character(std::string_view text, std::size_t offset) {
  char32_t c = 0;
  const auto length = decode_utf8(text, offset, c);
  const bool control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
  return control || c == 0xFFFE || c == 0xFFFF ? 0 : length;
}

[[noreturn]] void refuse(std::string_view value, const std::string& character) {
  std::string shown;
  for (const char c : value.substr(0, 60)) {
    shown += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
  }
  throw Error(ErrorCode::kInvalid, shown,
              say("xml.bad_character", {{"text", shown}, {"character", character}}));
}

/// The end of the multi-byte character at `begin`.
std::size_t end_of_character(std::string_view value, std::size_t begin) {
  const auto length = xml_character(value, begin);
  if (length == 0) {
    const auto byte = static_cast<unsigned char>(value[begin]);
    refuse(value, byte == 0xEF ? "U+FFFE / U+FFFF" : fmt::format("0x{:02X}", byte));
  }
  return begin + length;
}

/// What stands behind byte order mark and XML declaration, without white space around it.
std::string_view without_declaration(std::string_view document) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  constexpr std::string_view kDeclaration = "<?xml ";
  constexpr std::string_view kSpace = " \t\r\n";
  if (document.starts_with(kMark)) document.remove_prefix(kMark.size());
  if (document.starts_with(kDeclaration)) {
    const auto end = document.find("?>");
    document.remove_prefix(end == document.npos ? document.size() : end + 2);
  }
  const auto first = document.find_first_not_of(kSpace);
  if (first == document.npos) return {};
  return document.substr(first, document.find_last_not_of(kSpace) - first + 1);
}

[[noreturn]] void wrong_order(const std::string& detail) {
  throw Error(ErrorCode::kInternal, detail, say("xml.writer_order", {{"detail", detail}}));
}

}  // namespace

bool is_xml_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto length = xml_character(text, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::string to_xml_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto length = xml_character(text, i);
    if (length == 0) {
      char32_t ignored = 0;
      out += "\xEF\xBF\xBD";
      i += std::max<std::size_t>(decode_utf8(text, i, ignored), 1);
    } else {
      out += text.substr(i, length);
      i += length;
    }
  }
  return out;
}

XmlWriter::XmlWriter(ByteSink sink) : sink_(std::move(sink)) {
  buffer_.reserve(kBlockBytes + 4096);
  names_.reserve(512);
  levels_.reserve(32);
  put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

XmlWriter::~XmlWriter() = default;

void XmlWriter::start(std::string_view name) {
  if (levels_.empty() && root_written_) wrong_order("second root " + std::string(name));
  before_child();
  root_written_ = true;
  levels_.push_back({names_.size(), false, false});
  names_ += name;
  put("<");
  put(name);
  tag_open_ = true;
}

void XmlWriter::attribute(std::string_view name, std::string_view value) {
  if (!tag_open_) wrong_order("attribute " + std::string(name) + " after content");
  put(" ");
  put(name);
  put("=\"");
  put_escaped(value, Escape::kAttribute);
  put("\"");
}

void XmlWriter::attribute(std::string_view name, std::uint64_t value) {
  std::array<char, 24> digits{};
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  attribute(name, std::string_view(digits.data(), result.ptr));
}

void XmlWriter::text(std::string_view value) {
  if (value.empty()) return;
  if (levels_.empty()) wrong_order("text outside the root");
  finish_start_tag();
  levels_.back().has_text = true;
  put_escaped(value, Escape::kText);
}

void XmlWriter::end() {
  if (levels_.empty()) wrong_order("end without start");
  const Level level = levels_.back();
  levels_.pop_back();
  if (tag_open_) {
    put("/>");
    tag_open_ = false;
  } else {
    if (level.has_children && !level.has_text) {
      put("\n");
      buffer_.append(levels_.size(), ' ');
    }
    put("</");
    put(std::string_view(names_).substr(level.name_begin));
    put(">");
  }
  names_.resize(level.name_begin);
  if (levels_.empty()) put("\n");
}

void XmlWriter::element(std::string_view name, std::string_view value) {
  start(name);
  text(value);
  end();
}

void XmlWriter::comment(std::string_view value) {
  if (value.find("--") != value.npos || value.ends_with('-')) {
    throw Error(ErrorCode::kInternal, std::string(value),
                say("xml.bad_comment", {{"text", std::string(value)}}));
  }
  before_child();
  put("<!-- ");
  put(value);
  put(" -->");
  if (levels_.empty()) put("\n");
}

void XmlWriter::embed(std::string_view document) {
  if (levels_.empty()) wrong_order("document outside the root");
  const auto content = without_declaration(document);
  if (!content.starts_with('<') || !content.ends_with('>') || !is_xml_text(content)) {
    const std::string begin(to_xml_text(content.substr(0, 60)));
    throw Error(ErrorCode::kInvalid, begin, say("xml.cannot_embed", {{"text", begin}}));
  }
  before_child();
  put(content);
}

void XmlWriter::close() {
  if (!levels_.empty()) wrong_order(names_.substr(levels_.back().name_begin) + " is still open");
  if (!root_written_) wrong_order("no root");
  if (!buffer_.empty()) sink_(buffer_);
  buffer_.clear();
}

void XmlWriter::put(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() < kBlockBytes) return;
  sink_(buffer_);
  buffer_.clear();
}

void XmlWriter::put_escaped(std::string_view value, Escape escape) {
  const ClassTable& table = escape == Escape::kText ? kTextTable : kAttributeTable;
  std::size_t run = 0;
  std::size_t i = 0;
  while (i < value.size()) {
    switch (table[static_cast<unsigned char>(value[i])]) {
      case ByteClass::kPlain:
        ++i;
        break;
      case ByteClass::kLead:
        i = end_of_character(value, i);
        break;
      case ByteClass::kRefused:
        refuse(value, fmt::format("U+{:04X}", static_cast<unsigned char>(value[i])));
      case ByteClass::kEscape:
        put(value.substr(run, i - run));
        put(escape_of(value[i]));
        run = ++i;
        break;
    }
  }
  put(value.substr(run));
}

void XmlWriter::finish_start_tag() {
  if (!tag_open_) return;
  put(">");
  tag_open_ = false;
}

void XmlWriter::before_child() {
  finish_start_tag();
  if (levels_.empty()) return;
  levels_.back().has_children = true;
  if (levels_.back().has_text) return;
  put("\n");
  buffer_.append(levels_.size(), ' ');
}

}  // namespace anjuan
