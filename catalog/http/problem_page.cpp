#include "catalog/http/problem_page.h"

namespace anjuan::catalog {

std::string problem_page(const Visit& visit, int status, const std::string& message) {
  const auto title = say_in(visit.language, status >= 500   ? "catalog.problem_here"
                                            : status == 404 ? "catalog.problem_missing"
                                                            : "catalog.problem_request");
  Page page(visit, title);
  auto& html = page.html();
  {
    const HtmlScope frame(html, "div", {{"class", "empty"}});
    html.element("h1", title);
    html.element("p", message);
    if (status >= 500) html.element("p", page.say("catalog.nothing_changed"));
    const HtmlScope line(html, "p");
    html.element("a", {{"href", page.link("/")}}, page.say("catalog.back_to_list"));
  }
  return page.finish();
}

}  // namespace anjuan::catalog
