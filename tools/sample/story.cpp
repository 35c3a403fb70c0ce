#include "tools/sample/story.h"

#include "tools/sample/resources.h"

namespace anjuan::sample {

namespace {

const Json* part_of(std::string_view cause, std::string_view key) {
  if (const Json* story = story_of(cause)) {
    if (const Json* part = story->find(key)) return part;
  }
  const Json* general = sample_text("story_any");
  return general == nullptr ? nullptr : general->find(key);
}

}  // namespace

const Json* story_of(std::string_view cause) {
  const Json* stories = sample_text("stories");
  if (stories == nullptr) return nullptr;
  for (const Json& story : stories->items()) {
    if (cause.find(story.text_or("match", "\n")) != std::string_view::npos) return &story;
  }
  return nullptr;
}

std::vector<Json> story_list(const Facts& facts, std::string_view key) {
  const Json* part = part_of(facts.find("case.cause").value_or(""), key);
  if (part == nullptr) return {};
  return part->is_array() ? part->items() : std::vector<Json>{*part};
}

std::string story_text(std::string_view cause, std::string_view key) {
  const Json* part = part_of(cause, key);
  return part != nullptr && part->is_string() ? part->as_string() : "";
}

}  // namespace anjuan::sample
