#include "preservation/formats/derivation_json.h"

#include "core/error.h"

namespace anjuan::formats {

namespace {

constexpr std::uint64_t DerivedStream::*kCounts[] = {
    &DerivedStream::frames, &DerivedStream::samples, &DerivedStream::times_made,
    &DerivedStream::holes};
constexpr std::string DerivedStream::*kWords[] = {&DerivedStream::source_codec,
                                                  &DerivedStream::codec, &DerivedStream::kind,
                                                  &DerivedStream::action};

const Json& kept(const Json& json, std::string_view key) {
  const Json* found = json.find(key);
  if (found == nullptr) throw Error(ErrorCode::kInvalid, std::string(key), "no kept result");
  return *found;
}

const Json& kept(const Json& list, std::size_t index) {
  if (index >= list.items().size()) throw Error(ErrorCode::kInvalid, "list", "no kept result");
  return list.items()[index];
}

Json count(std::uint64_t value) { return Json::integer(static_cast<std::int64_t>(value)); }

std::uint64_t count_from(const Json& json) { return static_cast<std::uint64_t>(json.as_integer()); }

/// So that the same number comes back.
Json exact(double value) { return Json::number(fmt::format("{:.17g}", value)); }

Json to_json(const DerivedStream& stream) {
  Json list = Json::array({Json::integer(stream.source_stream)});
  for (const auto word : kWords) list.append(Json::string(stream.*word));
  for (const auto number : kCounts) list.append(count(stream.*number));
  return list;
}

DerivedStream derived_stream_from(const Json& json) {
  DerivedStream stream;
  std::size_t at = 0;
  stream.source_stream = static_cast<int>(kept(json, at++).as_integer());
  for (const auto word : kWords) stream.*word = kept(json, at++).as_string();
  for (const auto number : kCounts) stream.*number = count_from(kept(json, at++));
  return stream;
}

DerivationOutcome outcome_from(const std::string& word) {
  for (const auto outcome : {DerivationOutcome::kMade, DerivationOutcome::kSkipped}) {
    if (outcome_word(outcome) == word) return outcome;
  }
  return DerivationOutcome::kRefused;
}

std::filesystem::path file_from(const Json& name, const std::filesystem::path& folder) {
  // A name, never a path: what was kept must not lead elsewhere.
  const std::filesystem::path file = std::filesystem::path(name.as_string()).filename();
  return file.empty() ? file : folder / file;
}

}  // namespace

Json to_json(const SandboxReport& report) {
  return Json::object({{"level", Json::integer(static_cast<int>(report.level))},
                       {"detail", Json::string(report.detail)}});
}

SandboxReport sandbox_report_from(const Json& json) {
  const std::int64_t level = kept(json, "level").as_integer();
  if (level < 0 || level > static_cast<int>(SandboxLevel::kFull)) {
    throw Error(ErrorCode::kInvalid, "level", "no kept result");
  }
  return {static_cast<SandboxLevel>(level), kept(json, "detail").as_string()};
}

Json to_json(const DerivationResult& result) {
  Json streams = Json::array();
  for (const auto& stream : result.streams) streams.append(to_json(stream));
  Json left = Json::array();
  for (const auto& one : result.not_carried) {
    left.append(
        Json::array({Json::integer(one.stream), Json::string(one.kind), Json::string(one.codec)}));
  }
  return Json::object({{"outcome", Json::string(std::string(outcome_word(result.outcome)))},
                       {"reason", Json::string(result.reason)},
                       {"detail", Json::string(result.detail)},
                       {"because", Json::string(result.because)},
                       {"output", Json::string(result.output.filename().string())},
                       {"proof", Json::string(result.proof.filename().string())},
                       {"container", Json::string(result.container)},
                       {"streams", streams},
                       {"not_carried", left},
                       {"bytes", count(result.bytes)},
                       {"proof_bytes", count(result.proof_bytes)},
                       {"proof_lines", count(result.proof_lines)},
                       {"pictures_equal", Json::boolean(result.pictures_equal)},
                       {"sound_equal", Json::boolean(result.sound_equal)},
                       {"offset_s", exact(result.offset_s)},
                       {"measured_s", exact(result.measured_s)},
                       {"complaints", to_json(result.complaints)},
                       {"sandbox", to_json(result.sandbox)}});
}

DerivationResult derivation_from(const Json& json, const std::filesystem::path& folder) {
  DerivationResult result;
  result.outcome = outcome_from(kept(json, "outcome").as_string());
  result.reason = kept(json, "reason").as_string();
  result.detail = kept(json, "detail").as_string();
  result.because = kept(json, "because").as_string();
  result.output = file_from(kept(json, "output"), folder);
  result.proof = file_from(kept(json, "proof"), folder);
  result.container = kept(json, "container").as_string();
  for (const Json& one : kept(json, "streams").items()) {
    result.streams.push_back(derived_stream_from(one));
  }
  for (const Json& one : kept(json, "not_carried").items()) {
    result.not_carried.push_back({static_cast<int>(kept(one, 0).as_integer()),
                                  kept(one, 1).as_string(), kept(one, 2).as_string()});
  }
  result.bytes = count_from(kept(json, "bytes"));
  result.proof_bytes = count_from(kept(json, "proof_bytes"));
  result.proof_lines = count_from(kept(json, "proof_lines"));
  result.pictures_equal = kept(json, "pictures_equal").as_boolean();
  result.sound_equal = kept(json, "sound_equal").as_boolean();
  result.offset_s = kept(json, "offset_s").as_double();
  result.measured_s = kept(json, "measured_s").as_double();
  result.complaints = complaints_from(kept(json, "complaints"));
  result.sandbox = sandbox_report_from(kept(json, "sandbox"));
  return result;
}

}  // namespace anjuan::formats
