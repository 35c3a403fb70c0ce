// Coded units, damaged in every bit: what reads their headers stays within its limits.
#include <cmath>
#include <set>

#include <gmock/gmock.h>

#include "preservation/formats/continuity/hevc_chain.h"
#include "preservation/formats/continuity/nal_chain.h"
#include "tests/preservation/formats/continuity/coded_units.h"
#include "tests/support/bent.h"

namespace anjuan::formats {
namespace {

using Events = std::vector<StreamEvent>;

constexpr std::uint32_t kPictures = 130;
constexpr std::uint32_t kMissing = 60;
constexpr double kPictureSeconds = 0.04;

template <typename Chain>
Events events_of(const CodedStream& stream) {
  Events events;
  Chain chain(stream.extra);
  double at_s = 0;
  for (const CodedBytes& packet : stream.packets) {
    chain.take(packet, at_s, events);
    at_s += kPictureSeconds;
  }
  chain.finish(events);
  return events;
}

/// What any stream of so many packets may give at most.
void expect_sane(const Events& events, std::size_t packets) {
  const std::set<std::string> kinds{"frame_num", "idr_pic_id", "parameters", "poc"};
  ASSERT_LE(events.size(), 4 * packets + kEventsMax);
  for (const StreamEvent& event : events) {
    ASSERT_TRUE(kinds.contains(event.kind)) << event.kind;
    ASSERT_TRUE(event.at_s >= 0 && event.at_s <= static_cast<double>(packets) * kPictureSeconds);
    // No number has more than 16 bits; what is missing is less than all that they can count, of
    // the order less than all packets together could step.
    const double most = 65536.0 * static_cast<double>(event.kind == "poc" ? packets + 1 : 1);
    ASSERT_TRUE(event.value >= 0 && event.value < most) << event.kind << event.value;
  }
}

/// All damage to the sets and to a few of the slices.
template <typename Chain>
std::set<std::string> outcomes(const CodedStream& whole) {
  std::set<std::string> seen;
  const auto use = [&seen](const CodedStream& bent) {
    const Events events = events_of<Chain>(bent);
    expect_sane(events, bent.packets.size());
    std::string text;
    for (const auto& event : events) text += fmt::format("{} {} ", event.kind, event.value);
    seen.insert(text);
  };
  CodedStream bent = whole;
  test::each_damage(whole.extra, [&](const CodedBytes& extra) {
    bent.extra = extra;
    use(bent);
  });
  bent.extra = whole.extra;
  for (const std::size_t packet : {std::size_t{0}, std::size_t{kPictures / 2}}) {
    test::each_damage(whole.packets[packet], [&](const CodedBytes& bytes) {
      bent.packets[packet] = bytes;
      use(bent);
    });
    bent.packets[packet] = whole.packets[packet];
  }
  return seen;
}

/// The same stream with start codes and its sets in the first packet, as in a transport stream.
CodedStream with_start_codes(CodedStream stream, const std::vector<CodedBytes>& sets) {
  stream.extra.clear();
  for (CodedBytes& packet : stream.packets) {
    packet = after_start_code(CodedBytes(packet.begin() + 4, packet.end()));
  }
  for (auto set = sets.rbegin(); set != sets.rend(); ++set) {
    stream.packets[0] = joined({after_start_code(*set), stream.packets[0]});
  }
  return stream;
}

const CodedStream& h264() {
  static const CodedStream stream = h264_stream(kPictures, kMissing);
  return stream;
}

const CodedStream& hevc() {
  static const CodedStream stream = hevc_stream(kPictures, kMissing);
  return stream;
}

CodedStream h264_with_start_codes() {
  return with_start_codes(h264(), {h264_sequence_set(), h264_picture_set()});
}

CodedStream hevc_with_start_codes() {
  return with_start_codes(hevc(), {hevc_video_set(), hevc_sequence_set(), hevc_picture_set()});
}

TEST(HostileNalUnits, BitsComeBackAndNothingIsReadBeyondTheEnd) {
  const std::uint32_t values[] = {0, 1, 2, 7, 254, 65535, 0x7FFFFFFE, 0xFFFFFFFE};
  BitWriter out;
  for (const std::uint32_t value : values) {
    out.bits(value & 31U, 5).ue(value).se(static_cast<std::int32_t>(value / 2));
    out.se(-static_cast<std::int32_t>(value / 2));
  }
  BitReader in(out.bytes());
  for (const std::uint32_t value : values) {
    EXPECT_EQ(in.bits(5), value & 31U);
    EXPECT_EQ(in.ue(), value);
    EXPECT_EQ(in.se(), static_cast<std::int32_t>(value / 2));
    EXPECT_EQ(in.se(), -static_cast<std::int32_t>(value / 2));
  }
  EXPECT_FALSE(in.over());
  in.bits(9);
  EXPECT_TRUE(in.over());
  EXPECT_EQ(in.ue(), 0U);
  in.skip(0xFFFFFFFF);
  EXPECT_EQ(in.bits(32), 0U);
}

TEST(HostileNalUnits, BytesThatPreventStartCodesAreTakenOutAgain) {
  test::each_noise<CodedBytes>(80, 500, [](const CodedBytes& noise) {
    BitWriter out;
    for (const std::uint8_t byte : noise) out.bits(byte, 8);
    const CodedBytes coded = out.unit({0x67});
    const auto back = without_emulation(std::span(coded).subspan(1), kUnitBytesMax);
    ASSERT_EQ(back, out.bytes());
    ASSERT_LE(without_emulation(coded, 7).size(), 7U);
  });
}

/// What `each_unit` gives lies in the packet, in order, and is not more than it allows.
std::size_t units_of(const CodedBytes& packet, unsigned length_bytes) {
  std::size_t count = 0;
  const std::uint8_t* from = packet.data();
  const std::uint8_t* const end = packet.data() + packet.size();
  each_unit(packet, length_bytes, [&](std::span<const std::uint8_t> unit) {
    EXPECT_TRUE(unit.data() >= from && unit.size() <= packet.size() &&
                unit.data() + unit.size() <= end);
    from = unit.data() + unit.size();
    ++count;
    return true;
  });
  return count;
}

TEST(HostileNalUnits, LieWithinTheirPacketHoweverItIsDamaged) {
  const std::vector<CodedBytes> units{h264_sequence_set(), h264_picture_set(), h264_slice(1, true),
                                      h264_slice(2, false)};
  for (const unsigned length_bytes : {0U, 1U, 2U, 3U, 4U}) {
    CodedBytes packet;
    for (const CodedBytes& unit : units) {
      packet =
          joined({packet, length_bytes == 0 ? after_start_code(unit) : sized(unit, length_bytes)});
    }
    EXPECT_EQ(units_of(packet, length_bytes), units.size());
    test::each_damage(packet, [&](const CodedBytes& bent) {
      ASSERT_LE(units_of(bent, length_bytes), bent.size() / 2);
    });
  }
}

TEST(HostileNalUnits, AreNotReadWithoutEnd) {
  CodedBytes many;
  for (int i = 0; i < 5000; ++i) many = joined({std::move(many), {0, 0, 1, 9}});
  EXPECT_EQ(units_of(many, 0), 2000U);
  EXPECT_EQ(units_of(CodedBytes(20'000, 1), 1), 2000U);
  EXPECT_EQ(units_of(joined({{0, 0, 1}, CodedBytes(5000, 7)}), 0), 1U);
}

TEST(HostileNalChains, FindWhatIsMissingInWhatIsValid) {
  for (const CodedStream& stream : {h264(), h264_with_start_codes()}) {
    const Events events = events_of<NalChain>(stream);
    const double at_s = kMissing * kPictureSeconds;
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].kind, "frame_num");
    EXPECT_EQ(events[1].kind, "poc");
    for (const StreamEvent& event : events) {
      EXPECT_NEAR(event.at_s, at_s, 1e-6);
      EXPECT_EQ(event.value, 1);
    }
  }
  EXPECT_TRUE(events_of<NalChain>(h264_stream(kPictures, kPictures)).empty());
}

TEST(HostileNalChains, StaySaneWhateverIsDamaged) {
  // Damage changes what is seen in many ways, and often it is nothing: the sets were unreadable.
  for (const CodedStream& stream : {h264(), h264_with_start_codes()}) {
    const auto seen = outcomes<NalChain>(stream);
    EXPECT_GT(seen.size(), 20U);
    EXPECT_TRUE(seen.contains(""));
  }
}

/// Deltas of the largest size that can be coded, in every place of a list.
TEST(HostileNalChains, TakeScalingListsOfAnySize) {
  for (const std::int32_t delta : {INT32_MAX - 1, -INT32_MAX + 1, 1 << 20}) {
    BitWriter set;
    set.bits(100, 8).bits(0, 8).bits(30, 8).ue(0).ue(1).ue(0).ue(0).bits(0, 1).bits(1, 1);
    set.bits(1, 1);
    for (int i = 0; i < 16; ++i) set.se(i % 2 == 0 ? delta : -7);
    set.bits(0, 7).ue(0).ue(0).ue(4).ue(1).bits(0, 1).ue(0).ue(0).bits(1, 1).bits(0, 3);
    CodedStream stream = h264();
    stream.extra = joined({{1, 100, 0, 30, 0xFF, 0xE1},
                           sized(set.unit({0x67}), 2),
                           {1},
                           sized(h264_picture_set(), 2)});
    expect_sane(events_of<NalChain>(stream), stream.packets.size());
  }
}

TEST(HostileHevcChains, FindWhatIsMissingInWhatIsValid) {
  for (const CodedStream& stream : {hevc(), hevc_with_start_codes()}) {
    const Events events = events_of<HevcChain>(stream);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].kind, "poc");
    EXPECT_NEAR(events[0].at_s, kMissing * kPictureSeconds, 1e-6);
    EXPECT_EQ(events[0].value, 1);
  }
  EXPECT_TRUE(events_of<HevcChain>(hevc_stream(kPictures, kPictures)).empty());
}

TEST(HostileHevcChains, StaySaneWhateverIsDamaged) {
  for (const CodedStream& stream : {hevc(), hevc_with_start_codes()}) {
    const auto seen = outcomes<HevcChain>(stream);
    EXPECT_GT(seen.size(), 3U);
    EXPECT_TRUE(seen.contains(""));
  }
}

/// A set that changes with every unit: each packet is told of, no memory is filled with it.
template <typename Chain, typename MakeSet>
void expect_bounded_changes(const CodedStream& whole, MakeSet make_set) {
  CodedStream stream = whole;
  CodedBytes many;
  for (std::uint32_t i = 0; i < 1000; ++i) many = joined({std::move(many), sized(make_set(i), 4)});
  for (std::size_t i = 1; i < stream.packets.size(); ++i) {
    stream.packets[i] = joined({many, stream.packets[i]});
  }
  const Events events = events_of<Chain>(stream);
  EXPECT_GT(events.size(), kPictures);
  EXPECT_LE(events.size(), kEventsMax + kPictures);
}

TEST(HostileNalChains, TellOfNoMoreChangesThanAnObserverMay) {
  expect_bounded_changes<NalChain>(h264(), h264_picture_set);
}

TEST(HostileHevcChains, TellOfNoMoreChangesThanAnObserverMay) {
  expect_bounded_changes<HevcChain>(hevc(), hevc_picture_set);
}

/// The rule as the standard words it (H.264 8.2.1.1, H.265 8.3.1).
std::int64_t order_by_the_standard(std::int64_t anchor, std::uint32_t low, unsigned bits) {
  const std::int64_t range = std::int64_t{1} << bits;
  const std::int64_t anchor_low = (anchor % range + range) % range;
  std::int64_t high = anchor - anchor_low;
  if (low < anchor_low && anchor_low - low >= range / 2) high += range;
  if (low > anchor_low && low - anchor_low > range / 2) high -= range;
  return high + low;
}

/// Steps of 1 and one hole of `step`, as numbers that a chain of anchors gives them.
Events events_of_order(std::int64_t first, std::int64_t step, unsigned bits) {
  PictureOrder order;
  Events events;
  order.restart(0);
  std::int64_t number = 0;
  const auto add = [&](std::int64_t next) {
    const std::int64_t range = std::int64_t{1} << bits;
    const auto low = static_cast<std::uint32_t>((next % range + range) % range);
    EXPECT_EQ(order_by_the_standard(number, low, bits), next);
    order.add(low, bits, true, static_cast<double>(next));
    number = next;
  };
  for (; number > first;) add(number - 1);
  for (int i = 0; i < 200; ++i) add(number + (i == 120 ? step : 1));
  order.finish(events);
  return events;
}

TEST(PictureOrders, CountFromTheAnchorAsTheStandardDoes) {
  for (const std::int64_t first : {0, -40}) {
    for (const unsigned bits : {4U, 8U, 16U}) {
      const Events events = events_of_order(first, 8, bits);
      ASSERT_EQ(events.size(), 1U) << bits;
      EXPECT_EQ(events[0].value, 7);
    }
  }
}

TEST(PictureOrders, StayBoundedForAnyNumbers) {
  std::mt19937 random(5);
  for (int turn = 0; turn < 200; ++turn) {
    PictureOrder order;
    for (int i = 0; i < 300; ++i) {
      if (random() % 64 == 0) order.restart(i * kPictureSeconds);
      const auto bits = static_cast<unsigned>(4 + random() % 13);
      const auto low = static_cast<std::uint32_t>(random() % (1U << bits));
      order.add(low, bits, random() % 2 == 0, i * kPictureSeconds);
    }
    Events events;
    order.finish(events);
    expect_sane(events, 300);
  }
}

}  // namespace
}  // namespace anjuan::formats
