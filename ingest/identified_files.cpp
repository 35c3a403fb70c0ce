#include "ingest/identified_files.h"

#include <algorithm>

#include "core/interrupt.h"
#include "ingest/describe.h"

namespace anjuan::ingest {

namespace {

/// Open at a time: one child for libmagic answers for all of them.
constexpr std::size_t kBatchFilesMax = 256;

std::string format_text(const formats::Identification& identification) {
  if (!identification.identified()) return "";
  return identification.version.empty() ? identification.name
                                        : identification.name + " " + identification.version;
}

void add(const GatheredFile& gathered, const formats::Identification& identification,
         IdentifiedFiles& out) {
  packager::DraftFile file = original_of(gathered);
  if (identification.identified()) {
    ++out.identified;
    file.puid = identification.puid;
    if (!identification.mime.empty()) file.mime = identification.mime;
  }
  out.files.push_back(std::move(file));
  out.formats.push_back(format_text(identification));
  out.findings.insert(out.findings.end(), identification.findings.begin(),
                      identification.findings.end());
}

}  // namespace

IdentifiedFiles identify_files(const std::vector<GatheredFile>& gathered,
                               const formats::Identifier& identifier) {
  IdentifiedFiles out;
  out.signatures = identifier.version();
  for (std::size_t begin = 0; begin < gathered.size(); begin += kBatchFilesMax) {
    stop_if_interrupted();
    const std::size_t count = std::min(kBatchFilesMax, gathered.size() - begin);
    std::vector<FileHandle> handles;
    std::vector<formats::NamedFile> named;
    handles.reserve(count);
    for (std::size_t i = begin; i < begin + count; ++i) {
      handles.push_back(FileHandle::open_read(gathered[i].staged));
      named.push_back({&handles.back(), gathered[i].path});
    }
    const auto answers = identifier.identify_all(named);
    for (std::size_t i = 0; i < count; ++i) add(gathered[begin + i], answers.at(i), out);
  }
  return out;
}

}  // namespace anjuan::ingest
