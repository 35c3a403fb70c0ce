#include "preservation/formats/photograph.h"

extern "C" {
#include <libavutil/frame.h>
}

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/frame_hash.h"
#include "preservation/formats/new_file.h"
#include "preservation/formats/picture_file.h"
#include "preservation/formats/proof.h"

namespace anjuan::formats {

namespace {

constexpr std::string_view kWorker = "photograph";

std::string read_descriptor(int descriptor) {
  struct stat status {};

  if (::fstat(descriptor, &status) != 0) throw MediaFault{MediaFaultKind::kUnreadable, "fstat"};
  if (static_cast<std::uint64_t>(status.st_size) > kPhotographBytesMax) {
    throw MediaFault{MediaFaultKind::kTooLarge, std::to_string(status.st_size)};
  }
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto got =
        ::pread(descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (got <= 0) throw MediaFault{MediaFaultKind::kUnreadable, "read"};
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

DecodedPicture decode(const std::string& file, const std::string& type) {
  const auto bytes = std::as_bytes(std::span(file));
  if (type == "jpeg") return decode_jpeg(bytes);
  if (type == "heic") return decode_heic(bytes);
  if (type == "png" || type == "tiff") return decode_with_libav(bytes, type);
  throw MediaFault{MediaFaultKind::kUnsupported, "picture"};
}

/// Writes the PNG, reads it back from the file and compares every pixel.
void write_png(const DecodedPicture& picture, const FrameHash& hash) {
  const std::string png = encode_png(*picture.frame);
  FileHandle file(kWorkerFile);
  file.write_all(std::as_bytes(std::span(png)), "png");
  file.release();  // Stays open: it is read back.
  const std::string again = read_descriptor(kWorkerFile);
  const DecodedPicture back = decode_with_libav(std::as_bytes(std::span(again)), "png");
  if (back.frame->format != picture.frame->format || hash_picture(*back.frame) != hash) {
    throw MediaFault{MediaFaultKind::kNotEqual, "PNG"};
  }
}

int work(const std::vector<std::string>& arguments) {
  reset_av_complaints();
  try {
    const std::string file = read_descriptor(kWorkerInput);
    const std::string type = photograph_type(std::string_view(file).substr(0, 64));
    const DecodedPicture picture = decode(file, type);
    const FrameHash hash = picture.frame ? hash_picture(*picture.frame) : FrameHash{};
    if (!arguments.empty() && arguments[0] == "png") write_png(picture, hash);
    const auto number = [](auto value) { return Json::integer(static_cast<std::int64_t>(value)); };
    tell_parent(
        Json::object({{"type", Json::string(type)},
                      {"width", number(picture.width)},
                      {"height", number(picture.height)},
                      {"pages", number(picture.pages)},
                      {"pixel_format", Json::string(picture.pixel_format)},
                      {"complaints", to_json(AvComplaints{picture.warnings, picture.first})},
                      {"sha256", Json::string(hash.sha256)},
                      {"pixel_bytes", number(hash.bytes)}}));
  } catch (const MediaFault& fault) {
    tell_parent(to_json(fault));
  }
  return 0;
}

const WorkerRegistration photograph_worker{kWorker, work};

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
  job.worker = kWorker;
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

std::string type_of(const FileHandle& input, const std::string& subject) {
  std::array<std::byte, 64> head{};
  const std::size_t count = input.read_some(head, subject);
  return photograph_type({reinterpret_cast<const char*>(head.data()), count});
}

void finish(DerivationResult& result, DerivationOutcome outcome, const std::string& reason,
            const DerivationJob& job, const std::string& detail) {
  result.outcome = outcome;
  result.reason = reason;
  result.message =
      say("transcode.reason_" + reason, {{"path", job.input.string()}, {"detail", detail}});
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
  const std::string type = type_of(input, job.input.string());
  const ImageRule* rule = policy.image(type);
  if (rule == nullptr) {
    finish(result, DerivationOutcome::kRefused, "unsupported", job, type);
    return result;
  }
  result.because = rule->because;
  if (!rule->to_png) {
    finish(result, DerivationOutcome::kSkipped, rule->because, job, "");
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
    finish(result, DerivationOutcome::kRefused, std::string(media_fault_word(fault.kind)), job,
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
  result.streams.push_back({0, type, "png", "picture", "png", 1, 0, 0, 0});
  result.proof_lines = 1;
  result.pictures_equal = result.sound_equal = true;
  result.bytes = bytes_of(output.handle());
  return result;
}

}  // namespace anjuan::formats
