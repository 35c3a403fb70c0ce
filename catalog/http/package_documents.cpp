#include "catalog/http/format.h"
#include "catalog/http/labels.h"
#include "catalog/http/package_page.h"
#include "core/text.h"

namespace anjuan::catalog {

namespace {

void write_heads(Page& page, std::initializer_list<std::string_view> ids) {
  const HtmlScope head(page.html(), "thead");
  const HtmlScope line(page.html(), "tr");
  for (const auto id : ids) page.html().element("th", {{"scope", "col"}}, page.say(id));
}

void write_cell(Page& page, std::string_view label_id, std::string_view value,
                const std::string& style = {}) {
  page.html().element("td", {{"class", style}, {"data-label", page.say(label_id)}}, value);
}

std::string file_text(Page& page, const DocumentRow& row) {
  if (row.name.empty()) return page.say("catalog.no_file_named");
  if (row.file.empty()) return page.say("catalog.file_not_here");
  return fmt::format("{} {}", media_label(page, row.mime),
                     human_bytes(static_cast<std::uint64_t>(row.bytes)));
}

void write_document(Page& page, const PackageDetail& detail, const DocumentRow& row) {
  auto& html = page.html();
  const HtmlScope line(html, "tr");
  write_cell(page, "catalog.page_numbers", page_span(row.page_from, row.page_to), "pages");
  {
    const HtmlScope cell(html, "td",
                         {{"class", "title"}, {"data-label", page.say("catalog.title")}});
    const auto title = row.title.empty() ? row.id : row.title;
    if (row.file.empty()) {
      html.text(title);
    } else {
      html.element("a", {{"href", file_link(page, detail.package.id, row.file)}}, title);
    }
  }
  write_cell(page, "catalog.doc_no", row.doc_no);
  write_cell(page, "catalog.date", row.date, "date");
  write_cell(page, "catalog.step", step_label(page, detail, row.step));
  write_cell(page, "catalog.file", file_text(page, row), row.file.empty() ? "absent" : "file");
}

void write_item(Page& page, const IndexItemRow& row) {
  const HtmlScope line(page.html(), "tr");
  write_cell(page, "catalog.seq", row.seq);
  write_cell(page, "catalog.doc_no", row.doc_no);
  write_cell(page, "catalog.author", row.author);
  write_cell(page, "catalog.title", row.title, "title");
  write_cell(page, "catalog.date", row.date, "date");
  write_cell(page, "catalog.page_numbers", row.pages, "pages");
  write_cell(page, "catalog.note", row.note);
}

}  // namespace

void write_documents(Page& page, const PackageDetail& detail) {
  const Part part(page, "documents", "catalog.part_documents",
                  static_cast<std::int64_t>(detail.documents.size()));
  if (detail.documents.empty()) {
    page.html().element("p", {{"class", "none"}}, page.say("catalog.no_documents"));
    return;
  }
  const HtmlScope frame(page.html(), "div", {{"class", "sheet"}});
  const HtmlScope table(page.html(), "table", {{"class", "documents"}});
  write_heads(page, {"catalog.page_numbers", "catalog.title", "catalog.doc_no", "catalog.date",
                     "catalog.step", "catalog.file"});
  const HtmlScope body(page.html(), "tbody");
  for (const auto& row : detail.documents) write_document(page, detail, row);
}

void write_index(Page& page, const PackageDetail& detail) {
  const Part part(page, "index", "catalog.part_index",
                  static_cast<std::int64_t>(detail.index_items.size()));
  if (detail.index_items.empty()) {
    page.html().element("p", {{"class", "none"}}, page.say("catalog.no_index"));
    return;
  }
  const HtmlScope frame(page.html(), "div", {{"class", "sheet"}});
  const HtmlScope table(page.html(), "table", {{"class", "index"}});
  write_heads(page, {"catalog.seq", "catalog.doc_no", "catalog.author", "catalog.title",
                     "catalog.date", "catalog.page_numbers", "catalog.note"});
  const HtmlScope body(page.html(), "tbody");
  for (const auto& row : detail.index_items) write_item(page, row);
}

}  // namespace anjuan::catalog
