// anjuan probe: what files are and what is in them.
#include <set>

#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "core/digest.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/text.h"
#include "preservation/formats/continuity/continuity_json.h"
#include "preservation/formats/continuity/observe.h"
#include "preservation/formats/probe_json.h"

namespace anjuan::cli {

namespace {

namespace fs = std::filesystem;

struct ProbeVerbOptions {
  std::vector<std::string> files;
  std::string pronom;
  std::string containers;
  bool no_continuity = false;
};

/// The files that were named, else those of the home, if there is one.
formats::IdentifierSources sources_of(const Context& context, const ProbeVerbOptions& options) {
  auto sources = formats::IdentifierSources::in_folder(context.home_path() / "data" / "pronom");
  if (!options.pronom.empty()) {
    sources.pronom = options.pronom;
    sources.containers = std::nullopt;
  }
  sources.least = context.sandbox_least();
  if (!options.containers.empty()) sources.containers = options.containers;
  if (sources.containers && !sources.pronom) {
    throw Error(ErrorCode::kUsage, "probe", say("cli.probe.containers_alone"));
  }
  return sources;
}

std::string stream_line(const formats::StreamFacts& stream) {
  static const std::set<std::string> known{"video", "audio", "data", "subtitle"};
  const std::string kind = known.contains(stream.kind) ? stream.kind : "other";
  std::string line = fmt::format("{} {}", say("cli.probe.kind_" + kind), stream.codec);
  if (stream.kind == "data" && !stream.tag.empty()) line += " " + stream.tag;
  if (!stream.profile.empty()) line += fmt::format(" ({})", stream.profile);
  if (stream.width > 0) line += fmt::format(" {}x{}", stream.width, stream.height);
  if (!stream.frame_rate.empty()) line += fmt::format(" {} fps", stream.frame_rate);
  if (stream.rotation_deg != 0) line += fmt::format(" rot {}", stream.rotation_deg);
  if (stream.sample_rate > 0)
    line += fmt::format(" {} Hz x{}", stream.sample_rate, stream.channels);
  if (stream.duration_ms > 0) {
    line += fmt::format(" {:.3f} s", static_cast<double>(stream.duration_ms) / 1000);
  }
  return line;
}

void print_facts(const Context& context, const formats::Characteristics& facts) {
  if (facts.media) {
    for (const auto& stream : facts.media->streams) {
      context.print("  " + stream_line(stream));
    }
  }
  if (!facts.photo) return;
  const auto& photo = *facts.photo;
  if (!photo.taken.empty()) {
    context.print(say("cli.probe.taken",
                      {{"time", photo.taken}, {"camera", photo.make + " " + photo.model}}));
  }
  if (photo.latitude && photo.longitude) {
    context.print(say("cli.probe.place", {{"latitude", fmt::format("{:.6f}", *photo.latitude)},
                                          {"longitude", fmt::format("{:.6f}", *photo.longitude)}}));
  }
}

void print_format(const Context& context, const std::string& file, std::uint64_t bytes,
                  const formats::Identification& found) {
  const std::string basis(formats::basis_word(found.basis));
  const std::string name = found.puid.empty() ? say("cli.probe.unknown")
                           : found.version.empty()
                               ? found.name
                               : fmt::format("{} {}", found.name, found.version);
  context.print(say("cli.probe.format", {{"file", file},
                                         {"bytes", human_bytes(bytes)},
                                         {"format", name},
                                         {"puid", found.puid.empty() ? "-" : found.puid},
                                         {"mime", found.mime.empty() ? "-" : found.mime},
                                         {"basis", say("cli.probe.basis_" + basis)}}));
}

/// Pictures that move, or sound.
bool is_recording(const formats::Identification& found, const formats::Characteristics& facts) {
  if (!facts.media || found.mime.starts_with("image/")) return false;
  const auto& streams = facts.media->streams;
  return std::any_of(streams.begin(), streams.end(), [](const auto& stream) {
    return stream.kind == "video" || stream.kind == "audio";
  });
}

/// What `anjuan continuity` would say of this one file: printed, and as JSON.
Json probe_continuity(Context& context, const fs::path& path) {
  formats::JudgeInput input;
  input.segments.push_back(
      {path.filename().string(),
       formats::observe(path, {}, context.sandbox_least(), context.progress()).seen});
  const auto judged = formats::judge_continuity(input);
  for (const std::string& line : formats::lines_of(judged, input)) context.print("  " + line);
  return formats::to_json(judged, input);
}

void probe(Context& context, const formats::Identifier& identifier, const fs::path& path,
           const ProbeVerbOptions& options) {
  const FileHandle file = FileHandle::open_read(path);
  const formats::NamedFile named{&file, path.filename().string()};
  const auto found = std::move(identifier.identify_all({&named, 1}).front());
  const auto facts = formats::characterise(named, found, context.sandbox_least());
  const Digests digests = digest_file(path);
  Findings findings = found.findings;
  findings.insert(findings.end(), facts.findings.begin(), facts.findings.end());

  print_format(context, path.string(), digests.bytes, found);
  print_facts(context, facts);
  for (const Finding& finding : findings) context.print("  " + finding.message);

  std::vector<Json::Member> line{{"file", Json::string(path.string())}};
  for (auto& member : formats::members_of(found)) line.push_back(std::move(member));
  line.emplace_back("bytes", Json::integer(static_cast<std::int64_t>(digests.bytes)));
  line.emplace_back("sha512", Json::string(digests.sha512));
  line.emplace_back("sm3", Json::string(digests.sm3));
  for (auto& member : formats::members_of(facts)) line.push_back(std::move(member));
  if (!options.no_continuity && is_recording(found, facts)) {
    line.emplace_back("continuity", probe_continuity(context, path));
  }
  line.emplace_back("findings", formats::to_json(findings));
  context.emit(json_line(std::move(line)));
}

/// Of a file that could not be looked at. The others are not to blame.
int report(const Context& context, const std::string& file, const Error& error) {
  context.diagnose(error.what());
  context.emit(json_line({{"file", Json::string(file)},
                          {"error", Json::string(std::string(error_word(error.code())))},
                          {"message", Json::string(error.what())}}));
  return exit_status(error.code());
}

int run_probe(Context& context, const ProbeVerbOptions& options) {
  const auto identifier = formats::Identifier::open(sources_of(context, options));
  int worst = 0;
  for (const std::string& file : options.files) {
    try {
      probe(context, identifier, file, options);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::kInterrupted) throw;
      worst = std::max(worst, report(context, file, error));
    }
  }
  return worst;
}

}  // namespace

void declare_probe(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "probe");
  auto options = std::make_shared<ProbeVerbOptions>();
  verb->add_option("FILE", options->files, say("cli.probe.file"))->required();
  verb->add_option("--pronom", options->pronom, say("cli.probe.pronom"));
  verb->add_option("--container-signatures", options->containers, say("cli.probe.containers"));
  verb->add_flag("--no-continuity", options->no_continuity, say("cli.probe.no_continuity"));
  verb->callback([&action, options] {
    action = [options](Context& context) { return run_probe(context, *options); };
  });
}

}  // namespace anjuan::cli
