#include "packager/container_frames.h"

#include "packager/container.h"
#include "tests/support/errors.h"

namespace anjuan::packager {
namespace {

using test::thrown_by;

/// Writes down what it is told.
class Log final : public FrameHandler {
 public:
  void format(ContainerFormat format) override { text += std::string(format_word(format)) + "\n"; }

  void entry(const EntryFrame& entry) override {
    text += fmt::format("{} {} {} {} {}\n", static_cast<int>(entry.type), entry.encrypted,
                        entry.bytes.value_or(999), entry.modified_s.value_or(-999), entry.name);
  }

  void data(std::span<const std::byte> block) override {
    text.append(reinterpret_cast<const char*>(block.data()), block.size());
  }

  void entry_end() override { text += "|\n"; }

  void finish(std::uint64_t entries) override { text += fmt::format("{} entries", entries); }

  void fault(UnpackFault fault, std::string_view detail) override {
    text += fmt::format("fault {} {}", static_cast<int>(fault), detail);
  }

  std::string text;
};

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

class Frames : public testing::Test {
 protected:
  std::string told(std::string_view bytes, std::size_t piece = 1'000'000) {
    Log log;
    FrameReader reader("s", log);
    while (!bytes.empty()) {
      reader.feed(bytes_of(bytes.substr(0, piece)));
      bytes.remove_prefix(std::min(piece, bytes.size()));
    }
    return log.text;
  }

  std::string refused(const std::string& bytes) {
    return thrown_by([&] { told(bytes); }).word;
  }

  void write_entry(std::string_view name = "a") {
    EntryFrame entry;
    entry.name = name;
    writer_.entry(entry);
  }

  std::string out_;
  FrameWriter writer_{[this](std::string_view frame) { out_ += frame; }};
};

TEST_F(Frames, ComeBackAsTheyWereSentInPiecesOfAnySize) {
  writer_.format(ContainerFormat::kTarGz);
  EntryFrame entry{EntryType::kFile, true, 5, -7, "案/a"};
  writer_.entry(entry);
  writer_.data(bytes_of("hello"));
  writer_.entry_end();
  write_entry("");
  writer_.entry_end();
  writer_.finish(2);
  const std::string expected = "tar.gz\n1 true 5 -7 案/a\nhello|\n1 false 999 -999 \n|\n2 entries";
  for (const std::size_t piece : {1UL, 2UL, 7UL, 1000UL}) EXPECT_EQ(told(out_, piece), expected);
}

TEST_F(Frames, MayEndInAFault) {
  writer_.format(ContainerFormat::kZip);
  write_entry();
  writer_.fault(UnpackFault::kDamaged, std::string(5000, 'x'));
  EXPECT_EQ(told(out_), "zip\n1 false 999 -999 a\nfault 2 " + std::string(1000, 'x'));
}

TEST_F(Frames, AreRefusedInAnyOtherOrder) {
  const auto sent = [this](const std::function<void()>& send) {
    out_.clear();
    send();
    return refused(out_);
  };
  const auto format = [this] { writer_.format(ContainerFormat::kZip); };
  EXPECT_EQ(sent([&] { write_entry(); }), "refused");
  EXPECT_EQ(sent([&] { format(), format(); }), "refused");
  EXPECT_EQ(sent([&] { format(), writer_.data(bytes_of("x")); }), "refused");
  EXPECT_EQ(sent([&] { format(), writer_.entry_end(); }), "refused");
  EXPECT_EQ(sent([&] { format(), write_entry(), write_entry(); }), "refused");
  EXPECT_EQ(sent([&] { format(), write_entry(), writer_.finish(1); }), "refused");
  EXPECT_EQ(sent([&] { format(), writer_.finish(0), writer_.finish(0); }), "refused");
  EXPECT_EQ(sent([&] { format(), writer_.finish(0); }), "nothing");
}

TEST_F(Frames, AreRefusedWhenMalformed) {
  using namespace std::string_literals;
  EXPECT_EQ(refused("\0\1\0\0\0x"s), "refused");  // no such kind
  EXPECT_EQ(refused("\7\1\0\0\0x"s), "refused");
  EXPECT_EQ(refused("\1\1\0\0\0\x63"s), "refused");  // no such format
  EXPECT_EQ(refused("\1\2\0\0\0\1\1"s), "refused");  // too long for its kind
  EXPECT_EQ(refused("\6\0\0\0\0"s), "refused");      // a fault without a reason
  writer_.format(ContainerFormat::kZip);
  EXPECT_EQ(refused(out_ + "\2\3\0\0\0abc"s), "refused");       // an entry that is cut short
  EXPECT_EQ(refused(out_ + "\2\xFF\xFF\xFF\xFF"s), "refused");  // more than any name has
  write_entry();
  EXPECT_EQ(refused(out_ + "\3\0\0\0\0"s), "refused");  // no data at all
  EXPECT_EQ(refused(out_ + "\3\1\0\4\0"s), "refused");  // 256 KiB and a byte
}

class Nobody final : public ContainerVisitor {
 public:
  void begin(const ContainerEntry&) override {}

  void data(std::span<const std::byte>) override {}

  void end() override {}
};

TEST_F(Frames, OfAChildThatLiesAreCaughtByTheGate) {
  const auto judged = [this](const std::function<void()>& send) {
    out_.clear();
    writer_.format(ContainerFormat::kTar);
    send();
    Nobody nobody;
    ContainerGate gate("s", 1000, {}, nobody);
    FrameReader reader("s", gate);
    return thrown_by([&] { reader.feed(bytes_of(out_)); }).word;
  };
  const auto entry = [this](EntryType type, std::optional<std::uint64_t> bytes) {
    EntryFrame frame;
    frame.type = type;
    frame.bytes = bytes;
    frame.name = "a";
    writer_.entry(frame);
  };
  // Fewer entries than were sent; more or fewer bytes than declared; data of a folder.
  EXPECT_EQ(judged([&] { entry(EntryType::kFile, 0), writer_.entry_end(), writer_.finish(2); }),
            "refused");
  EXPECT_EQ(
      judged([&] { entry(EntryType::kFile, 2), writer_.data(bytes_of("x")), writer_.entry_end(); }),
      "invalid");
  EXPECT_EQ(judged([&] { entry(EntryType::kFolder, {}), writer_.data(bytes_of("x")); }), "refused");
  EXPECT_EQ(judged([&] {
              entry(EntryType::kFile, 1), writer_.data(bytes_of("x")), writer_.entry_end();
              writer_.finish(1);
            }),
            "nothing");
}

}  // namespace
}  // namespace anjuan::packager
