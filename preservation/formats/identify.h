#pragma once
// What a file is: its PRONOM format, how that is known, and what speaks against it.
//
// The trusted side compares byte signatures in the first and last bytes of a file; members of ZIP
// and OLE2 containers and libmagic's second opinion come from sandboxed children. Formats come
// from our own table, which is compiled in, or from PRONOM's files where they are given: then our
// table adds the formats that PRONOM has not ("local/...") and answers where PRONOM knows nothing.
// There is always a result: what cannot be read, is damaged or unknown is said in `findings`
// (docs/adr/0050-identification.md).

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/durable.h"
#include "core/finding.h"
#include "core/sandbox.h"

namespace anjuan::formats {

/// How a format is known, strongest last.
enum class Basis {
  kNone,       ///< not known
  kExtension,  ///< by the end of its name alone: a hint, not an identification
  kText,       ///< every byte that was looked at is text; the name says of which kind
  kSignature,
  kContainer,  ///< by the members of a container
};

std::string_view basis_word(Basis basis);  ///< "none", "extension", "text", ...

/// What libmagic says of the same bytes.
enum class Opinion {
  kNone,           ///< not asked, no answer, or one that says nothing
  kNotComparable,  ///< no media type is known for the format
  kAgrees,
  kDisagrees,
};

std::string_view opinion_word(Opinion opinion);  ///< "none", "not_comparable", ...

struct FormatName {
  std::string puid;  ///< "fmt/199", "local/ofd"
  std::string name;
  std::string version;
  std::string mime;
};

struct Identification : FormatName {
  Basis basis = Basis::kNone;
  std::string
      charset;  ///< of text: "US-ASCII", "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"; else ""
  Opinion opinion = Opinion::kNone;
  std::string opinion_mime;            ///< as libmagic said it
  std::vector<FormatName> candidates;  ///< if more than one format is as likely
  Findings findings;                   ///< codes IDENTIFY-..., `where` is the file's name

  bool identified() const { return basis >= Basis::kText && !puid.empty(); }
};

struct IdentifierSources {
  std::optional<std::filesystem::path> pronom;      ///< a DROID signature file
  std::optional<std::filesystem::path> containers;  ///< a DROID container signature file
  bool ask_magic = true;
  SandboxLevel least = SandboxLevel::kLeast;

  /// The newest of DROID's files in a folder ("DROID_SignatureFile_V122.xml",
  /// "container-signature-20260119.xml"); none if it has none or is not there.
  static IdentifierSources in_folder(const std::filesystem::path& folder);
};

/// An open file and the name that people know it by.
struct NamedFile {
  const FileHandle* file = nullptr;
  std::string name;
};

/// Thread-safe: many threads may ask one Identifier.
class Identifier {
 public:
  /// Throws Error(kNotFound | kInvalid | kRefused) for signature files that cannot be used.
  static Identifier open(const IdentifierSources& sources = {});
  ~Identifier();
  Identifier(Identifier&&) noexcept;
  Identifier& operator=(Identifier&&) = delete;

  /// Throws Error(kNotFound | kIo | kRefused) if the file cannot be opened, and Error(kCannotCheck)
  /// if no child may run here; anything else is a result.
  Identification identify(const std::filesystem::path& path) const;
  /// The same for files that are open already; one child answers for libmagic about all of them.
  std::vector<Identification> identify_all(std::span<const NamedFile> files) const;

  /// "PRONOM 122" or "anjuan 1": the signatures that were compared with, for PREMIS.
  std::string version() const;

 private:
  struct State;
  explicit Identifier(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace anjuan::formats
