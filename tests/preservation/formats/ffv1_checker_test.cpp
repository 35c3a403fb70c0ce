// The checker says of every frame what libavcodec's decoder says of it, and where it differs it is
// the stricter one, for reasons that have names.
#include "preservation/formats/ffv1_checker.h"

#include <gtest/gtest.h>

#include "tests/preservation/formats/ffv1_frames.h"

namespace anjuan::formats {
namespace {

using test::Ffv1Frame;
using test::FrameShape;

bool accepts(Ffv1Checker& checker, const Ffv1Frame& frame, const std::string& bytes) {
  // Exactly as large as the frame: who reads beyond it is caught by the sanitizers.
  const std::vector<char> copy(bytes.begin(), bytes.end());
  return checker.is_frame_of(std::as_bytes(std::span(copy)), frame.planes());
}

/// False where libavcodec lays out no such frame.
bool expect_accepted(const FrameShape& shape, const test::Drawing& drawing) {
  const auto frame = Ffv1Frame::make(shape, drawing);
  if (!frame) return false;
  auto checker = frame->checker();
  const std::string what = std::string(av_get_pix_fmt_name(shape.format)) + " " +
                           std::to_string(shape.width) + "x" + std::to_string(shape.height) +
                           " slices " + std::to_string(shape.slices) + " context " +
                           std::to_string(shape.context) + " coder " + std::to_string(shape.coder);
  EXPECT_TRUE(checker) << what;
  if (!checker) return true;
  EXPECT_TRUE(frame->decodes(frame->bytes)) << what;
  EXPECT_TRUE(accepts(*checker, *frame, frame->bytes)) << what;
  EXPECT_TRUE(accepts(*checker, *frame, frame->bytes)) << what << ", again";
  return true;
}

const std::vector<test::Drawing> kDrawings = {test::noise(1), test::gradient, test::flat,
                                              test::extremes};

TEST(Ffv1Checker, AcceptsWhatLibavcodecWritesInEverySubsampling) {
  for (const AVPixelFormat format :
       {AV_PIX_FMT_GRAY8, AV_PIX_FMT_YUV444P, AV_PIX_FMT_YUV422P, AV_PIX_FMT_YUV420P,
        AV_PIX_FMT_YUV440P, AV_PIX_FMT_YUV411P, AV_PIX_FMT_YUV410P}) {
    for (const auto& drawing : kDrawings) {
      for (const int context : {0, 1}) {
        for (const int coder : {1, -2}) {
          EXPECT_TRUE(expect_accepted({format, 37, 23, 1, context, coder}, drawing));
        }
      }
    }
  }
}

TEST(Ffv1Checker, AcceptsEveryNumberOfSlicesAndEverySmallSize) {
  int slices_made = 0;
  for (int slices = 1; slices <= 64; ++slices) {
    for (const AVPixelFormat format : {AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV444P}) {
      if (expect_accepted({format, 193, 131, slices}, test::noise(2))) ++slices_made;
    }
  }
  EXPECT_GT(slices_made, 20);
  for (int width = 2; width <= 9; ++width) {
    for (int height = 2; height <= 9; ++height) {
      EXPECT_TRUE(expect_accepted({AV_PIX_FMT_YUV420P, width, height, 1, 1}, test::noise(3)));
    }
  }
}

TEST(Ffv1Checker, JudgesPicturesOfOneColumnOrRowAsADecoderDoes) {
  // libavcodec writes some with a slice that is wider than the raster, and refuses them itself.
  for (int side = 1; side <= 9; ++side) {
    for (const AVPixelFormat format : {AV_PIX_FMT_YUV420P, AV_PIX_FMT_GRAY8}) {
      for (const FrameShape& shape : {FrameShape{format, 1, side}, FrameShape{format, side, 1}}) {
        const auto frame = Ffv1Frame::make(shape, test::noise(3));
        ASSERT_TRUE(frame);
        auto checker = frame->checker();
        ASSERT_TRUE(checker);
        EXPECT_EQ(accepts(*checker, *frame, frame->bytes), frame->decodes(frame->bytes))
            << shape.width << 'x' << shape.height;
      }
    }
  }
}

TEST(Ffv1Checker, AcceptsMoreThanEightBits) {
  for (const AVPixelFormat format :
       {AV_PIX_FMT_YUV420P9, AV_PIX_FMT_YUV422P10, AV_PIX_FMT_GRAY10, AV_PIX_FMT_GRAY12,
        AV_PIX_FMT_YUV444P12, AV_PIX_FMT_YUV420P16, AV_PIX_FMT_GRAY16}) {
    for (const auto& drawing : kDrawings) {
      for (const int context : {0, 1}) {
        EXPECT_TRUE(expect_accepted({format, 41, 30, 4, context}, drawing));
      }
    }
  }
}

TEST(Ffv1Checker, SaysWhatItDoesNotSupport) {
  for (const FrameShape& shape : {FrameShape{AV_PIX_FMT_YUV420P, 16, 16, 1, 0, 0},  // Golomb-Rice
                                  FrameShape{AV_PIX_FMT_YUVA420P}, FrameShape{AV_PIX_FMT_GBRP10},
                                  FrameShape{AV_PIX_FMT_RGB32}, FrameShape{AV_PIX_FMT_YA8}}) {
    const auto frame = Ffv1Frame::make(shape, test::noise(4));
    ASSERT_TRUE(frame) << av_get_pix_fmt_name(shape.format);
    EXPECT_FALSE(frame->checker()) << av_get_pix_fmt_name(shape.format);
  }
}

TEST(Ffv1Checker, RefusesEveryDamagedRecord) {
  const auto frame = Ffv1Frame::make({}, test::noise(5));
  ASSERT_TRUE(frame);
  for (std::size_t bit = 0; bit < frame->record.size() * 8; ++bit) {
    std::string record = frame->record;
    record[bit / 8] = static_cast<char>(record[bit / 8] ^ 1 << bit % 8);
    EXPECT_FALSE(read_ffv1_record(std::as_bytes(std::span(record)))) << bit;
  }
  for (std::size_t size = 0; size < frame->record.size(); ++size) {
    EXPECT_FALSE(read_ffv1_record(std::as_bytes(std::span(frame->record).first(size)))) << size;
  }
}

/// Where the checker may be the stricter one: in the header of a slice, whose shape and aspect must
/// be the same in all slices (libavcodec takes the last); at its end, where the last decision must
/// be 0 (libavcodec does not look at it); in the footer, whose status must be 0 (nor at this) and
/// whose sizes must lead exactly to the first byte (libavcodec lets three bytes lie).
bool may_be_stricter(const std::string& frame, std::size_t byte) {
  constexpr std::size_t kHeader = 12;
  constexpr std::size_t kEnd = 2;
  for (const auto& slice : test::slices_of(frame)) {
    if (byte < slice.begin || byte >= slice.end()) continue;
    return byte < slice.begin + kHeader || byte + kEnd >= slice.begin + slice.payload;
  }
  return false;
}

class Ffv1CheckerFlips : public testing::TestWithParam<FrameShape> {};

TEST_P(Ffv1CheckerFlips, RefusesEveryFlippedBitByItsCheckSum) {
  const auto frame = Ffv1Frame::make(GetParam(), test::noise(6));
  ASSERT_TRUE(frame);
  auto checker = frame->checker();
  ASSERT_TRUE(checker);
  for (std::size_t bit = 0; bit < frame->bytes.size() * 8; ++bit) {
    std::string bytes = frame->bytes;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
    EXPECT_FALSE(accepts(*checker, *frame, bytes)) << bit;
  }
}

TEST_P(Ffv1CheckerFlips, DecidesLikeADecoderWhereTheCheckSumHolds) {
  const auto frame = Ffv1Frame::make(GetParam(), test::noise(6));
  ASSERT_TRUE(frame);
  auto checker = frame->checker();
  ASSERT_TRUE(checker);
  int harmless = 0;
  for (std::size_t bit = 0; bit < frame->bytes.size() * 8; ++bit) {
    std::string bytes = frame->bytes;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
    bytes = test::mended(bytes);
    if (bytes == frame->bytes) continue;  // a bit of the check sum itself
    const bool accepted = accepts(*checker, *frame, bytes);
    const bool decoded = frame->decodes(bytes);
    harmless += accepted ? 1 : 0;
    if (accepted) {
      EXPECT_TRUE(decoded) << bit;
    }
    if (decoded && !accepted) {
      EXPECT_TRUE(may_be_stricter(frame->bytes, bit / 8)) << bit;
    }
  }
  // Some bits at the end of a slice change nothing; nearly all others must.
  EXPECT_LT(harmless, static_cast<int>(frame->bytes.size()) / 4);
}

INSTANTIATE_TEST_SUITE_P(Shapes, Ffv1CheckerFlips,
                         testing::Values(FrameShape{AV_PIX_FMT_YUV420P, 13, 9, 1, 0, 1},
                                         FrameShape{AV_PIX_FMT_YUV420P, 16, 16, 4, 1, -2},
                                         FrameShape{AV_PIX_FMT_GRAY8, 12, 12, 4, 0, 1},
                                         FrameShape{AV_PIX_FMT_YUV422P10, 11, 7, 1, 0, 1}));

TEST(Ffv1Checker, RefusesEveryChangedSample) {
  for (const FrameShape& shape : {FrameShape{AV_PIX_FMT_YUV420P, 19, 13, 1, 0, 1},
                                  FrameShape{AV_PIX_FMT_YUV444P, 16, 12, 6, 1, 1},
                                  FrameShape{AV_PIX_FMT_YUV420P10, 17, 9, 1, 1, 1},
                                  FrameShape{AV_PIX_FMT_GRAY16, 9, 9, 1, 0, 1}}) {
    auto frame = Ffv1Frame::make(shape, test::noise(7));
    ASSERT_TRUE(frame);
    auto checker = frame->checker();
    ASSERT_TRUE(checker);
    for (int plane = 0; plane < frame->planes_count(); ++plane) {
      for (int y = 0; y < frame->height(plane); ++y) {
        for (int x = 0; x < frame->width(plane); ++x) {
          frame->change(plane, x, y, 1);
          EXPECT_FALSE(accepts(*checker, *frame, frame->bytes)) << plane << ' ' << x << ' ' << y;
          frame->change(plane, x, y, 0U - 1);
        }
      }
    }
    EXPECT_TRUE(accepts(*checker, *frame, frame->bytes));
  }
}

TEST(Ffv1Checker, RefusesAChangedSampleInEachCornerOfEachSlice) {
  const FrameShape shape{AV_PIX_FMT_YUV420P, 384, 256, 24, 0, 1};
  auto frame = Ffv1Frame::make(shape, test::gradient);
  ASSERT_TRUE(frame);
  auto checker = frame->checker();
  ASSERT_TRUE(checker);
  const int across = static_cast<int>(checker->record().h_slices);
  const int down = static_cast<int>(checker->record().v_slices);
  EXPECT_EQ(across * down, 24);
  for (int plane = 0; plane < 3; ++plane) {
    const int width = frame->width(plane) / across;
    const int height = frame->height(plane) / down;
    for (int slice = 0; slice < across * down; ++slice) {
      for (const int corner : {0, 1, 2, 3}) {
        const int x = slice % across * width + corner % 2 * (width - 1);
        const int y = slice / across * height + corner / 2 * (height - 1);
        frame->change(plane, x, y, 1);
        EXPECT_FALSE(accepts(*checker, *frame, frame->bytes)) << plane << ' ' << x << ' ' << y;
        frame->change(plane, x, y, 0U - 1);
      }
    }
  }
  EXPECT_TRUE(accepts(*checker, *frame, frame->bytes));
}

TEST(Ffv1Checker, RefusesASampleThatItsBitsCannotHold) {
  auto frame = Ffv1Frame::make({AV_PIX_FMT_YUV420P10, 8, 8}, test::flat);
  ASSERT_TRUE(frame);
  auto checker = frame->checker();
  ASSERT_TRUE(checker);
  frame->change(0, 7, 7, 1U << 10U);  // the same to whoever looks at ten bits only
  EXPECT_FALSE(accepts(*checker, *frame, frame->bytes));
}

TEST(Ffv1Checker, RefusesFramesThatAreCutOrLengthened) {
  const auto frame = Ffv1Frame::make({AV_PIX_FMT_YUV420P, 16, 16, 4}, test::noise(8));
  ASSERT_TRUE(frame);
  auto checker = frame->checker();
  ASSERT_TRUE(checker);
  const std::string& whole = frame->bytes;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(accepts(*checker, *frame, whole.substr(0, size))) << size;
    EXPECT_FALSE(accepts(*checker, *frame, whole.substr(whole.size() - size))) << size;
    EXPECT_FALSE(accepts(*checker, *frame, whole.substr(0, size) + '\0' + whole.substr(size)));
  }
  // One byte more or less in a slice that is right in all else.
  const auto last = test::slices_of(whole).back();
  for (const int more : {-1, 1, 2}) {
    const std::size_t size = last.payload + static_cast<std::size_t>(more);
    std::string bytes = whole.substr(0, last.begin + std::min(size, last.payload));
    bytes.resize(last.begin + size, '\0');
    bytes += {'\0', static_cast<char>(size >> 8U), static_cast<char>(size & 0xFFU)};
    bytes = test::mended(bytes + std::string(5, '\0'));
    EXPECT_EQ(test::slices_of(bytes).size(), 4U);
    EXPECT_FALSE(accepts(*checker, *frame, bytes)) << more;
    EXPECT_FALSE(frame->decodes(bytes)) << more;
  }
}

TEST(Ffv1Checker, WantsEachPlaceOnTheRasterOnce) {
  const auto frame = Ffv1Frame::make({AV_PIX_FMT_YUV420P, 32, 32, 4}, test::flat);
  ASSERT_TRUE(frame);
  auto checker = frame->checker();
  ASSERT_TRUE(checker);
  std::vector<std::string> parts;
  for (const auto& slice : test::slices_of(frame->bytes)) {
    parts.push_back(frame->bytes.substr(slice.begin, slice.end() - slice.begin));
  }
  ASSERT_EQ(parts.size(), 4U);
  // The order is free, but for the keyframe bit in the first.
  EXPECT_TRUE(accepts(*checker, *frame, parts[0] + parts[2] + parts[1] + parts[3]));
  EXPECT_TRUE(frame->decodes(parts[0] + parts[2] + parts[1] + parts[3]));
  EXPECT_FALSE(accepts(*checker, *frame, parts[1] + parts[0] + parts[2] + parts[3]));
  EXPECT_FALSE(accepts(*checker, *frame, parts[0] + parts[1] + parts[2]));
  EXPECT_FALSE(accepts(*checker, *frame, parts[0] + parts[1] + parts[1] + parts[3]));
  EXPECT_FALSE(accepts(*checker, *frame, parts[0] + parts[1] + parts[2] + parts[3] + parts[3]));
}

struct Written {
  std::uint32_t x = 0;
  std::uint32_t width = 1;  ///< in places
  bool keyframe_bit = false;
  bool keyframe = true;
  std::uint32_t sar_num = 1;
};

/// One slice of a grey picture whose raster has two places across.
std::string write_slice(const Ffv1Frame& frame, const Written& slice) {
  const Ffv1Record record = read_ffv1_record(std::as_bytes(std::span(frame.record))).value();
  test::RangeWriter out(record.steps);
  std::uint8_t keyframe_state = 128;
  if (slice.keyframe_bit) out.put(keyframe_state, slice.keyframe);
  Ffv1NumberStates header;
  header.fill(128);
  for (const std::uint32_t field :
       {slice.x, 0U, slice.width - 1, record.v_slices - 1, 0U, 0U, 0U, slice.sar_num, 1U}) {
    out.number(header, field);
  }
  const auto place = static_cast<std::uint32_t>(frame.width(0)) / record.h_slices;
  const Ffv1Plane plane = frame.planes()[0];
  Ffv1Lines lines(record.bits);
  lines.begin({{plane.data + slice.x * place, plane.stride},
               slice.width * place,
               static_cast<std::uint32_t>(frame.height(0)),
               &record.contexts[0],
               0});
  std::vector<std::uint8_t> states = record.contexts[0].states;
  std::vector<Ffv1Decision> list;
  while (!lines.done()) {
    const std::size_t count = lines.next(list);
    for (std::size_t i = 0; i < count; ++i) {
      out.put(states[list[i] >> kFfv1StateBits], (list[i] & kFfv1One) != 0);
    }
  }
  return out.slice();
}

TEST(Ffv1Checker, WantsSlicesOfSeveralPlacesNotToOverlap) {
  const auto frame = Ffv1Frame::make({AV_PIX_FMT_GRAY8, 16, 16, 4}, test::gradient);
  ASSERT_TRUE(frame);
  auto checker = frame->checker();
  ASSERT_TRUE(checker);
  ASSERT_EQ(checker->record().h_slices, 2U);
  const std::string whole = write_slice(*frame, {0, 2, true, true});
  EXPECT_TRUE(frame->decodes(test::mended(whole)));
  EXPECT_TRUE(accepts(*checker, *frame, test::mended(whole)));
  const std::string halves = write_slice(*frame, {0, 1, true, true}) + write_slice(*frame, {1, 1});
  EXPECT_TRUE(accepts(*checker, *frame, test::mended(halves)));
  // libavcodec decodes the right half twice and is content.
  EXPECT_TRUE(frame->decodes(test::mended(whole + write_slice(*frame, {1, 1}))));
  EXPECT_FALSE(accepts(*checker, *frame, test::mended(whole + write_slice(*frame, {1, 1}))));
  EXPECT_FALSE(accepts(*checker, *frame, test::mended(write_slice(*frame, {1, 1, true, true}))));
}

TEST(Ffv1Checker, WantsTheSameAspectInAllSlices) {
  const auto frame = Ffv1Frame::make({AV_PIX_FMT_GRAY8, 16, 16, 4}, test::gradient);
  ASSERT_TRUE(frame);
  auto checker = frame->checker();
  ASSERT_TRUE(checker);
  const std::string two = test::mended(write_slice(*frame, {0, 1, true, true, 1}) +
                                       write_slice(*frame, {1, 1, false, false, 2}));
  EXPECT_TRUE(frame->decodes(two));
  EXPECT_FALSE(accepts(*checker, *frame, two));
}

TEST(Ffv1Checker, WantsTheKeyframeBit) {
  const auto frame = Ffv1Frame::make({AV_PIX_FMT_GRAY8, 16, 16, 4}, test::gradient);
  ASSERT_TRUE(frame);
  auto checker = frame->checker();
  ASSERT_TRUE(checker);
  const std::string other = test::mended(write_slice(*frame, {0, 2, true, false}));
  EXPECT_FALSE(frame->decodes(other));
  EXPECT_FALSE(accepts(*checker, *frame, other));
}

TEST(Ffv1Checker, RefusesAnErrorStatus) {
  const auto frame = Ffv1Frame::make({}, test::noise(9));
  ASSERT_TRUE(frame);
  auto checker = frame->checker();
  ASSERT_TRUE(checker);
  std::string bytes = frame->bytes;
  bytes[bytes.size() - 5] = 1;
  EXPECT_FALSE(accepts(*checker, *frame, test::mended(bytes)));
}

TEST(Ffv1Checker, AcceptsNoMutationThatDecodesToSomethingElse) {
  std::mt19937 random(10);
  const auto frame = Ffv1Frame::make({AV_PIX_FMT_YUV420P, 24, 24, 4}, test::gradient);
  ASSERT_TRUE(frame);
  auto checker = frame->checker();
  ASSERT_TRUE(checker);
  for (int turn = 0; turn < 3000; ++turn) {
    std::string bytes = frame->bytes;
    for (auto edits = 1 + random() % 3; edits > 0; --edits) {
      const auto at = random() % bytes.size();
      if (random() % 4 != 0) {
        bytes[at] = static_cast<char>(random());
      } else {
        bytes.erase(at, 1 + random() % 3);
      }
    }
    bytes = test::mended(bytes);
    if (accepts(*checker, *frame, bytes)) {
      EXPECT_TRUE(frame->decodes(bytes)) << turn;
    }
  }
  for (std::size_t size = 0; size < 300; ++size) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    EXPECT_FALSE(accepts(*checker, *frame, test::mended(bytes))) << size;
  }
}

}  // namespace
}  // namespace anjuan::formats
