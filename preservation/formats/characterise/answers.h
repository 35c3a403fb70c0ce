#pragma once
// Questions to the sandboxed child "characterise", and what its answers are taken for.
//
// One child answers about one file, part by part, a line of JSON each. The part that brings it down
// has no answer; another child is asked for the parts behind it, unless the first tried what is
// forbidden to it: then the file is asked nothing more. Nothing of an answer is believed beyond its
// range, length, encoding and, of XML, form.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/durable.h"
#include "core/json.h"
#include "core/sandbox.h"
#include "preservation/formats/characterise.h"
#include "preservation/formats/media_program.h"

namespace anjuan::formats {

/// The parts, as the child is asked for them.
inline constexpr std::string_view kStreamsPart = "streams";
inline constexpr std::string_view kJpegPart = "photo-jpeg";
inline constexpr std::string_view kTiffPart = "photo-tiff";
inline constexpr std::string_view kHeifPart = "photo-heif";
inline constexpr std::string_view kMixPart = "xml-mix";
inline constexpr std::string_view kEbuCorePart = "xml-ebucore";

inline constexpr std::size_t kAnswersBytesMax = 8UL * 1024 * 1024;  ///< of one child
inline constexpr std::size_t kAnswerTextMax = 1000;                 ///< of one text, but for XML
inline constexpr std::size_t kExtensionXmlMax = 1024UL * 1024;
inline constexpr unsigned kStreamsMax = 64;
inline constexpr std::size_t kTagsMax = 100;
inline constexpr double kMicro = 1e6;  ///< degrees and metres travel as millionths, as integers

/// By part: what it was told, or how the child ended that was asked for it.
struct Answers {
  std::map<std::string, Json, std::less<>> told;
  std::map<std::string, SandboxEnd, std::less<>> ended;

  const Json* find(std::string_view part) const;
  /// True if a child was killed for a forbidden act.
  bool met_forbidden_act() const;
};

/// Which program has the worker: the media worker beside this one, or (in tests) this one.
struct AskedWorker {
  std::string program{kMediaProgram};
  std::string worker = "characterise";
};

/// Throws Error(kCannotCheck) below the level `least`, Error(kIo) if the program is missing.
Answers ask_parts(const FileHandle& file, std::vector<std::string> parts, SandboxLevel least,
                  const AskedWorker& asked = {});

/// The member as an integer within the bounds, else `fallback`.
std::int64_t number_in(const Json& object, std::string_view key, std::int64_t least,
                       std::int64_t most, std::int64_t fallback = 0);
/// The member as text without control characters, cut to kAnswerTextMax; "" if it is not one.
std::string text_in(const Json& object, std::string_view key);

/// Nothing if libav could not open the file.
std::optional<AvCharacteristics> media_facts_in(const Json& answer);
PhotoFacts photo_facts_in(const Json& answer);
/// Nothing if there is no well-formed XML of at most kExtensionXmlMax bytes.
std::optional<ExtensionXml> extension_in(const Json& answer, std::string_view part);

}  // namespace anjuan::formats
