#include "preservation/forms/pdf_writer.h"

#include <cairo-pdf.h>

#include "core/error.h"
#include "core/messages.h"
#include "preservation/forms/pdf_flow.h"

namespace anjuan::forms {

namespace {

cairo_status_t append(void* target, const unsigned char* bytes, unsigned int count) {
  static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

void check(cairo_status_t status, const std::string& title) {
  if (status == CAIRO_STATUS_SUCCESS) return;
  throw Error(
      ErrorCode::kIo, title,
      say("forms.draw_failed", {{"form", title}, {"reason", cairo_status_to_string(status)}}));
}

void describe(cairo_surface_t* surface, const FormPage& page) {
  const auto set = [&](cairo_pdf_metadata_t key, const std::string& value) {
    cairo_pdf_surface_set_metadata(surface, key, value.c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, page.title);
  set(CAIRO_PDF_METADATA_SUBJECT, page.number);
  set(CAIRO_PDF_METADATA_CREATOR, "anjuan");
  set(CAIRO_PDF_METADATA_CREATE_DATE, to_text(page.printed));
}

}  // namespace

std::string to_pdf(const FormPage& page) {
  const PdfFlow flow(page);
  std::string bytes;
  cairo_surface_t* surface =
      cairo_pdf_surface_create_for_stream(append, &bytes, kPageWidth, kPageHeight);
  describe(surface, page);
  cairo_t* context = cairo_create(surface);
  for (const auto& marks : flow.pages()) {
    for (const auto& mark : marks) mark(context);
    cairo_show_page(context);
  }
  const cairo_status_t drawn = cairo_status(context);
  cairo_destroy(context);
  cairo_surface_finish(surface);
  const cairo_status_t finished = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  check(drawn, page.title);
  check(finished, page.title);
  return bytes;
}

}  // namespace anjuan::forms
