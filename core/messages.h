#pragma once
// Every sentence that a user reads, by id, in Chinese and English (schemas/messages/*.json).
//
// One file per module: {"gather.link_refused": {"zh-CN": "... {path} ...", "en": "..."}}.
// A test proves that every id used in the code exists, in both languages, with the same names.

#include <initializer_list>
#include <string>
#include <string_view>

namespace anjuan {

enum class Language { kChinese, kEnglish };

/// The language of say(); Chinese until set. Set once, at program start.
void set_language(Language language);
Language language();

struct MessageArgument {
  std::string_view name;
  std::string value;
};

/// The sentence `id` in the current language with each {name} replaced.
/// Throws Error(kInternal) for an unknown id or a placeholder without a value.
std::string say(std::string_view id, std::initializer_list<MessageArgument> arguments = {});

/// The same in a given language: for texts that go into packages in both.
std::string say_in(Language language, std::string_view id,
                   std::initializer_list<MessageArgument> arguments = {});

}  // namespace anjuan
