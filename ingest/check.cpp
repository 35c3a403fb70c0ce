#include "ingest/accession.h"
#include "ingest/stages.h"

namespace anjuan::ingest {

std::string_view step_state_word(StepState state) {
  constexpr std::string_view kWords[] = {"done", "nothing_to_do", "not_checked"};
  return kWords[static_cast<std::size_t>(state)];
}

/// The rules of the law come with preservation/rules; until then nothing is judged, and the
/// verdict says so.
CheckedCase check(GatheredCase gathered, const Desk&) { return CheckedCase(std::move(gathered)); }

}  // namespace anjuan::ingest
