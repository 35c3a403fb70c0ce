#include "preservation/formats/ffv1_record.h"

#include "preservation/formats/ffv1_crc.h"

namespace anjuan::formats {

namespace {

constexpr std::size_t kCheckSumBytes = 4;
constexpr std::uint32_t kTableSetsMax = 8;
constexpr std::uint32_t kContextsMax = 0x8000;  ///< of both signs

constexpr Ffv1NumberStates fresh_states() {
  Ffv1NumberStates states{};
  for (auto& state : states) state = kFfv1StateAtStart;
  return states;
}

/// Reads the record field by field; the first that is not supported ends it.
class RecordReader {
 public:
  explicit RecordReader(std::span<const std::byte> bytes)
      : size_(bytes.size()),
        default_steps_(make_ffv1_steps(kFfv1DefaultOneStates)),
        decoder_(bytes, default_steps_) {}

  bool read(Ffv1Record& record) {
    return read_coder(record) && read_picture(record) && read_raster(record) &&
           read_tables(record) && read_states(record) && read_end() && is_sane(record);
  }

 private:
  std::uint32_t number() { return decoder_.read_unsigned(states_); }

  bool flag() { return decoder_.decide(states_[0]); }

  /// RFC 9043, 4.2.1 to 4.2.4.
  bool read_coder(Ffv1Record& record) {
    constexpr std::uint32_t kVersion = 3;
    constexpr std::uint32_t kFirstStable = 4;

    enum : std::uint32_t { kGolombRice, kDefaultTable, kOwnTable };

    if (number() != kVersion || number() < kFirstStable) return false;
    const std::uint32_t coder = number();
    if (coder != kDefaultTable && coder != kOwnTable) return false;
    Ffv1OneStates one_states = kFfv1DefaultOneStates;
    for (std::size_t i = 1; coder == kOwnTable && i < one_states.size(); ++i) {
      const std::int64_t state = one_states[i] + decoder_.read_signed(states_);
      if (state < 0 || state > 255) return false;
      one_states[i] = static_cast<std::uint8_t>(state);
    }
    record.steps = make_ffv1_steps(one_states);
    return true;
  }

  /// RFC 9043, 4.2.5 to 4.2.10.
  bool read_picture(Ffv1Record& record) {
    constexpr std::uint32_t kYCbCr = 0;
    constexpr std::uint32_t kBitsMin = 8;
    constexpr std::uint32_t kBitsMax = 16;
    constexpr std::uint32_t kShiftMax = 3;
    if (number() != kYCbCr) return false;
    const std::uint32_t bits = number();
    record.bits = static_cast<int>(bits);
    record.chroma = flag();
    record.h_shift = number();
    record.v_shift = number();
    const bool alpha = flag();
    return bits >= kBitsMin && bits <= kBitsMax && record.h_shift <= kShiftMax &&
           record.v_shift <= kShiftMax && !alpha;
  }

  /// RFC 9043, 4.2.11 and 4.2.12.
  bool read_raster(Ffv1Record& record) {
    const std::uint64_t across = std::uint64_t{number()} + 1;
    const std::uint64_t down = std::uint64_t{number()} + 1;
    if (across > kSlicesMax || down > kSlicesMax || across * down > kSlicesMax) return false;
    record.h_slices = static_cast<std::uint32_t>(across);
    record.v_slices = static_cast<std::uint32_t>(down);
    return true;
  }

  /// RFC 9043, 4.1 and 4.2.13.
  bool read_tables(Ffv1Record& record) {
    const std::uint32_t sets = number();
    if (sets == 0 || sets > kTableSetsMax) return false;
    record.contexts.resize(sets);
    for (Ffv1Contexts& set : record.contexts) {
      std::uint32_t scale = 1;
      for (auto& table : set.quantised) {
        const std::uint32_t levels = read_table(table, scale);
        if (levels == 0 || scale * (2 * levels - 1) > kContextsMax) return false;
        scale *= 2 * levels - 1;
      }
      set.count = (scale + 1) / 2;
    }
    return true;
  }

  /// One half is coded, as the lengths of its runs; the other is its mirror. 0 = no table.
  std::uint32_t read_table(std::array<std::int16_t, 256>& table, std::uint32_t scale) {
    constexpr std::size_t kHalf = 128;
    Ffv1NumberStates states = fresh_states();
    std::uint32_t levels = 0;
    for (std::size_t at = 0; at < kHalf; ++levels) {
      const std::size_t run = std::size_t{decoder_.read_unsigned(states)} + 1;
      if (run > kHalf - at) return 0;
      for (const std::size_t end = at + run; at < end; ++at) {
        table[at] = static_cast<std::int16_t>(scale * levels);
      }
    }
    for (std::size_t i = 1; i < kHalf; ++i) table[256 - i] = static_cast<std::int16_t>(-table[i]);
    table[kHalf] = static_cast<std::int16_t>(-table[kHalf - 1]);
    return levels;
  }

  /// RFC 9043, 4.2.14 and 4.2.15.
  bool read_states(Ffv1Record& record) {
    std::array<Ffv1NumberStates, 32> delta_states{};
    delta_states.fill(fresh_states());
    for (Ffv1Contexts& set : record.contexts) {
      constexpr std::size_t kEach = std::tuple_size_v<Ffv1NumberStates>;
      set.states.assign(set.count * kEach, kFfv1StateAtStart);
      if (!flag()) continue;
      for (std::size_t i = 0; i < set.states.size(); ++i) {
        const std::int64_t before = i < kEach ? kFfv1StateAtStart : set.states[i - kEach];
        const std::int64_t delta = decoder_.read_signed(delta_states[i % kEach]);
        set.states[i] = static_cast<std::uint8_t>(before + delta);
      }
    }
    return true;
  }

  /// RFC 9043, 4.2.16: check sums of slices. What stands behind `intra` is for the future.
  bool read_end() {
    const std::uint32_t check_sums = number();
    number();  // intra: the frame says itself whether it stands alone
    return check_sums == 1 && !decoder_.failed() && decoder_.taken() <= size_ + 1;
  }

  /// A state of 0 has no share in the range: nothing can be decided by it any more.
  static bool is_sane(const Ffv1Record& record) {
    std::array<bool, 256> seen{};
    std::vector<std::uint8_t> open = {kFfv1StateAtStart};
    for (const Ffv1Contexts& set : record.contexts) {
      for (const std::uint8_t state : set.states) {
        if (!seen[state]) open.push_back(state);
        seen[state] = true;
      }
    }
    while (!open.empty()) {
      const std::uint8_t state = open.back();
      open.pop_back();
      if (state == 0) return false;
      for (const std::size_t decision : {0U, 256U}) {
        const std::uint8_t next = record.steps[decision + state].next;
        if (!seen[next]) open.push_back(next);
        seen[next] = true;
      }
    }
    return true;
  }

  std::size_t size_;
  Ffv1Steps default_steps_;
  Ffv1RangeDecoder decoder_;
  Ffv1NumberStates states_ = fresh_states();
};

}  // namespace

std::optional<Ffv1Record> read_ffv1_record(std::span<const std::byte> record) {
  if (record.size() <= kCheckSumBytes || crc32_msb_first(record) != 0) return std::nullopt;
  Ffv1Record read;
  if (!RecordReader(record.first(record.size() - kCheckSumBytes)).read(read)) return std::nullopt;
  return read;
}

}  // namespace anjuan::formats
