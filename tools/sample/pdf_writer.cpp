#include "tools/sample/pdf_writer.h"

#include <cairo-pdf.h>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan::sample {

namespace {

cairo_status_t append(void* target, const unsigned char* bytes, unsigned int count) {
  static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

void check(cairo_status_t status, const std::filesystem::path& path) {
  if (status == CAIRO_STATUS_SUCCESS) return;
  throw Error(ErrorCode::kIo, path.string(),
              say("sample.write_failed",
                  {{"path", path.string()}, {"reason", cairo_status_to_string(status)}}));
}

}  // namespace

void write_pdf(const std::filesystem::path& path, const std::vector<Page>& pages,
               const PdfWords& words) {
  std::string bytes;
  cairo_surface_t* surface =
      cairo_pdf_surface_create_for_stream(append, &bytes, kPageWidth, kPageHeight);
  const auto set = [&](cairo_pdf_metadata_t key, const std::string& value) {
    cairo_pdf_surface_set_metadata(surface, key, value.c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, words.title);
  set(CAIRO_PDF_METADATA_AUTHOR, words.author);
  set(CAIRO_PDF_METADATA_SUBJECT, words.subject);
  set(CAIRO_PDF_METADATA_CREATOR, "anjuan-sample");
  set(CAIRO_PDF_METADATA_CREATE_DATE, to_text(words.made_at));
  cairo_t* context = cairo_create(surface);
  for (const Page& page : pages) {
    page(context);
    cairo_show_page(context);
  }
  const cairo_status_t drawn = cairo_status(context);
  cairo_destroy(context);
  cairo_surface_finish(surface);
  const cairo_status_t finished = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  check(drawn, path);
  check(finished, path);
  FileHandle::create(path).write_all(std::as_bytes(std::span(bytes)), path.string());
}

}  // namespace anjuan::sample
