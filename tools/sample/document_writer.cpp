#include "tools/sample/document_writer.h"

#include "tools/sample/chinese.h"
#include "tools/sample/document.h"
#include "tools/sample/file_plan.h"
#include "tools/sample/jpeg_writer.h"
#include "tools/sample/pages.h"
#include "tools/sample/pdf_writer.h"
#include "tools/sample/pictures.h"
#include "tools/sample/scan.h"

namespace anjuan::sample {

namespace {

constexpr int kPhotographDpi = 150;
constexpr int kScanDpi = 200;

/// Several pages in one picture stand below each other.
Bitmap stacked(const std::vector<Bitmap>& pictures) {
  if (pictures.size() == 1) return pictures.front();
  int height = 0;
  for (const Bitmap& picture : pictures) height += picture.height;
  Bitmap all(pictures.front().width, height);
  auto to = all.pixels.begin();
  for (const Bitmap& picture : pictures) {
    to = std::copy(picture.pixels.begin(), picture.pixels.end(), to);
  }
  return all;
}

/// A page that is the picture of a page: paper put on a scanner.
Page scanned(const Page& page, const std::string& seed) {
  auto picture = std::make_shared<Bitmap>(capture_page(page, kScanDpi, Capture::kScanner, seed));
  return [picture](cairo_t* c) { paint_bitmap(c, *picture, 0, 0, kPageWidth, kPageHeight); };
}

}  // namespace

void write_document(const std::filesystem::path& path, const Facts& the_case,
                    const Json& document) {
  const Facts facts = the_case.of_document(document);
  const DocumentText text = compose_document(facts);
  const std::string seed = text.case_no + "/" + document.text_or("file", "");
  std::vector<Page> pages = lay_out(text, seed);
  if (ending_of(path.string()) == ".pdf") {
    for (std::size_t page = 0; text.scanned && page < pages.size(); ++page) {
      pages[page] = scanned(pages[page], fmt::format("{}/{}", seed, page));
    }
    PdfWords words;
    words.title = text.title;
    words.author = text.agency;
    words.subject = text.case_no;
    words.made_at = time_in(document.text_or("date", "")).value_or(Instant{});
    write_pdf(path, pages, words);
    return;
  }
  std::vector<Bitmap> pictures;
  for (std::size_t page = 0; page < pages.size(); ++page) {
    pictures.push_back(capture_page(pages[page], kPhotographDpi, Capture::kPhotograph,
                                    fmt::format("{}/{}", seed, page)));
  }
  JpegShape shape;
  shape.dots_per_inch = kPhotographDpi;
  write_jpeg(path, stacked(pictures), shape);
}

}  // namespace anjuan::sample
