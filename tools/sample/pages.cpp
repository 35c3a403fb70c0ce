#include "tools/sample/pages.h"

#include "core/error.h"
#include "core/messages.h"
#include "tools/sample/page_flow.h"

namespace anjuan::sample {

namespace {

constexpr double kSmallestScale = 0.4;
constexpr double kLargestScale = 1.25;
constexpr double kScaleStep = 0.03;
constexpr double kLastPageFill = 0.45;

/// The document with `extra` of its additional blocks and `blanks` continuation pages.
std::unique_ptr<PageFlow> flow(const DocumentText& text, double scale, std::size_t extra,
                               std::size_t blanks, std::string_view seed) {
  auto pages = std::make_unique<PageFlow>(text, scale, seed);
  pages->begin();
  for (const Block& block : text.body) pages->add(block);
  for (std::size_t i = 0; i < extra; ++i) pages->add(text.more[i]);
  for (const Block& block : text.closing) pages->add(block);
  for (std::size_t page = 0; page < blanks; ++page) {
    Block heading;
    heading.kind = Block::Kind::kCentred;
    heading.text = "附   页";
    Block blank;
    blank.text = "（以下空白）";
    pages->new_page();
    pages->add(heading);
    pages->add(blank);
  }
  return pages;
}

/// A heading must not be the last thing that is added.
bool may_end(const Block& block) {
  return block.kind != Block::Kind::kHeading && block.kind != Block::Kind::kCentred &&
         block.kind != Block::Kind::kPageBreak && !block.head;
}

/// As many of the additional blocks as the wanted pages hold, until the last page looks used.
std::size_t fitting_blocks(const DocumentText& text, std::size_t wanted, std::string_view seed) {
  std::size_t extra = 0;
  for (std::size_t next = 1; next <= text.more.size(); ++next) {
    const auto pages = flow(text, 1, next, 0, seed);
    if (pages->page_count() > wanted) break;
    if (!may_end(text.more[next - 1])) continue;
    extra = next;
    if (pages->page_count() == wanted && pages->fill() > kLastPageFill) break;
  }
  return extra;
}

}  // namespace

std::vector<Page> lay_out(const DocumentText& text, std::string_view seed) {
  const auto wanted = static_cast<std::size_t>(text.pages);
  auto best = flow(text, 1, 0, 0, seed);
  for (double scale = 1 - kScaleStep; best->page_count() > wanted; scale -= kScaleStep) {
    if (scale < kSmallestScale) {
      throw Error(ErrorCode::kInvalid, text.title,
                  say("sample.too_few_pages",
                      {{"title", text.title}, {"pages", std::to_string(text.pages)}}));
    }
    best = flow(text, scale, 0, 0, seed);
  }
  // Whole sentences first, then larger letters, then continuation pages.
  const bool room = best->page_count() < wanted || best->fill() < kLastPageFill;
  const std::size_t extra = room && text.pages > 1 ? fitting_blocks(text, wanted, seed) : 0;
  if (extra > 0) best = flow(text, 1, extra, 0, seed);
  for (double scale = 1 + kScaleStep; scale < kLargestScale; scale += kScaleStep) {
    if (best->page_count() == wanted && best->fill() > kLastPageFill) break;
    auto larger = flow(text, scale, extra, 0, seed);
    if (larger->page_count() > wanted) break;
    best = std::move(larger);
  }
  if (best->page_count() < wanted) {
    const std::size_t own = flow(text, 1, extra, 0, seed)->page_count();
    best = flow(text, 1, extra, wanted - own, seed);
  }
  if (best->page_count() != wanted) {
    throw Error(ErrorCode::kInternal, text.title, "page count of " + text.title);
  }
  return best->finish();
}

}  // namespace anjuan::sample
