// Whatever a case declares, judging it in both depths and languages ends with an answer: no crash,
// no exception, each result with a message.
#include <cstdint>
#include <cstdlib>

#include "core/case/case_file.h"
#include "core/error.h"
#include "preservation/rules/due_list.h"

namespace {

using namespace anjuan;

/// Media that contradict whatever is declared of the first recordings.
const rules::MediaFactsById& media() {
  static const rules::MediaFactsById facts{
      {"V01",
       {parse_instant("2025-06-17T09:04:30"),
        5790.0,
        anjuan::rules::Continuity::kUninterrupted,
        {},
        {},
        {}}},
      {"V02", {{}, 1.5, anjuan::rules::Continuity::kNeedsPerson, {}, {}, {}}}};
  return facts;
}

void judge_all_ways(const CaseFile& file) {
  static const auto law = rules::LawBook::load();
  rules::CaseDueList due(law);
  for (const auto language : {Language::kChinese, Language::kEnglish}) {
    rules::JudgeOptions options;
    options.language = language;
    options.media = language == Language::kEnglish ? &media() : nullptr;
    const auto judgement = rules::judge(file, law, options);
    for (const auto& result : judgement.results) {
      if (result.message.empty() || result.object.empty()) std::abort();
    }
    due.add(file, judgement);
  }
  due.due(parse_instant("2026-11-26"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    auto declared = Json::parse(text, "fuzz.json");
    const auto full = CaseFile::from_value(declared, "fuzz.json");
    declared.set("depth", Json::string("basic"));
    const auto basic = CaseFile::from_value(std::move(declared), "fuzz.json");
    try {
      judge_all_ways(full);
      judge_all_ways(basic);
    } catch (const Error&) {
      std::abort();  // the judge never throws for what a case declares
    }
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kInternal) std::abort();
  }
  return 0;
}
