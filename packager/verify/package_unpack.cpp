#include "packager/verify/package_unpack.h"

#include <set>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/scratch_folder.h"
#include "packager/container.h"

namespace anjuan::packager {

namespace {

namespace fs = std::filesystem;

/// Writes the entries below a folder.
class Unpacker final : public ContainerVisitor {
 public:
  Unpacker(fs::path folder, std::string source)
      : folder_(std::move(folder)), source_(std::move(source)) {}

  void begin(const ContainerEntry& entry) override {
    const auto target = folder_ / entry.path;
    const auto slash = entry.path.find('/');
    top_.insert(entry.path.substr(0, slash));
    loose_ |= slash == entry.path.npos && entry.type == EntryType::kFile;
    if (entry.type == EntryType::kFolder) {
      fs::create_directories(target);
      return;
    }
    fs::create_directories(target.parent_path());
    need(entry.bytes.value_or(0));
    file_ = FileHandle::create(target);
    name_ = entry.path;
  }

  void data(std::span<const std::byte> block) override {
    // The declared size was checked; one that was not declared is checked as it grows.
    constexpr std::uint64_t kCheckEveryBytes = 16ULL * 1024 * 1024;
    written_ += block.size();
    if (written_ >= kCheckEveryBytes) {
      need(kCheckEveryBytes);
      written_ = 0;
    }
    file_.write_all(block, name_);
  }

  void end() override { file_.close(); }

  /// The only folder at the top, or "".
  std::string root() const { return top_.size() == 1 && !loose_ ? *top_.begin() : ""; }

 private:
  void need(std::uint64_t bytes) const {
    const auto free = fs::space(folder_).available;
    if (free >= kUnpackSpareBytes && bytes <= free - kUnpackSpareBytes) return;
    throw Error(
        ErrorCode::kNoSpace, source_,
        say("eark.no_space", {{"path", source_}, {"folder", folder_.parent_path().string()}}));
  }

  fs::path folder_;
  std::string source_;
  std::set<std::string> top_;
  bool loose_ = false;
  FileHandle file_;
  std::string name_;
  std::uint64_t written_ = 0;
};

}  // namespace

UnpackedContainer unpack_package(const fs::path& container) {
  constexpr std::uint64_t kEntriesMax = 1'000'000;
  const auto scratch = std::make_shared<const ScratchFolder>("verify");
  ContainerLimits limits;
  limits.entries_max = kEntriesMax;
  Unpacker unpacker(scratch->path(), container.string());
  const auto summary = read_container(container, limits, SandboxLevel::kLeast, unpacker);
  return {scratch->path(), unpacker.root(), std::string(format_word(summary.format)), scratch};
}

}  // namespace anjuan::packager
