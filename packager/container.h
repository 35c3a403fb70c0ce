#pragma once
// Reading foreign containers (zip, tar, tar.gz/xz/zst/bz2, 7z, rar) without trusting a byte of
// them.
//
// The container is opened once, read-only, and unpacked by a sandboxed child of this program; what
// the child tells is checked here again. The visitor gets the entries in the order in which they
// stand in the container, while it is read: no copy of the whole lies anywhere. Until
// read_container() has returned, nothing that the visitor got may be relied on: a container can
// turn out to be cut short at its last byte.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "core/clock.h"
#include "core/sandbox.h"
#include "packager/container_frames.h"
#include "packager/container_names.h"

namespace anjuan::packager {

struct ContainerLimits {
  std::uint64_t entries_max = 100'000;  ///< files and folders
  std::uint64_t bytes_max = 4ULL * 1024 * 1024 * 1024 * 1024;
  std::uint64_t ratio_max = 200;  ///< unpacked : packed, above kRatioFreeBytes
  std::uint32_t depth_max = 32;   ///< folders above a file
};

/// So much may come out of any container, however small: blank forms and texts pack very well.
inline constexpr std::uint64_t kRatioFreeBytes = 64ULL * 1024 * 1024;

struct ContainerEntry {
  EntryType type = EntryType::kFile;  ///< kFile or kFolder, nothing else comes through
  std::string path;                   ///< safe (container_names.h), unique in the container
  std::string raw_name;               ///< the bytes as they stand in the container
  NameOrigin origin = NameOrigin::kUtf8;
  std::optional<std::uint64_t> bytes;  ///< as declared; what comes is as long, or an Error
  std::optional<Instant> modified;     ///< zip times without a zone are taken as +08:00
};

class ContainerVisitor {
 public:
  virtual ~ContainerVisitor() = default;
  virtual void begin(const ContainerEntry& entry) = 0;
  virtual void data(std::span<const std::byte> block) = 0;
  virtual void end() = 0;
};

struct ContainerSummary {
  ContainerFormat format = ContainerFormat::kZip;
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;  ///< of all files, unpacked
  SandboxReport sandbox;    ///< what the child was confined by (goes into the PREMIS event)
};

/// Throws Error(kRefused) for what is hostile or forbidden (links, devices, climbing or absolute
/// names, duplicates, bombs, passwords), Error(kInvalid) for a file that is no such container or is
/// damaged or cut short, Error(kCannotCheck) if `least` cannot be reached on this machine,
/// Error(kConflict) if the file changes meanwhile; whatever the visitor throws goes through.
ContainerSummary read_container(const std::filesystem::path& path, const ContainerLimits& limits,
                                SandboxLevel least, ContainerVisitor& visitor);

/// The same rules over frames from anywhere (tests and the fuzzer): everything but the child.
class ContainerGate final : public FrameHandler {
 public:
  ContainerGate(std::string source, std::uint64_t packed_bytes, const ContainerLimits& limits,
                ContainerVisitor& visitor);

  void format(ContainerFormat format) override;
  void entry(const EntryFrame& frame) override;
  void data(std::span<const std::byte> block) override;
  void entry_end() override;
  void finish(std::uint64_t entries) override;
  [[noreturn]] void fault(UnpackFault fault, std::string_view detail) override;

  bool complete() const { return complete_; }

  const ContainerSummary& summary() const { return summary_; }

 private:
  [[noreturn]] void refuse(std::string_view message_id, const std::string& name) const;
  void check_type(const EntryFrame& frame) const;
  void claim(const std::string& path, EntryType type);
  void count_bytes(std::uint64_t bytes);

  std::string source_;
  std::uint64_t packed_bytes_;
  ContainerLimits limits_;
  ContainerVisitor& visitor_;
  NameRules rules_;
  std::map<std::string, EntryType> taken_;  ///< paths and the folders above them
  ContainerEntry current_;
  std::uint64_t current_bytes_ = 0;
  bool skipping_ = false;  ///< the root folder's own entry
  bool complete_ = false;
  ContainerSummary summary_;
};

}  // namespace anjuan::packager
