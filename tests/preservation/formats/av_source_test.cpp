// Reading through libav, and the ledger that holds a finished file against what went in.
#include "preservation/formats/av_source.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include "preservation/formats/packet_ledger.h"
#include "tests/preservation/formats/derive_fixture.h"

namespace anjuan::formats {
namespace {

TEST(FrameTime, IsTheFramesOwnAndNeverAGuess) {
  const AvFrame frame = make_av_frame();
  frame->best_effort_timestamp = 5900;
  EXPECT_EQ(frame_time(*frame), kNoTime);
  frame->pkt_dts = 7;
  EXPECT_EQ(frame_time(*frame), 7);
  frame->pts = 5;
  EXPECT_EQ(frame_time(*frame), 5);
}

TEST(AvComplaints, CountErrorsAndKeepTheFirst) {
  reset_av_complaints();
  av_log(nullptr, AV_LOG_WARNING, "a warning");
  for (int i = 0; i < 30; ++i) av_log(nullptr, AV_LOG_ERROR, "error %d\n", i);
  {
    const AvTrial trial;
    av_log(nullptr, AV_LOG_ERROR, "tried");
  }
  EXPECT_EQ(av_complaints().errors, 30U);
  ASSERT_EQ(av_complaints().first.size(), AvComplaints::kKept);
  EXPECT_EQ(av_complaints().first[0], "error 0");
  reset_av_complaints();
  EXPECT_EQ(av_complaints().errors, 0U);
}

struct Packet {
  int stream = 0;
  FrameHash hash;
  std::int64_t time = 0;
};

class LedgerTest : public DeriveTest {
 protected:
  void SetUp() override {
    DeriveTest::SetUp();
    if (IsSkipped()) return;
    path = clip("a.mkv", {test::test_picture("64x48", 1),
                          test::test_tone(1),
                          {"-c:v", "ffv1", "-level", "3", "-c:a", "flac"}});
    file = FileHandle::open_read(path);
    AvSource source = AvSource::open(file.get());
    for (int i = 0; i < 2; ++i) {
      const auto& info = source.info().streams[static_cast<std::size_t>(i)];
      bases.push_back(info.time_base);
    }
    const AVCodecParameters& video = *source.context().streams[0]->codecpar;
    header.assign(reinterpret_cast<const char*>(video.extradata),
                  static_cast<std::size_t>(video.extradata_size));
    const AvPacket packet = make_av_packet();
    while (source.read(*packet)) {
      packets.push_back({packet->stream_index, hash_packet(*packet), packet->pts});
    }
  }

  /// The word of the fault, or "equal".
  std::string checked() {
    PacketLedger ledger;
    ledger.add_stream(bases[0], header);
    ledger.add_stream(bases[1], "");
    for (const Packet& packet : packets) ledger.expect(packet.stream, packet.hash, packet.time);
    try {
      offset_s = ledger.check(file.get());
      return "equal";
    } catch (const MediaFault& fault) {
      return std::string(media_fault_word(fault.kind));
    }
  }

  std::filesystem::path path;
  FileHandle file;
  std::vector<Rational> bases;
  std::string header;
  std::vector<Packet> packets;
  double offset_s = -1;
};

TEST_F(LedgerTest, AFileThatHoldsWhatWentInIsEqual) {
  EXPECT_EQ(checked(), "equal");
  EXPECT_EQ(offset_s, 0);
}

TEST_F(LedgerTest, OneOtherByteIsFound) {
  packets[10].hash.sha256[5] = packets[10].hash.sha256[5] == '0' ? '1' : '0';
  EXPECT_EQ(checked(), "not_equal");
}

TEST_F(LedgerTest, AMissingPacketIsFound) {
  packets.push_back(packets.back());
  EXPECT_EQ(checked(), "not_equal");
}

TEST_F(LedgerTest, APacketTooManyIsFound) {
  packets.pop_back();
  EXPECT_EQ(checked(), "not_equal");
}

TEST_F(LedgerTest, AnotherOrderIsFound) {
  std::vector<std::size_t> video;
  for (std::size_t i = 0; i < packets.size(); ++i) {
    if (packets[i].stream == 0) video.push_back(i);
  }
  std::swap(packets[video[3]].hash, packets[video[4]].hash);
  EXPECT_EQ(checked(), "not_equal");
}

TEST_F(LedgerTest, ATimeThatMovedIsFoundUnlessAllMoved) {
  packets[5].time += 3;
  EXPECT_EQ(checked(), "not_equal");
  packets[5].time -= 3;
  for (Packet& packet : packets) packet.time -= 40;
  EXPECT_EQ(checked(), "equal");
  EXPECT_NEAR(offset_s, 0.040, 0.0001);
}

TEST_F(LedgerTest, AnotherHeaderOfTheCodecIsFound) {
  header[3] = static_cast<char>(header[3] ^ 1);
  EXPECT_EQ(checked(), "not_equal");
}

TEST_F(LedgerTest, TwoReadersShareOneDescriptor) {
  AvSource first = AvSource::open(file.get());
  AvSource second = AvSource::open(file.get());
  const AvPacket packet = make_av_packet();
  std::size_t count = 0;
  while (first.read(*packet)) {
    ++count;
    EXPECT_TRUE(second.read(*packet));
  }
  EXPECT_EQ(count, packets.size());
}

}  // namespace
}  // namespace anjuan::formats
