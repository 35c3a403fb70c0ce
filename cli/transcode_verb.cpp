// anjuan transcode: the policy's preservation copy of one recording, with its proof.
//
// Copy and proof grow in the folder OUT.part, where nobody takes them for a result. The proof gets
// its name first and the copy last: whatever ends this program, no copy is there without its proof.
#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/digest.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/fault_point.h"
#include "core/messages.h"
#include "core/text.h"
#include "packager/part_folder.h"
#include "preservation/formats/derivation_remarks.h"
#include "preservation/formats/photograph.h"
#include "preservation/formats/transcode.h"

namespace anjuan::cli {

namespace {

using namespace formats;
namespace fs = std::filesystem;

struct TranscodeVerbOptions {
  std::filesystem::path in;
  std::filesystem::path out;
  std::string as = "policy";
  bool access = false;
};

DerivationPurpose purpose_of(const TranscodeVerbOptions& options) {
  if (options.access || options.as == "access") return DerivationPurpose::kAccess;
  if (options.as == "remux") return DerivationPurpose::kRemux;
  if (options.as == "ffv1") return DerivationPurpose::kFfv1;
  return DerivationPurpose::kPreservation;
}

/// The policy of the home if there is one; the verb needs none.
std::optional<std::filesystem::path> home_if_any(const Context& context) {
  try {
    return context.open_home().path();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kHomeMissing) return std::nullopt;
    throw;
  }
}

/// Of the pictures, or of the sound where there are none.
const DerivedStream* leading(const DerivationResult& result) {
  for (const auto& stream : result.streams) {
    if (stream.kind == "video") return &stream;
  }
  return result.streams.empty() ? nullptr : &result.streams.front();
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json::null() : Json::string(text);
}

void emit(const Context& context, const TranscodeVerbOptions& options,
          const DerivationResult& result) {
  const DerivedStream* lead = leading(result);
  const bool made = result.outcome == DerivationOutcome::kMade;
  const bool proved = made && result.proof_lines > 0;
  Json left = Json::array();
  for (const auto& stream : result.not_carried) {
    left.append(Json::string(fmt::format("{} {} {}", stream.stream, stream.kind, stream.codec)));
  }
  Json remarks = Json::array();
  for (const auto& remark : remarks_on(result, options.in.string(), language())) {
    remarks.append(Json::string(remark));
  }
  std::uint64_t holes = 0;
  for (const auto& stream : result.streams) holes += stream.holes;
  const auto count = [](std::uint64_t value) {
    return Json::integer(static_cast<std::int64_t>(value));
  };
  context.emit(json_line({{"in", Json::string(options.in.string())},
                          {"out", text_or_null(result.output.string())},
                          {"codec", lead == nullptr ? Json::null() : Json::string(lead->codec)},
                          {"frames", count(lead == nullptr ? 0 : lead->frames)},
                          {"frame_hashes_equal", Json::boolean(proved && result.pictures_equal)},
                          {"audio_equal", Json::boolean(proved && result.sound_equal)},
                          {"proof", text_or_null(result.proof.string())},
                          {"outcome", Json::string(std::string(outcome_word(result.outcome)))},
                          {"reason", text_or_null(result.reason)},
                          {"message", text_or_null(result.message)},
                          {"bytes", count(result.bytes)},
                          {"errors", count(result.complaints.errors)},
                          {"holes", count(holes)},
                          {"not_carried", left},
                          {"remarks", remarks}}));
}

void print(const Context& context, const TranscodeVerbOptions& options,
           const DerivationResult& result) {
  if (result.outcome == DerivationOutcome::kSkipped) context.print(result.message);
  if (result.outcome == DerivationOutcome::kRefused) context.diagnose(result.message);
  if (result.outcome != DerivationOutcome::kMade) return;
  const DerivedStream* lead = leading(result);
  const std::string id = result.proof_lines > 0 ? "transcode.done" : "transcode.done_access";
  context.print(say(id, {{"in", options.in.string()},
                         {"out", result.output.string()},
                         {"codec", lead == nullptr ? "" : lead->codec},
                         {"frames", std::to_string(lead == nullptr ? 0 : lead->frames)},
                         {"bytes", human_bytes(result.bytes)},
                         {"proof", result.proof.string()}}));
  if (result.complaints.errors > 0) {
    const auto& first = result.complaints.first;
    context.diagnose(
        say("transcode.with_errors", {{"path", options.in.string()},
                                      {"errors", std::to_string(result.complaints.errors)},
                                      {"detail", first.empty() ? "" : first.front()}}));
  }
  for (const auto& remark : remarks_on(result, options.in.string(), language())) {
    context.print(remark);
  }
}

constexpr std::string_view kCopyPart = "copy";
constexpr std::string_view kProofPart = "proof";

fs::path proof_of(const fs::path& out) { return out.string() + std::string(kProofSuffix); }

bool is_there(const fs::path& path) { return fs::exists(fs::symlink_status(path)); }

void refuse_existing(const fs::path& path) {
  if (!is_there(path)) return;
  throw Error(ErrorCode::kConflict, path.string(),
              say("transcode.exists", {{"path", path.string()}}));
}

/// A proof without a copy is what a run left that was killed between the two names; then its
/// folder is there too, and the same recording gives the same proof again.
void refuse_existing_results(const fs::path& out) {
  refuse_existing(out);
  if (!is_there(out.string() + ".part")) refuse_existing(proof_of(out));
}

void place_proof(packager::PartFolder& part, const fs::path& proof) {
  if (!is_there(proof)) return part.place(kProofPart, proof);
  const bool is_same = digest_file(proof).sha512 == digest_file(part.path(kProofPart)).sha512;
  if (!is_same) refuse_existing(proof);
}

void publish(packager::PartFolder& part, const fs::path& out, DerivationResult& result) {
  refuse_existing(out);
  if (!result.proof.empty()) {
    result.proof = proof_of(out);
    place_proof(part, result.proof);
  }
  fault_point("transcode:proof-placed");
  part.place(kCopyPart, out);
  result.output = out;
}

DerivationResult make(Context& context, const TranscodeVerbOptions& options) {
  const FormatPolicy policy = FormatPolicy::load(home_if_any(context));
  const bool is_photograph = !photograph_type_of(options.in).empty();
  refuse_existing_results(options.out);
  packager::PartFolder part(options.out);
  DerivationJob job;
  job.least = context.sandbox_least();
  job.input = options.in;
  job.output = part.path(kCopyPart);
  job.proof = part.path(kProofPart);
  job.purpose = purpose_of(options);
  DerivationResult result =
      is_photograph ? derive_photograph(job, policy) : derive(job, policy, context.progress());
  if (result.outcome == DerivationOutcome::kMade) publish(part, options.out, result);
  return result;
}

/// As docs/cli.md: a copy that could not be written is the machine's failure, not the recording's.
int status_of(const DerivationResult& result) {
  if (result.outcome != DerivationOutcome::kRefused) return 0;
  const bool is_machine = result.reason == media_fault_word(MediaFaultKind::kWriteFailed);
  return exit_status(is_machine ? ErrorCode::kIo : ErrorCode::kRefused);
}

int run_transcode(Context& context, const TranscodeVerbOptions& options) {
  try {
    const DerivationResult result = make(context, options);
    print(context, options, result);
    emit(context, options, result);
    return status_of(result);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kInterrupted) throw;
    const std::string path = options.out.string();
    throw Error(error.code(), path, say("transcode.interrupted", {{"path", path}}));
  }
}

}  // namespace

void declare_transcode(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "transcode");
  auto options = std::make_shared<TranscodeVerbOptions>();
  verb->add_option("FILE", options->in, say("cli.transcode.in"))->required();
  verb->add_option("OUT", options->out, say("cli.transcode.out"))->required();
  auto* access = verb->add_flag("--access", options->access, say("cli.transcode.access"));
  verb->add_option("--as", options->as, say("cli.transcode.as"))
      ->check(CLI::IsMember({"policy", "ffv1", "remux", "access"}))
      ->excludes(access);
  verb->callback([&action, options] {
    action = [options](Context& context) { return run_transcode(context, *options); };
  });
}

}  // namespace anjuan::cli
