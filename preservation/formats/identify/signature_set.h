#pragma once
// The formats that are known and how each is recognised: our own table, or PRONOM's files.
//
// All three loaders read hostile input: whatever is off is refused with file and line
// (Error(kInvalid)), and sizes are bounded.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "preservation/formats/identify/signature.h"

namespace anjuan::formats {

inline constexpr std::size_t kFormatsMax = 20'000;
inline constexpr std::size_t kSignaturesMax = 20'000;
inline constexpr std::size_t kSequencesMax = 64;      ///< of one signature
inline constexpr std::size_t kStepsMax = 128;         ///< of one sequence
inline constexpr std::size_t kStepChoicesMax = 1024;  ///< of one step
inline constexpr std::size_t kMembersMax = 64;        ///< of one container signature
inline constexpr std::uint64_t kSignatureFileBytesMax = 64ULL * 1024 * 1024;

/// Formats that are not in PRONOM have names of ours in this name space.
inline constexpr std::string_view kLocalPrefix = "local/";

enum class ContainerKind : std::uint8_t { kZip, kOle2 };

std::string_view container_word(ContainerKind kind);  ///< "zip", "ole2"

struct Format {
  std::string puid;
  std::string name;
  std::string version;
  std::string mime;
  std::vector<std::string> extensions;     ///< lower case, without a dot
  std::vector<std::string> over;           ///< PUIDs that give way to this one
  bool has_signature = false;              ///< a file without it is not of this format
  std::optional<ContainerKind> container;  ///< a hit asks for a look at the members
};

/// A member that must be there, and if there are signatures one of them must be found in it.
struct MemberRule {
  std::string path;
  std::vector<Signature> any_of;
};

struct ContainerSignature {
  ContainerKind kind = ContainerKind::kZip;
  std::vector<MemberRule> members;
  std::size_t format = 0;
};

/// What a container holds under the paths that were asked for.
using Members = std::map<std::string, FileWindows, std::less<>>;

class SignatureSet {
 public:
  /// The table that is compiled in (schemas/policy/signatures.json).
  static const SignatureSet& own();
  static SignatureSet from_json(std::string_view text, const std::string& subject);

  struct NamedText {
    std::string name;
    std::string text;
  };

  /// A DROID signature file and, if given, a DROID container signature file.
  static SignatureSet from_droid(const NamedText& signatures,
                                 const std::optional<NamedText>& containers);
  static SignatureSet from_pronom(const std::filesystem::path& signatures,
                                  const std::optional<std::filesystem::path>& containers);

  /// Adds the formats of `other` that have names in our own name space.
  void add_local(const SignatureSet& other);

  const std::vector<Format>& formats() const { return formats_; }

  const Format* find(std::string_view puid) const;

  using Hits = std::vector<const Format*>;

  struct ByteHits {
    Hits formats;  ///< without those that give way to another of them
    /// The kinds of container to look into: of every hit, also of one that gave way.
    std::vector<ContainerKind> containers;
  };

  /// Formats whose byte signature is found.
  ByteHits by_bytes(const FileWindows& windows) const;
  /// Formats whose members are found, without those that give way.
  Hits by_members(ContainerKind kind, const Members& members) const;
  /// Formats of the extension (lower case), with a signature or without.
  Hits by_extension(std::string_view extension) const;
  std::vector<std::string> wanted_members(ContainerKind kind) const;
  /// The kind of container whose members show the format; nothing if none does.
  std::optional<ContainerKind> container_of(const Format& format) const;

  std::size_t signatures() const { return binaries_.size(); }

  /// What the signatures came from, e.g. "PRONOM 122".
  const std::string& version() const { return version_; }

  // For the loaders.
  std::size_t add(Format format);
  void add(Signature signature, std::size_t format);
  void add(ContainerSignature signature);

  void set_version(std::string version) { version_ = std::move(version); }

  Format& format(std::size_t number) { return formats_[number]; }

  std::optional<std::size_t> number_of(std::string_view puid) const;

 private:
  struct Binary {
    Signature signature;
    std::size_t format = 0;
  };

  Hits without_lesser(Hits hits) const;
  std::vector<std::size_t> all_by_bytes(const FileWindows& windows) const;

  std::string version_;
  std::vector<Format> formats_;
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::vector<Binary> binaries_;
  std::vector<ContainerSignature> containers_;
};

std::string lower_ascii(std::string_view text);

/// Throws the Error(kInvalid) of the loaders; `why` is a message id.
[[noreturn]] void refuse_signatures(const PatternPlace& place, std::string_view why,
                                    const std::string& what = {});

}  // namespace anjuan::formats
