#include "preservation/formats/packet_ledger.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <cmath>

#include <fcntl.h>
#include <unistd.h>

namespace anjuan::formats {

namespace {

[[noreturn]] void refuse(int stream, std::string_view what, std::size_t packet) {
  throw MediaFault{MediaFaultKind::kNotEqual,
                   fmt::format("stream {} packet {}: {}", stream, packet, what)};
}

double seconds(std::int64_t time, Rational base) {
  return static_cast<double>(time) * base.value();
}

/// The page cache would only tell what we wrote, not what the disk has.
void drop_from_cache(int descriptor) {
  ::fdatasync(descriptor);
  ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
}

}  // namespace

void PacketLedger::add_stream(Rational time_base, std::string header) {
  Stream stream;
  stream.time_base = time_base;
  stream.header = std::move(header);
  streams_.push_back(std::move(stream));
}

void PacketLedger::expect(int stream, const FrameHash& hash, std::int64_t time) {
  Stream& expected = streams_[static_cast<std::size_t>(stream)];
  expected.expected.update(hash.sha256);
  expected.times.push_back(time);
}

std::uint64_t PacketLedger::packets(int stream) const {
  return streams_[static_cast<std::size_t>(stream)].times.size();
}

void PacketLedger::compare_header(AvSource& file, int stream) const {
  const std::string& header = streams_[static_cast<std::size_t>(stream)].header;
  const AVCodecParameters& coded = *file.stream(stream).codecpar;
  const std::string_view found(reinterpret_cast<const char*>(coded.extradata),
                               static_cast<std::size_t>(std::max(coded.extradata_size, 0)));
  // Containers round its length up to an even number with a zero.
  const bool same = found == header || (header.size() % 2 == 1 && found == header + '\0');
  if (!header.empty() && !same) {
    refuse(stream, fmt::format("header of the codec ({} {})", header.size(), found.size()), 0);
  }
}

void PacketLedger::take(const AVPacket& packet, const PacketForm& form, Rational time_base) {
  const int index = packet.stream_index;
  if (static_cast<std::size_t>(index) >= streams_.size()) return;  // an attachment or chapters
  Stream& stream = streams_[static_cast<std::size_t>(index)];
  if (stream.read == stream.times.size()) refuse(index, "more than were written", stream.read);
  stream.found.update(form.hash(packet).sha256);
  const std::int64_t time = stream.times[stream.read++];
  const std::int64_t found = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
  const double moved = seconds(found, time_base) - seconds(time, stream.time_base);
  if (!offset_s_) offset_s_ = std::abs(moved) <= kToleranceS ? 0 : moved;
  if (!(std::abs(moved - *offset_s_) <= kToleranceS)) refuse(index, "time", stream.read - 1);
}

double PacketLedger::check(int descriptor) {
  drop_from_cache(descriptor);
  AvSource file = AvSource::open(descriptor);
  if (file.info().streams.size() < streams_.size()) refuse(0, "streams are missing", 0);
  std::vector<PacketForm> forms;
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    compare_header(file, static_cast<int>(i));
    forms.emplace_back(*file.stream(static_cast<int>(i)).codecpar);
  }
  const AvPacket packet = make_av_packet();
  while (file.read(*packet)) {
    const auto index = static_cast<std::size_t>(packet->stream_index);
    if (index >= forms.size()) continue;
    take(*packet, forms[index], file.info().streams[index].time_base);
  }
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    Stream& stream = streams_[i];
    const bool all = stream.read == stream.times.size();
    if (!all) refuse(static_cast<int>(i), "missing", stream.read);
    if (stream.expected.finish() != stream.found.finish()) {
      refuse(static_cast<int>(i), "digests", stream.read);
    }
  }
  return offset_s_.value_or(0);
}

}  // namespace anjuan::formats
