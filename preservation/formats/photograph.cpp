#include "preservation/formats/photograph.h"

#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/media_program.h"
#include "preservation/formats/new_file.h"
#include "preservation/formats/proof.h"

namespace anjuan::formats {

namespace {

std::int64_t number_of(const Json& json, std::string_view key) {
  const Json* value = json.find(key);
  const std::int64_t number = value == nullptr ? -1 : value->as_integer();
  if (number < 0) throw Error(ErrorCode::kInvalid, "worker", say("transcode.child_nonsense"));
  return number;
}

void take(std::string_view line, PhotographFacts& facts) {
  const Json json = Json::parse(line, "worker");
  if (json.find("fault") != nullptr) {
    facts.fault = fault_from(json);
    return;
  }
  const auto small = [&json](std::string_view key) {
    return static_cast<int>(std::min<std::int64_t>(number_of(json, key), INT32_MAX));
  };
  facts.type = json.text_or("type", "");
  facts.width = small("width");
  facts.height = small("height");
  facts.pages = small("pages");
  facts.shown = small("shown");
  if (facts.pages > kPagesMax || facts.shown >= std::max(facts.pages, 1)) {
    throw Error(ErrorCode::kInvalid, "worker", say("transcode.child_nonsense"));
  }
  facts.pixel_format = json.text_or("pixel_format", "");
  facts.sha256 = json.text_or("sha256", "");
  facts.pixel_bytes = static_cast<std::uint64_t>(number_of(json, "pixel_bytes"));
  if (const Json* complaints = json.find("complaints")) {
    const AvComplaints all = complaints_from(*complaints);
    facts.warnings = all.errors;
    facts.first = all.first;
  }
  facts.fault.reset();
}

PhotographFacts run(const FileHandle& input, int output, SandboxLevel least) {
  PhotographFacts facts;
  facts.fault = MediaFault{MediaFaultKind::kUnreadable, "no report"};
  SandboxJob job;
  job.worker = kPhotographWorker;
  job.program = kMediaProgram;
  if (output >= 0) job.arguments = {"png"};
  job.input_descriptor = input.get();
  job.output_file = output;
  job.limits = media_limits(0);
  if (output >= 0) job.limits.file_bytes = 8 * kPhotographBytesMax;
  job.least = least;
  const auto fault = run_media_worker(
      job, [&facts](std::string_view line) { take(line, facts); }, facts.sandbox);
  if (fault) facts.fault = fault;
  return facts;
}

void finish(DerivationResult& result, DerivationOutcome outcome, const std::string& reason,
            const DerivationJob& job, const std::string& detail) {
  result.outcome = outcome;
  result.reason = reason;
  result.detail = detail;
  result.message = reason_sentence(reason, job.input, detail);
}

void write_proof(NewFile& proof, const PhotographFacts& facts) {
  ProofStream stream;
  stream.time_base = {1, 25};  // what ffmpeg takes for a single picture
  stream.codec = "rawvideo";
  stream.width = facts.width;
  stream.height = facts.height;
  stream.source_codec = facts.type;
  ProofWriter writer([&proof](std::string_view text) { proof.write(text); }, {stream});
  writer.line({0, 0, 0, 1, facts.pixel_bytes, facts.sha256});
}

}  // namespace

std::string photograph_type_of(const FileHandle& file, const std::string& subject) {
  constexpr std::size_t kHeadBytes = 64;  // holds every signature that photograph_type() knows
  std::array<std::byte, kHeadBytes> head{};
  const std::size_t count = file.read_some(head, subject);
  return photograph_type({reinterpret_cast<const char*>(head.data()), count});
}

std::string photograph_type_of(const std::filesystem::path& path) {
  return photograph_type_of(FileHandle::open_read(path), path.string());
}

std::string photograph_type(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("\xFF\xD8\xFF"sv)) return "jpeg";
  if (head.starts_with("\x89PNG\r\n\x1A\n"sv)) return "png";
  if (head.starts_with("II*\0"sv) || head.starts_with("MM\0*"sv)) return "tiff";
  constexpr std::string_view kBrands[] = {"heic", "heix", "heim", "heis", "mif1", "hevc", "hevx"};
  if (head.size() < 12 || head.substr(4, 4) != "ftyp") return "";
  for (const auto brand : kBrands) {
    if (head.substr(8, 4) == brand) return "heic";
  }
  return "";
}

PhotographFacts check_photograph(const std::filesystem::path& path, SandboxLevel least) {
  return run(FileHandle::open_read(path), -1, least);
}

DerivationResult derive_photograph(const DerivationJob& job, const FormatPolicy& policy) {
  DerivationResult result;
  const FileHandle input = FileHandle::open_read(job.input);
  const std::string type = photograph_type_of(input, job.input.string());
  const ImageRule* rule = policy.image(type);
  if (rule == nullptr) {
    finish(result, DerivationOutcome::kRefused, "unsupported", job, type);
    return result;
  }
  result.because = rule->because;
  if (!rule->to_png) {
    const bool access = job.purpose == DerivationPurpose::kAccess;
    const std::string why = !access          ? rule->because
                            : type == "tiff" ? "on_demand"
                                             : "picture_serves";
    finish(result, DerivationOutcome::kSkipped, why, job, "");
    return result;
  }
  const auto proof_path =
      job.proof.empty() ? std::filesystem::path(job.output.string() + std::string(kProofSuffix))
                        : job.proof;
  NewFile output(job.output);
  NewFile proof(proof_path);
  const PhotographFacts facts = run(input, output.handle().get(), job.least);
  result.sandbox = facts.sandbox;
  if (facts.fault || facts.warnings != 0 || facts.sha256.empty()) {
    const MediaFault fault = facts.fault.value_or(
        MediaFault{MediaFaultKind::kDamaged, facts.first.empty() ? "" : facts.first.front()});
    const bool too_large = fault.kind == MediaFaultKind::kTooLarge;
    finish(result, DerivationOutcome::kRefused,
           too_large ? "picture_too_large" : std::string(media_fault_word(fault.kind)), job,
           fault.detail);
    return result;
  }
  write_proof(proof, facts);
  output.keep();
  proof.keep();
  result.outcome = DerivationOutcome::kMade;
  result.output = job.output;
  result.proof = proof_path;
  result.container = "png";
  result.streams.push_back({facts.shown, type, "png", "picture", "png", 1, 0, 0, 0});
  for (int other = 0; other < facts.pages; ++other) {
    if (other != facts.shown) result.not_carried.push_back({other, "picture", type});
  }
  result.proof_lines = 1;
  result.pictures_equal = result.sound_equal = true;
  result.bytes = bytes_of(output.handle());
  return result;
}

}  // namespace anjuan::formats
