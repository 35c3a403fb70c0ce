#include "catalog/http/html.h"

#include "core/error.h"

namespace anjuan::catalog {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// U+FFFE and U+FFFF, which neither HTML nor XML may carry.
bool is_noncharacter(std::string_view text) {
  return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF");
}

// Also escapes both quotes, so that one routine serves text and attribute values. Characters that
// HTML forbids become U+FFFD: a file name may hold them.
void put_escaped(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        const bool control = (byte < 0x20 && c != '\t' && c != '\n') || byte == 0x7f;
        const bool none = is_noncharacter(text.substr(i, 3));
        if (control || none) {
          out += kReplacement;
        } else {
          out += c;
        }
        if (none) i += 2;
      }
    }
  }
}

}  // namespace

HtmlWriter::HtmlWriter() : out_("<!DOCTYPE html>\n") {}

void HtmlWriter::start_tag(std::string_view tag, HtmlAttributes attributes, std::string_view end) {
  out_ += '<';
  out_ += tag;
  for (const auto& [name, value] : attributes) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    put_escaped(out_, value);
    out_ += '"';
  }
  out_ += end;
}

HtmlWriter& HtmlWriter::open(std::string_view tag, HtmlAttributes attributes) {
  start_tag(tag, attributes, ">");
  open_.push_back(tag);
  return *this;
}

HtmlWriter& HtmlWriter::close() {
  if (open_.empty()) throw Error(ErrorCode::kInternal, "html", "close() without open()");
  out_ += "</";
  out_ += open_.back();
  out_ += ">\n";
  open_.pop_back();
  return *this;
}

HtmlWriter& HtmlWriter::text(std::string_view text) {
  put_escaped(out_, text);
  return *this;
}

HtmlWriter& HtmlWriter::element(std::string_view tag, HtmlAttributes attributes,
                                std::string_view text) {
  start_tag(tag, attributes, ">");
  put_escaped(out_, text);
  out_ += "</";
  out_ += tag;
  out_ += '>';
  return *this;
}

HtmlWriter& HtmlWriter::element(std::string_view tag, std::string_view text) {
  return element(tag, {}, text);
}

HtmlWriter& HtmlWriter::empty(std::string_view tag, HtmlAttributes attributes) {
  start_tag(tag, attributes, "/>");
  return *this;
}

std::string HtmlWriter::finish() {
  if (!open_.empty()) {
    throw Error(ErrorCode::kInternal, "html", fmt::format("<{}> is still open", open_.back()));
  }
  return std::move(out_);
}

}  // namespace anjuan::catalog
