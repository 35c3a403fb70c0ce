#include <cmath>

#include <cairo.h>

#include "tools/sample/pictures.h"
#include "tools/sample/seal.h"
#include "tools/sample/text_draw.h"

namespace anjuan::sample {

namespace {

std::vector<std::string> parts_of(const std::string& caption) {
  std::vector<std::string> parts(1);
  for (const char letter : caption) {
    if (letter == '|') {
      parts.emplace_back();
    } else {
      parts.back() += letter;
    }
  }
  parts.resize(4);
  return parts;
}

void grey(cairo_t* c, double shade) { cairo_set_source_rgb(c, shade, shade, shade); }

/// A card with round corners, grey as a photocopy shows it.
void draw_card(cairo_t* c, double x, double y, double width, double height) {
  const double r = 9;
  cairo_new_sub_path(c);
  cairo_arc(c, x + width - r, y + r, r, -M_PI / 2, 0);
  cairo_arc(c, x + width - r, y + height - r, r, 0, M_PI / 2);
  cairo_arc(c, x + r, y + height - r, r, M_PI / 2, M_PI);
  cairo_arc(c, x + r, y + r, r, M_PI, 1.5 * M_PI);
  cairo_close_path(c);
  grey(c, 0.93);
  cairo_fill_preserve(c);
  grey(c, 0.35);
  cairo_set_line_width(c, 0.8);
  cairo_stroke(c);
  // Guilloche lines.
  cairo_set_line_width(c, 0.25);
  for (int wave = 0; wave < 14; ++wave) {
    for (double step = 4; step < width - 4; step += 3) {
      const double level = y + height * (wave + 0.5) / 14 + 5 * std::sin(step / 17 + wave);
      if (step == 4) cairo_move_to(c, x + step, level);
      cairo_line_to(c, x + step, level);
    }
    grey(c, 0.8);
    cairo_stroke(c);
  }
}

void draw_portrait(cairo_t* c, double x, double y, double height) {
  grey(c, 0.86);
  cairo_rectangle(c, x, y, height * 0.8, height);
  cairo_fill(c);
  grey(c, 0.35);
  cairo_save(c);
  cairo_rectangle(c, x, y, height * 0.8, height);
  cairo_clip(c);
  cairo_translate(c, x + height * 0.4, y);
  cairo_save(c);
  cairo_scale(c, height * 0.34, height * 0.3);
  cairo_arc(c, 0, 3.3, 1, 0, 2 * M_PI);
  cairo_fill(c);
  cairo_restore(c);
  grey(c, 0.62);
  cairo_save(c);
  cairo_scale(c, height * 0.17, height * 0.22);
  cairo_arc(c, 0, 2, 1, 0, 2 * M_PI);
  cairo_fill(c);
  cairo_restore(c);
  grey(c, 0.18);
  cairo_arc(c, 0, height * 0.36, height * 0.175, M_PI, 2 * M_PI);
  cairo_fill(c);
  cairo_restore(c);
}

/// Grey slanted words over the copy, so that nobody takes it for a real one.
void watermark(cairo_t* c, double x, double y, double size) {
  cairo_save(c);
  cairo_translate(c, x, y);
  cairo_rotate(c, -0.35);
  draw_line(c, "样例 · 仅供本案使用", {Face::kHei, size, true, 0.68, 0.68, 0.68}, 0, 0);
  cairo_restore(c);
}

void draw_fields(cairo_t* c, const std::vector<std::pair<std::string, std::string>>& fields,
                 double x, double y, double label_width, double size, double step) {
  for (const auto& [label, value] : fields) {
    draw_line(c, label, {Face::kHei, size * 0.85, false, 0.35, 0.35, 0.35}, x, y);
    draw_line(c, value, {Face::kHei, size, false, 0.08, 0.08, 0.08}, x + label_width, y - 1);
    y += step;
  }
}

}  // namespace

void draw_identity_card(cairo_t* c, const PictureJob& job) {
  const auto words = parts_of(job.caption);
  const std::string& number = words[1];
  const bool complete = number.size() == 18;
  const std::string born =
      complete ? fmt::format("{} 年 {} 月 {} 日", number.substr(6, 4),
                             std::stoi(number.substr(10, 2)), std::stoi(number.substr(12, 2)))
               : "";
  const bool man = complete && (number[16] - '0') % 2 == 1;
  const double height = (job.height - 12) / 2;
  const double width = std::min(job.width, height * 1.585);
  const double x = job.x + (job.width - width) / 2;
  draw_card(c, x, job.y, width, height);
  watermark(c, x + width * 0.12, job.y + height * 0.85, 15);
  draw_fields(c,
              {{"姓 名", words[0]},
               {"性 别", fmt::format("{}    民 族  汉", man ? "男" : "女")},
               {"出 生", born},
               {"住 址", words[2]}},
              x + 14, job.y + 12, 38, 9.5, height * 0.165);
  draw_fields(c, {{"公民身份号码", number}}, x + 14, job.y + height * 0.84, 76, 10.5, 0);
  draw_portrait(c, x + width * 0.72, job.y + 14, height * 0.56);
  const double back = job.y + height + 10;
  draw_card(c, x, back, width, height);
  watermark(c, x + width * 0.2, back + height * 0.85, 15);
  draw_centred(c, "居 民 身 份 证", {Face::kHei, 15, true, 0.15, 0.15, 0.15}, x + width / 2,
               back + height * 0.22);
  draw_centred(c, "（样例复印件）", {Face::kHei, 9, false, 0.3, 0.3, 0.3}, x + width / 2,
               back + height * 0.42);
  draw_fields(c, {{"签发机关", "澄溪县公安局(样例)"}, {"有效期限", "2016.01.01-2036.01.01"}},
              x + width * 0.22, back + height * 0.64, 52, 9.5, height * 0.15);
}

void draw_licence(cairo_t* c, const PictureJob& job) {
  const auto words = parts_of(job.caption);
  const double x = job.x + 10;
  const double width = job.width - 20;
  for (int border = 0; border < 3; ++border) {
    const double inset = border * 4.0;
    grey(c, 0.35);
    cairo_set_line_width(c, border == 1 ? 2.2 : 0.6);
    cairo_rectangle(c, x + inset, job.y + inset, width - 2 * inset, job.height - 2 * inset);
    cairo_stroke(c);
  }
  watermark(c, x + width * 0.3, job.y + job.height * 0.72, 26);
  draw_centred(c, "营 业 执 照", {Face::kSong, 26, true, 0.1, 0.1, 0.1}, x + width / 2, job.y + 18);
  draw_centred(c, "（副 本）", {Face::kSong, 11, false, 0.2, 0.2, 0.2}, x + width / 2, job.y + 56);
  draw_fields(c,
              {{"统一社会信用代码", words[1]},
               {"名        称", words[0]},
               {"法定代表人（负责人）", words[2]},
               {"住        所", words[3]},
               {"经 营 范 围", "依法须经批准的项目，经批准后方可开展经营活动"},
               {"登 记 日 期", "2019年6月3日"}},
              x + 24, job.y + 84, 108, 11, 24);
  Random random(job.seed);
  draw_seal(c, "澄溪县市场监督管理局(样例)", x + width - 92, job.y + job.height - 72, 2.3, random);
}

}  // namespace anjuan::sample
