#include "packager/container_frames.h"

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::packager {

namespace {

constexpr std::size_t kHeadBytes = 5;
constexpr std::size_t kEntryHeadBytes = 19;  // type, encrypted, flags, 8 of size, 8 of time
constexpr std::uint8_t kHasBytes = 1;
constexpr std::uint8_t kHasTime = 2;

void put_number(std::string& out, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

std::uint64_t number_at(std::string_view in, std::size_t at, std::size_t bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    value |= std::uint64_t{static_cast<unsigned char>(in[at + i])} << (8 * i);
  }
  return value;
}

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::string_view format_word(ContainerFormat format) {
  constexpr std::string_view kWords[] = {"zip",     "tar",     "tar.gz", "tar.xz",
                                         "tar.zst", "tar.bz2", "7z",     "rar"};
  return kWords[static_cast<std::size_t>(format) - 1];
}

void FrameWriter::send(FrameKind kind, std::string_view payload) {
  std::string frame;
  frame.reserve(kHeadBytes + payload.size());
  put_number(frame, static_cast<std::uint8_t>(kind), 1);
  put_number(frame, payload.size(), 4);
  frame += payload;
  put_(frame);
}

void FrameWriter::format(ContainerFormat format) {
  send(FrameKind::kFormat, std::string(1, static_cast<char>(format)));
}

void FrameWriter::entry(const EntryFrame& entry) {
  std::string payload;
  const unsigned flags = (entry.bytes ? kHasBytes : 0U) | (entry.modified_s ? kHasTime : 0U);
  put_number(payload, static_cast<std::uint8_t>(entry.type), 1);
  put_number(payload, entry.encrypted ? 1 : 0, 1);
  put_number(payload, flags, 1);
  put_number(payload, entry.bytes.value_or(0), 8);
  put_number(payload, static_cast<std::uint64_t>(entry.modified_s.value_or(0)), 8);
  payload += entry.name;
  send(FrameKind::kEntry, payload);
}

void FrameWriter::data(std::span<const std::byte> block) { send(FrameKind::kData, as_text(block)); }

void FrameWriter::entry_end() { send(FrameKind::kEntryEnd, {}); }

void FrameWriter::finish(std::uint64_t entries) {
  std::string payload;
  put_number(payload, entries, 8);
  send(FrameKind::kFinish, payload);
}

void FrameWriter::fault(UnpackFault fault, std::string_view detail) {
  constexpr std::size_t kDetailMax = 1000;
  send(FrameKind::kFault,
       std::string(1, static_cast<char>(fault)) + std::string(detail.substr(0, kDetailMax)));
}

void FrameReader::refuse() const {
  throw Error(ErrorCode::kRefused, source_,
              say("gather.child_nonsense", {{"source", source_}, {"name", ""}}));
}

void FrameReader::require(bool as_expected) const {
  if (!as_expected) refuse();
}

void FrameReader::feed(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    require(!finished());
    if (head_.size() < kHeadBytes) {
      const std::size_t take = std::min(kHeadBytes - head_.size(), bytes.size());
      head_ += as_text(bytes.first(take));
      bytes = bytes.subspan(take);
      if (head_.size() == kHeadBytes) begin_frame();
      continue;
    }
    const auto part = bytes.first(std::min(left_, bytes.size()));
    bytes = bytes.subspan(part.size());
    left_ -= part.size();
    if (kind_ == FrameKind::kData) {
      handler_.data(part);
    } else {
      payload_ += as_text(part);
    }
    if (left_ == 0) dispatch();
  }
}

void FrameReader::begin_frame() {
  const auto kind = static_cast<unsigned char>(head_[0]);
  require(kind >= 1 && kind <= static_cast<unsigned>(FrameKind::kFault));
  kind_ = static_cast<FrameKind>(kind);
  left_ = static_cast<std::size_t>(number_at(head_, 1, 4));
  payload_.clear();
  const bool data = kind_ == FrameKind::kData;
  require(left_ <= (data ? kDataFrameMax : kOtherFrameMax));
  if (data) require(state_ == State::kInEntry && left_ > 0);
  if (left_ == 0) dispatch();
}

void FrameReader::dispatch() {
  head_.clear();
  switch (kind_) {
    case FrameKind::kFormat:
      require(state_ == State::kStart && payload_.size() == 1 && payload_[0] >= 1 &&
              payload_[0] <= static_cast<char>(ContainerFormat::kRar));
      state_ = State::kBetween;
      return handler_.format(static_cast<ContainerFormat>(payload_[0]));
    case FrameKind::kEntry:
      return dispatch_entry();
    case FrameKind::kData:
      return;
    case FrameKind::kEntryEnd:
      require(state_ == State::kInEntry && payload_.empty());
      state_ = State::kBetween;
      return handler_.entry_end();
    case FrameKind::kFinish:
      require(state_ == State::kBetween && payload_.size() == 8);
      state_ = State::kFinished;
      return handler_.finish(number_at(payload_, 0, 8));
    case FrameKind::kFault:
      require(!payload_.empty() && payload_[0] >= 1 &&
              payload_[0] <= static_cast<char>(UnpackFault::kReadFailed));
      state_ = State::kFinished;
      return handler_.fault(static_cast<UnpackFault>(payload_[0]),
                            std::string_view(payload_).substr(1));
  }
}

void FrameReader::dispatch_entry() {
  require(state_ == State::kBetween && payload_.size() >= kEntryHeadBytes);
  const auto type = static_cast<unsigned char>(payload_[0]);
  const auto encrypted = static_cast<unsigned char>(payload_[1]);
  const auto flags = static_cast<unsigned char>(payload_[2]);
  require(type >= 1 && type <= static_cast<unsigned>(EntryType::kSpecial));
  require(encrypted <= 1 && flags <= (kHasBytes | kHasTime));
  EntryFrame entry;
  entry.type = static_cast<EntryType>(type);
  entry.encrypted = encrypted == 1;
  if ((flags & kHasBytes) != 0) entry.bytes = number_at(payload_, 3, 8);
  if ((flags & kHasTime) != 0) {
    entry.modified_s = static_cast<std::int64_t>(number_at(payload_, 11, 8));
  }
  entry.name = std::string_view(payload_).substr(kEntryHeadBytes);
  state_ = State::kInEntry;
  handler_.entry(entry);
}

}  // namespace anjuan::packager
