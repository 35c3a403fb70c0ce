#include "preservation/forms/html_writer.h"

#include "core/messages.h"
#include "core/xml_writer.h"

namespace anjuan::forms {

namespace {

constexpr std::string_view kNothing = "\u00A0";  ///< keeps an empty cell open to write on

/// No '<', '>' or '&': they would be escaped. A4 with the binding edge on the left.
constexpr std::string_view kStyle = R"(
@page { size: A4 portrait; margin: 22mm 18mm 20mm 26mm; }
@page { @bottom-center { content: "FOOT"; font-size: 9pt; } }
* { box-sizing: border-box; }
body { max-width: 166mm; margin: 8mm auto; color: #000; background: #fff; font: 10.5pt/1.5
  FangSong, STFangsong, "FangSong_GB2312", "Noto Serif CJK SC", "Noto Sans CJK SC", serif; }
h1 { font-size: 20pt; line-height: 1.4; text-align: center; margin: 2mm 0 4mm; font-weight: bold; }
h2 { font-size: 12pt; margin: 5mm 0 2mm; font-weight: bold; break-after: avoid; }
p { margin: 2mm 0; white-space: pre-line; overflow-wrap: anywhere; }
hr { border: 0; border-top: 0.6pt dashed #000; margin: 10mm 0; break-after: page; }
p.heading { text-align: center; font-size: 14pt; margin: 0; }
p.number, p.right { text-align: right; }
p.note { font-size: 9pt; }
p.strong { font-weight: bold; text-align: center; border: 1.2pt solid #000; padding: 1.5mm; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin: 2mm 0; }
caption { position: absolute; left: -10000px; }
thead { display: table-header-group; }
th, td { border: 0.6pt solid #000; padding: 1mm 1.5mm; vertical-align: middle; text-align: left;
  white-space: pre-line; overflow-wrap: anywhere; }
th { font-weight: bold; text-align: center; }
tr, table.whole { break-inside: avoid; }
tr.tall { break-inside: auto; }
.top { vertical-align: top; }
.centre { text-align: center; }
.right { text-align: right; }
footer { margin-top: 4mm; font-size: 9pt; text-align: center; }
@media print { hr { visibility: hidden; margin: 0; } body { max-width: none; margin: 0; } }
@media screen { body { padding: 0 4mm; } }
)";

/// Characters of a cell beyond which its row may be divided between pages.
constexpr std::size_t kTallBytes = 1500;

class HtmlWriter {
 public:
  explicit HtmlWriter(XmlWriter& xml) : xml_(xml) {}

  void write(const FormPage& page) {
    xml_.start("html");
    xml_.attribute("lang", language() == Language::kChinese ? "zh-CN" : "en");
    head(page);
    xml_.start("body");
    xml_.start("main");
    titles(page.heading, page.title, page.number);
    for (const auto& block : page.blocks) std::visit(*this, block);
    xml_.end();
    xml_.end();
    xml_.end();
  }

  void operator()(const Paragraph& paragraph) {
    switch (paragraph.style) {
      case ParagraphStyle::kHeading:
        return text("h2", "", paragraph.text);
      case ParagraphStyle::kNote:
        return text("p", "note", paragraph.text);
      case ParagraphStyle::kStrong:
        return text("p", "strong", paragraph.text);
      case ParagraphStyle::kRight:
        return text("p", "right", paragraph.text);
      case ParagraphStyle::kBody:
        return text("p", "", paragraph.text);
    }
  }

  void operator()(const NewSheet& sheet) {
    xml_.start("hr");
    xml_.end();
    titles(sheet.heading, sheet.title, sheet.number);
  }

  void operator()(const Table& table) {
    xml_.start("table");
    if (table.page_break == PageBreak::kAvoided) xml_.attribute("class", "whole");
    xml_.element("caption", table.caption.empty() ? kNothing : table.caption);
    columns(table);
    if (!table.head.empty()) {
      xml_.start("thead");
      for (const auto& row : table.head) write(row, "col");
      xml_.end();
    }
    xml_.start("tbody");
    for (const auto& row : table.rows) write(row, "row");
    xml_.end();
    xml_.end();
  }

 private:
  void titles(const std::string& heading, const std::string& title, const std::string& number) {
    if (!heading.empty()) text("p", "heading", heading);
    text("h1", "", title);
    if (!number.empty()) text("p", "number", number);
  }

  void head(const FormPage& page) {
    xml_.start("head");
    meta("charset", "utf-8", "", "");
    meta("http-equiv", "Content-Security-Policy", "content",
         "default-src 'none'; style-src 'unsafe-inline'");
    meta("name", "viewport", "content", "width=device-width, initial-scale=1");
    xml_.element("title", page.title);
    std::string style(kStyle);
    const bool counted = page.foot == PageFoot::kPageCount;
    const std::string foot = counted ? say("forms.foot", {{"page", "\" counter(page) \""},
                                                          {"pages", "\" counter(pages) \""}})
                                     : "";
    style.replace(style.find("FOOT"), 4, foot);
    xml_.element("style", style);
    xml_.end();
  }

  void meta(std::string_view name, std::string_view value, std::string_view second,
            std::string_view second_value) {
    xml_.start("meta");
    xml_.attribute(name, value);
    if (!second.empty()) xml_.attribute(second, second_value);
    xml_.end();
  }

  void text(std::string_view element, std::string_view style, const std::string& words) {
    xml_.start(element);
    if (!style.empty()) xml_.attribute("class", style);
    xml_.text(words.empty() ? kNothing : words);
    xml_.end();
  }

  void columns(const Table& table) {
    int sum = 0;
    for (const int width : table.widths) sum += width;
    xml_.start("colgroup");
    for (const int width : table.widths) {
      xml_.start("col");
      xml_.attribute("style", fmt::format("width: {:.2f}%", 100.0 * width / std::max(1, sum)));
      xml_.end();
    }
    xml_.end();
  }

  void write(const Row& row, std::string_view scope) {
    xml_.start("tr");
    for (const auto& cell : row) {
      if (cell.text.size() <= kTallBytes) continue;
      xml_.attribute("class", "tall");
      break;
    }
    for (const auto& cell : row) write(cell, scope);
    xml_.end();
  }

  static std::string_view style_of(const Cell& cell) {
    if (cell.align == Align::kCentre) return "centre";
    if (cell.align == Align::kRight) return "right";
    return cell.least_lines >= kManyLines ? "top" : "";
  }

  void write(const Cell& cell, std::string_view scope) {
    const bool is_label = cell.kind == CellKind::kLabel;
    xml_.start(is_label ? "th" : "td");
    if (is_label) xml_.attribute("scope", scope);
    if (cell.columns > 1) xml_.attribute("colspan", static_cast<std::uint64_t>(cell.columns));
    const auto style = style_of(cell);
    if (!is_label && !style.empty()) xml_.attribute("class", style);
    if (cell.least_lines > 1) {
      xml_.attribute("style", fmt::format("height: {:.1f}em", 1.5 * cell.least_lines));
    }
    xml_.text(cell.text.empty() ? kNothing : cell.text);
    xml_.end();
  }

  XmlWriter& xml_;
};

}  // namespace

std::string to_html(const FormPage& page) {
  std::string bytes;
  XmlWriter xml([&](std::string_view piece) { bytes += piece; });
  HtmlWriter(xml).write(page);
  xml.close();
  // An XML declaration would put browsers into their mode for old pages.
  return "<!DOCTYPE html>\n" + bytes.substr(bytes.find("<html"));
}

}  // namespace anjuan::forms
