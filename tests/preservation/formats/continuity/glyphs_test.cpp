// Digits drawn here stroke by stroke: broken, touching, full of holes, never seen before.
#include <gtest/gtest.h>

#include "preservation/formats/continuity/clock_face.h"
#include "preservation/formats/continuity/clock_letters.h"
#include "preservation/formats/continuity/clock_sights.h"

namespace anjuan::formats {
namespace {

constexpr int kCellWidth = 18;
constexpr int kCellHeight = 28;
constexpr std::uint8_t kInk = 230;
constexpr std::uint8_t kOutline = 20;
constexpr std::uint8_t kBehind = 128;
constexpr Ink kWhite{230, 180, true};

/// Strokes of seven segments, on an outline; a place is left free for a cell's border.
constexpr int kLeft = 4, kTop = 4, kWidth = 10, kHeight = 20, kStroke = 3;

void fill(Luma& picture, const Rect& area, std::uint8_t level) {
  const Rect inside = clipped(area, picture.width, picture.height);
  for (int y = inside.top; y < inside.bottom(); ++y) {
    for (int x = inside.left; x < inside.right(); ++x) picture.row(y)[x] = level;
  }
}

std::vector<Rect> strokes_of(int digit) {
  constexpr const char* kSegments[] = {"abcdef", "bc",     "abged", "abgcd",   "fgbc",
                                       "afgcd",  "afgedc", "abc",   "abcdefg", "abcdfg"};
  const int half = kHeight / 2;
  std::vector<Rect> strokes;
  for (const char* at = kSegments[digit]; *at != '\0'; ++at) {
    switch (*at) {
      case 'a':
        strokes.push_back({0, 0, kWidth, kStroke});
        break;
      case 'b':
        strokes.push_back({kWidth - kStroke, 0, kStroke, half});
        break;
      case 'c':
        strokes.push_back({kWidth - kStroke, half, kStroke, half});
        break;
      case 'd':
        strokes.push_back({0, kHeight - kStroke, kWidth, kStroke});
        break;
      case 'e':
        strokes.push_back({0, half, kStroke, half});
        break;
      case 'f':
        strokes.push_back({0, 0, kStroke, half});
        break;
      default:
        strokes.push_back({0, half - 1, kWidth, kStroke});
        break;
    }
  }
  return strokes;
}

void draw(Luma& picture, int digit, int left, int top) {
  const auto strokes = strokes_of(digit);
  for (const Rect& at : strokes) {
    fill(picture, {left + at.left - 2, top + at.top - 2, at.width + 4, at.height + 4}, kOutline);
  }
  for (const Rect& at : strokes) {
    fill(picture, {left + at.left, top + at.top, at.width, at.height}, kInk);
  }
}

Luma cell_of(int digit) {
  Luma cell(kCellWidth, kCellHeight, kBehind);
  draw(cell, digit, kLeft, kTop);
  return cell;
}

/// Above and below the line there is nothing but what is behind it.
Luma strip_with(const Luma& cell) {
  Luma strip(kCellWidth, 3 * kCellHeight, kBehind);
  for (int y = 0; y < kCellHeight; ++y) {
    std::copy(cell.row(y), cell.row(y) + kCellWidth, strip.row(kCellHeight + y));
  }
  return strip;
}

Match match_of(const Glyphs& glyphs, const Luma& cell) {
  const Luma strip = strip_with(cell);
  return glyphs.match(strip, 0, kCellHeight, {strip, {0, kCellHeight, kCellWidth, kCellHeight}});
}

bool learn(Glyphs& glyphs, int digit, const Luma& cell) {
  return glyphs.learn(digit, cell, Luma(kCellWidth, kCellHeight));
}

TEST(Glyphs, KnowEachDigitAgain) {
  Glyphs glyphs(kCellWidth, kCellHeight, kWhite);
  for (int digit = 0; digit < 10; ++digit) EXPECT_TRUE(learn(glyphs, digit, cell_of(digit)));
  glyphs.settle();
  for (int digit = 0; digit < 10; ++digit) {
    const Match match = match_of(glyphs, cell_of(digit));
    EXPECT_EQ(match.digit, digit);
    EXPECT_LT(match.text_cost, 0.1) << digit;
    EXPECT_GT(match.margin, 100) << digit;
  }
}

/// The stem that joins the bar of a 5 to its bowl is the first to go where letters are small.
TEST(Glyphs, LearnADigitThatIsInTwoPieces) {
  Luma broken = cell_of(5);
  fill(broken, {kLeft, kTop + 5, kStroke, 3}, kOutline);
  Glyphs glyphs(kCellWidth, kCellHeight, kWhite);
  ASSERT_TRUE(learn(glyphs, 5, broken));
  ASSERT_TRUE(learn(glyphs, 3, cell_of(3)));
  glyphs.settle();
  EXPECT_EQ(match_of(glyphs, broken).digit, 5);
  EXPECT_LT(match_of(glyphs, broken).text_cost, 0.1);
  EXPECT_EQ(match_of(glyphs, cell_of(3)).digit, 3);
}

/// What shows through a digit is not its ink, however bright it is.
TEST(Glyphs, TakeNoHoleForAPieceOfTheDigit) {
  Luma bright = cell_of(0);
  fill(bright, {kLeft + kStroke + 1, kTop + kStroke + 1, 2, kHeight - 2 * kStroke - 2}, kInk);
  Glyphs glyphs(kCellWidth, kCellHeight, kWhite);
  ASSERT_TRUE(learn(glyphs, 0, bright));
  ASSERT_TRUE(learn(glyphs, 0, cell_of(0)));
  glyphs.settle();
  EXPECT_EQ(match_of(glyphs, cell_of(0)).digit, 0);
  EXPECT_LT(match_of(glyphs, cell_of(0)).text_cost, 1);
}

TEST(Glyphs, DoNotLearnFromAPieceAlone) {
  Luma piece(kCellWidth, kCellHeight, kBehind);
  fill(piece, {kLeft, kTop, kWidth, kStroke}, kInk);
  Glyphs glyphs(kCellWidth, kCellHeight, kWhite);
  EXPECT_FALSE(learn(glyphs, 5, piece));
}

/// It was seen once only, and then a bright thread tied it to what is above it.
TEST(Glyphs, LearnADigitThatTouchesOnceOthersAreKnown) {
  Luma tied = cell_of(9);
  fill(tied, {kLeft + 2, 0, 2, kTop + 2}, kInk);
  Luma wall(kCellWidth, kCellHeight, kInk);
  Glyphs glyphs(kCellWidth, kCellHeight, kWhite);
  EXPECT_FALSE(learn(glyphs, 9, tied)) << "nobody knows yet where digits end";
  for (const int digit : {0, 2, 5, 6, 8}) ASSERT_TRUE(learn(glyphs, digit, cell_of(digit)));
  glyphs.settle();
  EXPECT_FALSE(learn(glyphs, 9, wall));
  EXPECT_TRUE(learn(glyphs, 9, tied));
  glyphs.settle();
  EXPECT_EQ(match_of(glyphs, cell_of(9)).digit, 9);
  EXPECT_LT(match_of(glyphs, cell_of(9)).text_cost, 0.5);
}

/// The digit itself touched the border, and a line behind it was all that stood apart.
TEST(Glyphs, LearnNoLine) {
  Luma line(kCellWidth, kCellHeight, kBehind);
  fill(line, {kLeft, kTop, 1, kHeight}, kInk);
  Glyphs glyphs(kCellWidth, kCellHeight, kWhite);
  EXPECT_FALSE(learn(glyphs, 5, line));
}

/// A 1 that was never learnt is most like a 7: a wrong time beside a cut would move the cut.
TEST(ClockFaces, ReadNoDigitThatTheyNeverLearnt) {
  ClockFace face;
  face.glyphs = Glyphs(kCellWidth, kCellHeight, kWhite);
  for (int digit = 0; digit < 10; ++digit) {
    if (digit == 1) continue;
    ASSERT_TRUE(learn(face.glyphs, digit, cell_of(digit)));
  }
  face.glyphs.settle();
  const Match unknown = match_of(face.glyphs, cell_of(1));
  EXPECT_EQ(unknown.digit, 7);
  EXPECT_FALSE(face.is_clear(unknown)) << unknown.text_cost;
  for (const int digit : {0, 3, 7, 8}) {
    EXPECT_TRUE(face.is_clear(match_of(face.glyphs, cell_of(digit)))) << digit;
  }
}

TEST(ClockFaces, StandInPairs) {
  EXPECT_TRUE(stand_as_time({10, 26, 50, 66, 90, 106}));
  EXPECT_TRUE(stand_as_time({10, 22, 46, 62, 86, 102})) << "the 1 of 01 may be narrow";
  EXPECT_FALSE(stand_as_time({710, 724, 759, 783, 822, 837})) << "a digit of the minute is lost";
  EXPECT_FALSE(stand_as_time({10, 26, 42, 58, 74, 90})) << "no colons: a number";
  EXPECT_FALSE(stand_as_time({10, 26, 50, 66, 106, 122})) << "one gap is wider";
}

TEST(Letters, PartTwoDigitsThatTouch) {
  const Rect pair{100, 10, 24, 20};
  EXPECT_EQ(last_digit(pair, 20), (Rect{112, 10, 12, 20}));
  const Rect one{100, 10, 13, 20};
  EXPECT_EQ(last_digit(one, 20), one);
}

constexpr int kPitch = 15;

/// Where the digit of that place stands in line_of.
Rect place_in_line(int place) { return {20 + place * kPitch + place / 2 * 8, 20, kWidth, kHeight}; }

/// A second that shows six digits.
Second line_of(const std::array<int, 6>& digits) {
  Second second;
  second.mean = Luma(200, 60, kBehind);
  for (int i = 0; i < 6; ++i) {
    draw(second.mean, digits[static_cast<std::size_t>(i)], place_in_line(i).left, 20);
  }
  return second;
}

std::vector<Rect> tall_of(const std::vector<Second>& seconds, std::size_t second) {
  return letters_before(seconds, place_in_line(5), kWhite)[second].tall;
}

TEST(Letters, AreCountedThoughTwoTouch) {
  Second second = line_of({0, 1, 2, 3, 4, 5});
  const Rect four = place_in_line(4);
  fill(second.mean, {four.right(), 20, kPitch - kWidth, kStroke}, kInk);
  const auto tall = tall_of({second}, 0);
  ASSERT_EQ(tall.size(), 6U);
  for (int i = 0; i < 6; ++i) {
    const Rect& box = tall[static_cast<std::size_t>(i)];
    EXPECT_NEAR(box.left + box.width / 2, place_in_line(i).left + kWidth / 2, 5) << i;
  }
}

TEST(Letters, AreNoLinesBetweenDigits) {
  Second second = line_of({0, 1, 2, 3, 4, 5});
  fill(second.mean, {place_in_line(3).right() + 3, 20, 1, kHeight}, kInk);
  EXPECT_EQ(tall_of({second}, 0).size(), 6U);
}

/// A bright thread from the border ties the digit to what is behind it.
TEST(Letters, AreKnownWhereTheyTouchWhatIsBehindThem) {
  const Second apart = line_of({0, 1, 2, 3, 4, 5});
  Second tied = line_of({0, 1, 2, 3, 4, 6});
  fill(tied.mean, {place_in_line(3).right() - kStroke, 0, 2, 22}, kInk);
  EXPECT_EQ(tall_of({tied}, 0).size(), 5U) << "alone it is not known";
  const auto tall = tall_of({apart, tied}, 1);
  ASSERT_EQ(tall.size(), 6U);
  EXPECT_EQ(tall[3].left, place_in_line(3).left);
}

/// In a white wall each shape is ink, and in an 8 so is a 3: neither is seen there.
TEST(Letters, AreNotSeenIntoAWallNorIntoAnotherDigit) {
  const Second apart = line_of({0, 1, 2, 3, 4, 5});
  Second wall = line_of({0, 1, 2, 3, 4, 6});
  fill(wall.mean, {place_in_line(3).left - 3, 0, kWidth + 6, 60}, kInk);
  EXPECT_EQ(tall_of({apart, wall}, 1).size(), 5U);
  Second other = line_of({0, 1, 2, 8, 4, 6});
  fill(other.mean, {place_in_line(3).right() - kStroke, 0, 2, 22}, kInk);
  EXPECT_EQ(tall_of({apart, other}, 1).size(), 5U);
}

/// Behind letters with a thin outline it may be as dark as the outline for a while.
TEST(Glyphs, TakeNoEvenBackgroundForAnOutline) {
  const auto dark = [](const Luma& cell) {
    Luma out = cell;
    for (std::uint8_t& level : out.pixels) level = level == kInk ? kInk : kOutline;
    return out;
  };
  Glyphs glyphs(kCellWidth, kCellHeight, kWhite);
  for (const int digit : {0, 2, 3}) ASSERT_TRUE(learn(glyphs, digit, dark(cell_of(digit))));
  glyphs.settle();
  Luma grey = dark(cell_of(2));
  for (int y = 0; y < kCellHeight; ++y) {  // The scene brightens but for one pixel of outline.
    for (int x = 0; x < kCellWidth; ++x) {
      const Rect near = clipped({x - 1, y - 1, 3, 3}, kCellWidth, kCellHeight);
      bool at_ink = false;
      for (int ny = near.top; ny < near.bottom(); ++ny) {
        for (int nx = near.left; nx < near.right(); ++nx) {
          at_ink = at_ink || cell_of(2).row(ny)[nx] == kInk;
        }
      }
      if (!at_ink) grey.row(y)[x] = kBehind;
    }
  }
  EXPECT_EQ(match_of(glyphs, grey).digit, 2);
  EXPECT_LT(match_of(glyphs, grey).text_cost, 0.5);
}

}  // namespace
}  // namespace anjuan::formats
