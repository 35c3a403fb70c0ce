#include "tools/sample/statement.h"

#include "core/digest.h"
#include "core/durable.h"
#include "core/xml_writer.h"
#include "tools/sample/document.h"
#include "tools/sample/facts.h"
#include "tools/sample/pages.h"
#include "tools/sample/pdf_writer.h"
#include "tools/sample/pictures.h"
#include "tools/sample/resources.h"
#include "tools/sample/scan.h"

namespace anjuan::sample {

namespace {

namespace fs = std::filesystem;

constexpr int kScanDpi = 150;

std::string signer(const std::string& role) {
  if (role == "section") return "承办股室";
  return role == "legal" ? "法制股审核" : "分管负责人";
}

Block row(std::vector<std::string> cells, int lines = 1) {
  Block block;
  block.kind = Block::Kind::kRow;
  block.cells = std::move(cells);
  block.lines = lines;
  return block;
}

DocumentText sheet(const Json& statement, const Json& the_case) {
  DocumentText text;
  text.form = Form::kTable;
  text.title = "缺陷说明表";
  text.agency = the_case.text_or("agency", "");
  text.case_no = the_case.text_or("case_no", "");
  text.body = {row({"案号", text.case_no}), row({"案卷题名", the_case.text_or("title", "")})};
  for (const Json& defect : list_of(statement, "defects")) {
    text.body.push_back(
        row({fmt::format("{}\n{}", defect.text_or("rule", ""), defect.text_or("object", "")),
             fmt::format("原因：{}\n补救：{}\n可否补正：不能", defect.text_or("reason", ""),
                         defect.text_or("remedy", ""))},
            4));
  }
  for (const Json& signature : list_of(statement, "signatures")) {
    text.body.push_back(row(
        {signer(signature.text_or("role", "")),
         fmt::format("{}　{}", signature.text_or("office", ""), signature.text_or("date", ""))}));
    Block name;
    name.kind = Block::Kind::kSignature;
    name.text = "签名：";
    name.names = {signature.text_or("name", "")};
    text.body.push_back(name);
  }
  return text;
}

/// The sheet as it comes from the scanner.
std::string scan_of(const DocumentText& text, const fs::path& path) {
  std::vector<Page> pages;
  std::size_t number = 0;
  for (const Page& page : lay_out(text, text.case_no)) {
    const auto seed = fmt::format("{}/{}", text.case_no, number++);
    auto picture = std::make_shared<Bitmap>(capture_page(page, kScanDpi, Capture::kScanner, seed));
    pages.push_back(
        [picture](cairo_t* c) { paint_bitmap(c, *picture, 0, 0, kPageWidth, kPageHeight); });
  }
  PdfWords words;
  words.title = text.title;
  words.author = text.agency;
  words.subject = text.case_no;
  fs::remove(path);
  write_pdf(path, pages, words);
  return digest_file(path).sha512;
}

std::string xml_of(const Json& statement, const std::string& case_no, const std::string& scan,
                   const std::string& scan_sha512) {
  std::string out;
  XmlWriter xml([&out](std::string_view bytes) { out += bytes; });
  xml.start("defects");
  xml.attribute("xmlns", "urn:anjuan:defects:1");
  xml.element("caseNo", case_no);
  for (const Json& defect : list_of(statement, "defects")) {
    xml.start("defect");
    xml.attribute("rule", defect.text_or("rule", ""));
    xml.attribute("object", defect.text_or("object", ""));
    xml.attribute("curable", "false");
    xml.element("reason", defect.text_or("reason", ""));
    xml.element("remedy", defect.text_or("remedy", ""));
    xml.end();
  }
  for (const Json& signature : list_of(statement, "signatures")) {
    xml.start("signature");
    for (const char* key : {"role", "name", "office", "date"}) {
      xml.attribute(key, signature.text_or(key, ""));
    }
    xml.end();
  }
  xml.start("scan");
  xml.attribute("file", scan);
  xml.attribute("sha512", scan_sha512);
  xml.end();
  xml.end();
  xml.close();
  return out;
}

}  // namespace

void write_statement(const fs::path& folder, const std::string& name, const Json& the_case) {
  const Json* statement = sample_text("statement." + name);
  if (statement == nullptr) return;
  const std::string scan = name + "-defects.pdf";
  const auto text = sheet(*statement, the_case);
  const std::string sha512 = scan_of(text, folder / scan);
  replace_durably(folder / (name + "-defects.xml"), xml_of(*statement, text.case_no, scan, sha512));
}

}  // namespace anjuan::sample
