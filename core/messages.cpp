#include "core/messages.h"

#include <map>

#include <nlohmann/json.hpp>

#include "core/embedded.h"
#include "core/error.h"

namespace anjuan {

namespace {

struct Sentence {
  std::string chinese;
  std::string english;
};

using Catalogue = std::map<std::string, Sentence, std::less<>>;

Language current_language = Language::kChinese;

Catalogue load_catalogue() {
  Catalogue catalogue;
  for (const auto path : embedded_paths("messages/")) {
    const auto file = nlohmann::json::parse(embedded(path));
    for (const auto& [id, texts] : file.items()) {
      catalogue[id] = {texts.at("zh-CN").get<std::string>(), texts.at("en").get<std::string>()};
    }
  }
  return catalogue;
}

std::string_view value_of(std::string_view id, std::string_view name,
                          std::initializer_list<MessageArgument> arguments) {
  for (const auto& argument : arguments) {
    if (argument.name == name) return argument.value;
  }
  throw Error(ErrorCode::kInternal, std::string(id),
              fmt::format("message {}: no value for {{{}}}", id, name));
}

}  // namespace

void set_language(Language language) { current_language = language; }

Language language() { return current_language; }

std::string say(std::string_view id, std::initializer_list<MessageArgument> arguments) {
  return say_in(current_language, id, arguments);
}

std::string say_in(Language language, std::string_view id,
                   std::initializer_list<MessageArgument> arguments) {
  static const Catalogue catalogue = load_catalogue();
  const auto found = catalogue.find(id);
  if (found == catalogue.end()) {
    throw Error(ErrorCode::kInternal, std::string(id), fmt::format("no message {}", id));
  }
  const auto& sentence = found->second;
  std::string_view rest = language == Language::kChinese ? sentence.chinese : sentence.english;
  std::string out;
  for (auto open = rest.find('{'); open != rest.npos; open = rest.find('{')) {
    const auto close = rest.find('}', open);
    out += rest.substr(0, open);
    out += value_of(id, rest.substr(open + 1, close - open - 1), arguments);
    rest.remove_prefix(close + 1);
  }
  out += rest;
  return out;
}

}  // namespace anjuan
