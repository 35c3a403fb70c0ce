#include "tools/sample/video.h"

#include "core/interrupt.h"
#include "tools/sample/clock_overlay.h"
#include "tools/sample/file_plan.h"
#include "tools/sample/movie_writer.h"
#include "tools/sample/speech.h"
#include "tools/sample/wav_writer.h"

namespace anjuan::sample {

namespace {

/// Where in its second the cut lies: away from the change of the clock, where it would be hardest
/// to see.
constexpr double kCutInSecond = 0.4;

/// The cut of a recording on the time of its file; after its end if there is none.
double cut_at(const RecordingJob& job) {
  return job.cut_s == 0 ? job.seconds : job.seconds / 2 + kCutInSecond;
}

/// What the recorder heard in second `done` of the file.
void fill_second(const RecordingJob& job, int done, SoundTrack& sound,
                 std::span<std::int16_t> samples) {
  if (done != static_cast<int>(cut_at(job))) return sound.fill(samples);
  const auto kept = static_cast<std::size_t>(kCutInSecond * kSampleRate);
  std::vector<std::int16_t> lost(static_cast<std::size_t>(job.cut_s) * kSampleRate);
  sound.fill(samples.first(kept));
  sound.fill(lost);
  sound.fill(samples.subspan(kept));
}

}  // namespace

void write_movie(const RecordingJob& job) {
  const bool is_avi = ending_of(job.path.string()) == ".avi";
  MovieShape shape = movie_shape(is_avi ? MovieKind::kAvi : MovieKind::kMp4);
  shape.sample_rate = kSampleRate;
  shape.made_at = job.made_at;
  shape.comment = "合成样例录像，非真实执法记录 / synthetic sample";
  const Scene scene(job.place, job.camera, shape.width, shape.height, job.seed);
  const ClockOverlay clock(job.overlay, shape.height);
  SoundTrack sound(job.dialogue, job.seed);
  MovieWriter writer(job.path, shape);
  YuvImage picture(shape.width, shape.height);
  std::vector<std::int16_t> second(kSampleRate);
  for (int done = 0; done < job.seconds; ++done) {
    stop_if_interrupted();
    for (int i = 0; i < shape.frames_per_second; ++i) {
      const std::int64_t frame = std::int64_t{done} * shape.frames_per_second + i;
      const double at_s = static_cast<double>(frame) / shape.frames_per_second;
      const int lost_s = at_s < cut_at(job) ? 0 : job.cut_s;
      scene.draw(frame, at_s + lost_s, picture);
      clock.draw(job.made_at + std::chrono::seconds(done + lost_s), picture);
      writer.add_picture(picture);
    }
    fill_second(job, done, sound, second);
    writer.add_sound(second);
  }
  writer.finish();
}

void write_sound(const RecordingJob& job) {
  SoundTrack sound(job.dialogue, job.seed);
  write_wav(job.path, job.seconds, [&](std::span<std::int16_t> samples) { sound.fill(samples); });
}

}  // namespace anjuan::sample
