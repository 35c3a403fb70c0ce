// The worker "characterise": a line of JSON for each part that it is asked for.
#include <cstdlib>

#include "core/sandbox.h"
#include "preservation/formats/characterise/answers.h"
#include "preservation/formats/characterise/worker_parts.h"

namespace anjuan::formats {

namespace {

Json read_part(ByteInput& input, std::string_view part) {
  if (part == kStreamsPart) return read_streams(input);
  if (part == kMixPart || part == kEbuCorePart) return read_xml(input, part);
  return read_photo(input, part);
}

int run_worker(const std::vector<std::string>& parts) {
  DescriptorInput input(kWorkerInput);
  for (const std::string& part : parts) {
    const std::string line = read_part(input, part).dump() + "\n";
    write_worker_output(std::as_bytes(std::span(line)));
  }
  return EXIT_SUCCESS;
}

const WorkerRegistration kRegistration{"characterise", run_worker};

}  // namespace

}  // namespace anjuan::formats
