#include "core/json.h"
#include "preservation/formats/media_facts.h"
#include "preservation/formats/transcode_worker.h"

namespace anjuan::formats {

namespace {

Json to_json(const OrderedTarget& target) {
  Json attachments = Json::array();
  for (const MuxAttachment& one : target.notes.attachments) {
    attachments.append(
        Json::array({Json::string(one.name), Json::string(one.mime), Json::string(one.text)}));
  }
  return Json::object({{"plan", formats::to_json(target.plan)},
                       {"tags", formats::to_json(target.notes.tags)},
                       {"chapters", formats::to_json(target.notes.chapters)},
                       {"attachments", attachments}});
}

}  // namespace

std::vector<std::string> worker_arguments(const std::vector<OrderedTarget>& targets,
                                          const std::optional<ObserverOptions>& observer) {
  Json list = Json::array();
  for (const OrderedTarget& target : targets) list.append(to_json(target));
  Json order = Json::object({{"targets", list}});
  if (observer) {
    order.set("observer", Json::array({Json::number(fmt::format("{}", observer->whole_s)),
                                       Json::number(fmt::format("{}", observer->tick_every_s))}));
  }
  const std::string text = order.dump();
  constexpr std::size_t kPart = 100'000;  // One argument of a program holds 128 KiB.
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < text.size(); at += kPart) parts.push_back(text.substr(at, kPart));
  return parts;
}

}  // namespace anjuan::formats
