#include "preservation/formats/ffv1_sweep.h"

#include <map>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/matroska_blocks.h"
#include "preservation/formats/media_facts.h"

namespace anjuan::formats {

namespace {

constexpr std::string_view kWorker = "ffv1-sweep";
constexpr std::int64_t kNsPerMs = 1'000'000;

void note(Ffv1Sweep& sweep, const FrameCheck& check, std::uint64_t frame, std::int64_t time_ms) {
  sweep.slices += check.slices;
  sweep.has_check_sums = sweep.has_check_sums || check.sound > 0;
  sweep.damaged += check.damaged.size();
  for (const DamagedSlice& one : check.damaged) {
    if (sweep.damage.size() == Ffv1Sweep::kDamageMax) return;
    sweep.damage.push_back({frame, one.slice, check.slices, time_ms, one.damage});
  }
}

Json to_json(const Ffv1Sweep& sweep) {
  const auto count = [](std::uint64_t value) {
    return Json::integer(static_cast<std::int64_t>(value));
  };
  Json damage = Json::array();
  for (const Ffv1Damage& one : sweep.damage) {
    damage.append(
        Json::array({count(one.frame), count(one.slice), count(one.slices),
                     Json::integer(one.time_ms), Json::integer(static_cast<int>(one.damage))}));
  }
  return Json::object({{"frames", count(sweep.frames)},
                       {"slices", count(sweep.slices)},
                       {"damaged", count(sweep.damaged)},
                       {"structure", count(sweep.structure)},
                       {"laced", count(sweep.laced)},
                       {"sums", Json::boolean(sweep.has_check_sums)},
                       {"damage", damage}});
}

std::uint64_t count_of(const Json& json, std::string_view key) {
  const Json* value = json.find(key);
  const std::int64_t number = value == nullptr ? -1 : value->as_integer();
  if (number < 0) throw Error(ErrorCode::kInvalid, "worker", say("transcode.child_nonsense"));
  return static_cast<std::uint64_t>(number);
}

Ffv1Damage damage_from(const Json& json) {
  const auto& parts = json.items();
  if (parts.size() != 5) throw Error(ErrorCode::kInvalid, "", say("transcode.child_nonsense"));
  const auto small = [&](std::size_t i) {
    return static_cast<std::uint32_t>(parts[i].as_integer());
  };
  const auto kind = std::min<std::uint32_t>(small(4), 2);
  return {static_cast<std::uint64_t>(parts[0].as_integer()), small(1), small(2),
          parts[3].as_integer(), static_cast<SliceDamage>(kind)};
}

Ffv1Sweep sweep_from(const Json& json) {
  Ffv1Sweep sweep;
  sweep.frames = count_of(json, "frames");
  sweep.slices = count_of(json, "slices");
  sweep.damaged = count_of(json, "damaged");
  sweep.structure = count_of(json, "structure");
  sweep.laced = count_of(json, "laced");
  sweep.has_check_sums = json.find("sums") != nullptr && json.find("sums")->as_boolean();
  const Json* damage = json.find("damage");
  for (std::size_t i = 0; damage != nullptr && i < damage->items().size(); ++i) {
    if (sweep.damage.size() < Ffv1Sweep::kDamageMax) {
      sweep.damage.push_back(damage_from(damage->items()[i]));
    }
  }
  return sweep;
}

int work(const std::vector<std::string>&) {
  constexpr std::uint64_t kTellEvery = 16 * 1024 * 1024;
  std::uint64_t told = 0;
  try {
    const Ffv1Sweep sweep = sweep_ffv1_descriptor(kWorkerInput, [&told](std::uint64_t position) {
      if (position < told + kTellEvery) return;
      told = position;
      tell_parent(Json::object({{"at", Json::integer(static_cast<std::int64_t>(position))}}));
    });
    tell_parent(to_json(sweep));
  } catch (const MediaFault& fault) {
    tell_parent(to_json(fault));
  }
  return 0;
}

const WorkerRegistration sweep_worker{kWorker, work};

/// What the child says, line by line.
void take(std::string_view line, Ffv1Sweep& sweep, std::uint64_t& position, Progress& progress) {
  const Json json = Json::parse(line, "worker");
  if (json.find("at") != nullptr) {
    const std::uint64_t at = count_of(json, "at");
    if (at > position) progress.advance(at - position);
    position = std::max(position, at);
  } else if (json.find("fault") != nullptr) {
    sweep.fault = fault_from(json);
  } else {
    sweep = sweep_from(json);
  }
}

std::string time_text(std::int64_t time_ms) {
  const std::int64_t ms = std::max<std::int64_t>(time_ms, 0);
  return fmt::format("{:02}:{:02}:{:02}.{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60,
                     ms % 1000);
}

Finding finding_of(const Ffv1Damage& one, const std::string& subject) {
  constexpr std::string_view kIds[] = {"transcode.slice_check_sum", "transcode.slice_status",
                                       "transcode.slice_layout"};
  const std::string time = time_text(one.time_ms);
  return {"FFV1-CRC",
          Severity::kError,
          "RFC 9043",
          fmt::format("{} {}", subject, time),
          say(kIds[static_cast<std::size_t>(one.damage)], {{"path", subject},
                                                           {"time", time},
                                                           {"frame", std::to_string(one.frame + 1)},
                                                           {"slice", std::to_string(one.slice + 1)},
                                                           {"slices", std::to_string(one.slices)}}),
          CheckResult::kFailed};
}

}  // namespace

Ffv1Sweep sweep_ffv1_descriptor(int descriptor,
                                const std::function<void(std::uint64_t)>& on_position) {
  MatroskaBlocks blocks(descriptor);
  if (!blocks.is_matroska()) throw MediaFault{MediaFaultKind::kUnreadable, "Matroska"};
  Ffv1Sweep sweep;
  std::map<std::uint64_t, std::uint64_t> frames;  // by track
  MatroskaBlock block;
  while (blocks.next(block)) {
    on_position(blocks.position());
    const auto& tracks = blocks.tracks();
    const bool ffv1 = std::any_of(tracks.begin(), tracks.end(), [&block](const auto& track) {
      return track.number == block.track && track.is_ffv1();
    });
    if (!ffv1) continue;
    ++sweep.frames;
    const std::uint64_t frame = frames[block.track]++;
    if (block.laced) {
      ++sweep.laced;
      continue;
    }
    note(sweep, check_frame(block.frame), frame, block.time_ns / kNsPerMs);
  }
  sweep.structure = blocks.damage().size();
  return sweep;
}

Ffv1Sweep sweep_ffv1(const std::filesystem::path& path, SandboxLevel least, Progress& progress) {
  const FileHandle file = FileHandle::open_read(path);
  const std::uint64_t bytes = bytes_of(file);
  progress.begin(say("transcode.sweep_step"), bytes);
  Ffv1Sweep sweep;
  sweep.fault = MediaFault{MediaFaultKind::kInternal, "no report"};
  std::uint64_t position = 0;
  SandboxJob job;
  job.worker = kWorker;
  job.input_descriptor = file.get();
  job.limits = media_limits(bytes);
  job.least = least;
  SandboxReport ignored;
  const auto fault = run_media_worker(
      job, [&](std::string_view line) { take(line, sweep, position, progress); }, ignored);
  if (fault) sweep.fault = fault;
  progress.end();
  return sweep;
}

Findings findings_of(const Ffv1Sweep& sweep, const std::string& subject) {
  Findings findings;
  if (sweep.fault || !sweep.has_check_sums) {
    const std::string detail = sweep.fault ? sweep.fault->detail : "";
    findings.push_back({"FFV1-CRC", Severity::kWarn, "RFC 9043", subject,
                        say("transcode.sweep_not_checked", {{"path", subject}, {"detail", detail}}),
                        CheckResult::kNotChecked});
    return findings;
  }
  for (const Ffv1Damage& one : sweep.damage) findings.push_back(finding_of(one, subject));
  if (sweep.structure != 0 || sweep.laced != 0 || sweep.damaged > sweep.damage.size()) {
    findings.push_back({"FFV1-CRC", Severity::kError, "RFC 9559", subject,
                        say("transcode.sweep_structure",
                            {{"path", subject},
                             {"places", std::to_string(sweep.structure + sweep.laced)},
                             {"slices", std::to_string(sweep.damaged)}}),
                        CheckResult::kFailed});
  }
  return findings;
}

}  // namespace anjuan::formats
