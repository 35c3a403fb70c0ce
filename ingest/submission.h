#pragma once
// What a submission is: a folder, or a container of one, with case.json or case.xml and the files
// that it names (docs/formats/submission.md).

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/case/case_file.h"

namespace anjuan::ingest {

enum class SubmissionForm {
  kFolder,
  kContainer,    ///< any regular file; whether it can be read shows when it is read
  kDeclaration,  ///< a bare *.json or *.xml: can be judged, not taken in
};

struct Submission {
  std::filesystem::path path;  ///< real path, links in it followed
  SubmissionForm form = SubmissionForm::kFolder;
};

/// Throws Error(kNotFound) if there is nothing, Error(kRefused) for a device, pipe or socket.
Submission recognise_submission(const std::filesystem::path& path);

inline constexpr std::string_view kDeclarationJson = "case.json";
inline constexpr std::string_view kDeclarationXml = "case.xml";

/// Reads the declaration in `file`, JSON or XML by the ending of `name`.
/// Throws Error(kInvalid) if it is empty or no case, Error(kRefused) for one that is too large.
CaseFile read_declaration(const std::filesystem::path& file, const std::string& name);

/// Where in a set of files the submission lies and which of them declares the case.
struct Layout {
  std::string root;                     ///< "" or "FOLDER/": what all its paths begin with
  std::string declaration;              ///< "case.json" or "case.xml", below the root
  std::optional<std::string> bag = {};  ///< root of the BagIt bag around it, if it lies in one
  std::optional<std::string> sip = {};  ///< the same of an E-ARK SIP
};

/// `paths` are all files of the folder or container. In a container the root may be its single top
/// folder ("__MACOSX" does not count); in a BagIt bag it is data/ or the single folder in it, in an
/// E-ARK SIP the data/ of the representation that declares a case. Throws Error(kInvalid): no
/// declaration (and where one was looked for, and where one was seen), both of them, or a SIP
/// around no case or several. `source` is how messages call the submission.
Layout find_layout(const std::vector<std::string>& paths, SubmissionForm form,
                   const std::string& source);

/// Files that operating systems and office programs leave behind: Thumbs.db, .DS_Store, "~$x.doc",
/// "__MACOSX/...", "._x", desktop.ini. Kept like every original, but no content of the case.
bool is_litter(std::string_view path);

}  // namespace anjuan::ingest
