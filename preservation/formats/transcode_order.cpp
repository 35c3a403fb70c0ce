#include "core/json.h"
#include "preservation/formats/media_facts.h"
#include "preservation/formats/transcode_worker.h"

namespace anjuan::formats {

std::vector<std::string> worker_arguments(const DerivationPlan& plan, const MuxNotes& notes) {
  Json attachments = Json::array();
  for (const MuxAttachment& one : notes.attachments) {
    attachments.append(
        Json::array({Json::string(one.name), Json::string(one.mime), Json::string(one.text)}));
  }
  const std::string text =
      Json::object({{"plan", to_json(plan)},
                    {"notes", Json::object({{"tags", to_json(notes.tags)},
                                            {"chapters", to_json(notes.chapters)},
                                            {"attachments", attachments}})}})
          .dump();
  constexpr std::size_t kPart = 100'000;  // One argument of a program holds 128 KiB.
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < text.size(); at += kPart) parts.push_back(text.substr(at, kPart));
  return parts;
}

}  // namespace anjuan::formats
