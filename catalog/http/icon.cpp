#include "catalog/http/icon.h"

namespace anjuan::catalog {

namespace {

// On a 16 x 16 grid, drawn as strokes.
std::string path_of(Icon icon) {
  switch (icon) {
    case Icon::kUnchecked:  // an open circle with a dash
      return "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M5.5 8h5";
    case Icon::kSound:  // a circle with a tick
      return "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M5.2 8.2l2 2l3.6-4";
    case Icon::kWarning:  // a triangle with a mark
      return "M8 2.5L14 13.5H2zM8 6.5v3M8 11.3v.4";
    case Icon::kBlocked:  // a circle with a bar across
      return "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M4 12L12 4";
    case Icon::kDocument:
      return "M4 1.8h5.5L12.5 5v9.2H4zM9.3 2v3.2h3M6 8h4.5M6 10.8h4.5";
    case Icon::kFilm:
      return "M2 3.5h12v9H2zM6.6 5.8v4.4l3.8-2.2z";
  }
  return {};
}

}  // namespace

void write_icon(HtmlWriter& html, Icon icon) {
  const HtmlScope scope(html, "svg",
                        {{"class", "icon"}, {"viewBox", "0 0 16 16"}, {"aria-hidden", "true"}});
  html.element("path", {{"d", path_of(icon)}}, "");
}

}  // namespace anjuan::catalog
