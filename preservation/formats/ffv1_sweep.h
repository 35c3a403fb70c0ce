#pragma once
// Finds damage in a stored FFV1 copy without decoding it, and says where in time it is.
//
// For fixity sweeps: a digest says that a file is damaged, this says which picture, which part of
// it and at which second, so that a person can judge and a replica can be asked for exactly that.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/finding.h"
#include "core/progress.h"
#include "core/sandbox.h"
#include "preservation/formats/av_source.h"
#include "preservation/formats/ffv1_crc.h"

namespace anjuan::formats {

struct Ffv1Damage {
  std::uint64_t frame = 0;   ///< from 0, of its track
  std::uint32_t slice = 0;   ///< from 0
  std::uint32_t slices = 0;  ///< of this frame, as far as they were found
  std::int64_t time_ms = 0;
  SliceDamage damage = SliceDamage::kCheckSum;
};

struct Ffv1Sweep {
  static constexpr std::size_t kDamageMax = 1000;  ///< listed; all are counted

  std::optional<MediaFault> fault;  ///< no Matroska file, or the child did not end well
  std::uint64_t frames = 0;
  std::uint64_t slices = 0;
  std::uint64_t damaged = 0;    ///< slices, or frames whose slices cannot be found
  std::uint64_t structure = 0;  ///< places where the container makes no sense
  std::uint64_t laced = 0;      ///< blocks that were not looked into
  bool has_check_sums = false;  ///< false: nothing was checked, which is not "sound"
  std::vector<Ffv1Damage> damage;

  bool sound() const {
    return !fault && has_check_sums && damaged == 0 && structure == 0 && laced == 0;
  }
};

/// In a sandboxed child. Throws Error(kNotFound | kIo | kCannotCheck | kInterrupted).
Ffv1Sweep sweep_ffv1(const std::filesystem::path& path, SandboxLevel least, Progress& progress);

/// What verify and the sweeps report: one finding a damaged slice, code "FFV1-CRC", `where` =
/// `subject` and time; one of result kNotChecked if nothing could be checked.
Findings findings_of(const Ffv1Sweep& sweep, const std::string& subject);

/// The same in this process; for the worker and the bench.
Ffv1Sweep sweep_ffv1_descriptor(int descriptor,
                                const std::function<void(std::uint64_t)>& on_position);

}  // namespace anjuan::formats
