// Json::dump and dump_pretty: the writer, separate from the reader.

#include "core/json.h"
#include "core/text.h"

namespace anjuan {

namespace {

/// Writes a value; `indent` < 0 means compact.
class Dumper {
 public:
  explicit Dumper(int indent) : indent_(indent) {}

  void write(const Json& json) {
    switch (json.type()) {
      case Json::Type::kNull:
        out_ += "null";
        break;
      case Json::Type::kBoolean:
        out_ += json.as_boolean() ? "true" : "false";
        break;
      case Json::Type::kInteger:
      case Json::Type::kNumber:
        out_ += json.lexical();
        break;
      case Json::Type::kString:
        write_string(json.lexical());
        break;
      case Json::Type::kArray:
        write_array(json);
        break;
      case Json::Type::kObject:
        write_object(json);
        break;
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void write_array(const Json& json) {
    if (json.items().empty()) {
      out_ += "[]";
      return;
    }
    out_ += '[';
    ++level_;
    bool first = true;
    for (const auto& item : json.items()) {
      separate(first);
      write(item);
    }
    --level_;
    new_line();
    out_ += ']';
  }

  void write_object(const Json& json) {
    if (json.members().empty()) {
      out_ += "{}";
      return;
    }
    out_ += '{';
    ++level_;
    bool first = true;
    for (const auto& [key, value] : json.members()) {
      separate(first);
      write_string(key);
      out_ += indent_ < 0 ? ":" : ": ";
      write(value);
    }
    --level_;
    new_line();
    out_ += '}';
  }

  void separate(bool& first) {
    if (!first) out_ += ',';
    first = false;
    new_line();
  }

  void new_line() {
    if (indent_ < 0) return;
    out_ += '\n';
    out_.append(static_cast<std::size_t>(indent_ * level_), ' ');
  }

  void write_string(const std::string& text) {
    out_ += '"';
    char32_t c = 0;
    for (std::size_t i = 0; i < text.size();) {
      const auto length = decode_utf8(text, i, c);
      if (length == 0) {
        out_ += "\xEF\xBF\xBD";  // U+FFFD: the output is valid UTF-8 whatever a file is called
      } else if (c < 0x20 || c == '"' || c == '\\') {
        write_escape(static_cast<char>(c));
      } else {
        out_.append(text, i, length);
      }
      i += std::max<std::size_t>(length, 1);
    }
    out_ += '"';
  }

  void write_escape(char c) {
    switch (c) {
      case '"':
        out_ += "\\\"";
        break;
      case '\\':
        out_ += "\\\\";
        break;
      case '\n':
        out_ += "\\n";
        break;
      case '\r':
        out_ += "\\r";
        break;
      case '\t':
        out_ += "\\t";
        break;
      default:
        out_ += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        break;
    }
  }

  std::string out_;
  int indent_;
  int level_ = 0;
};

}  // namespace

std::string Json::dump() const {
  Dumper dumper(-1);
  dumper.write(*this);
  return dumper.take();
}

std::string Json::dump_pretty(int indent) const {
  Dumper dumper(indent);
  dumper.write(*this);
  return dumper.take();
}

}  // namespace anjuan
