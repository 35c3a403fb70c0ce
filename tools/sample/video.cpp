#include "tools/sample/video.h"

#include "core/interrupt.h"
#include "tools/sample/clock_overlay.h"
#include "tools/sample/mp4_writer.h"
#include "tools/sample/speech.h"
#include "tools/sample/wav_writer.h"

namespace anjuan::sample {

void write_mp4(const RecordingJob& job) {
  Mp4Shape shape;
  shape.sample_rate = kSampleRate;
  shape.made_at = job.made_at;
  shape.comment = "合成样例录像，非真实执法记录 / synthetic sample";
  const Scene scene(job.place, job.camera, shape.width, shape.height, job.seed);
  const ClockOverlay clock(job.overlay, shape.height);
  SoundTrack sound(job.dialogue, job.seed);
  Mp4Writer writer(job.path, shape);
  YuvImage picture(shape.width, shape.height);
  std::vector<std::int16_t> second(kSampleRate);
  for (int done = 0; done < job.seconds; ++done) {
    stop_if_interrupted();
    for (int i = 0; i < shape.frames_per_second; ++i) {
      const std::int64_t frame = std::int64_t{done} * shape.frames_per_second + i;
      scene.draw(frame, static_cast<double>(frame) / shape.frames_per_second, picture);
      clock.draw(job.made_at + std::chrono::seconds(done), picture);
      writer.add_picture(picture);
    }
    sound.fill(second);
    writer.add_sound(second);
  }
  writer.finish();
}

void write_sound(const RecordingJob& job) {
  SoundTrack sound(job.dialogue, job.seed);
  write_wav(job.path, job.seconds, [&](std::span<std::int16_t> samples) { sound.fill(samples); });
}

}  // namespace anjuan::sample
