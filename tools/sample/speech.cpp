#include "tools/sample/speech.h"

#include <cmath>
#include <cstring>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "tools/sample/random.h"

extern char** environ;

namespace anjuan::sample {

namespace {

constexpr int kPauseSamples = kSampleRate * 6 / 10;

/// Runs a program found in PATH without shell, standard output to `output_path` (or nowhere).
/// Its exit status, or -1 if it cannot be started.
int run_program(std::vector<std::string> words, const std::string& output_path) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output_path.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return -1;
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::uint32_t little_endian(const std::string& bytes, std::size_t at, int count) {
  std::uint32_t value = 0;
  for (int i = count; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  }
  return value;
}

/// The samples of espeak-ng's 16-bit mono WAV and their rate. Its header, written to a stream,
/// gives no true length: the data run from byte 44 to the end.
std::vector<std::int16_t> wav_samples(const std::string& bytes, int& rate) {
  std::vector<std::int16_t> samples;
  if (bytes.size() < 44 || bytes.compare(0, 4, "RIFF") != 0) return samples;
  rate = static_cast<int>(little_endian(bytes, 24, 4));
  for (std::size_t at = 44; at + 1 < bytes.size(); at += 2) {
    samples.push_back(static_cast<std::int16_t>(little_endian(bytes, at, 2)));
  }
  return samples;
}

std::vector<std::int16_t> resample(const std::vector<std::int16_t>& samples, int rate) {
  std::vector<std::int16_t> result;
  const double step = static_cast<double>(rate) / kSampleRate;
  for (double at = 0; at + 1 < static_cast<double>(samples.size()); at += step) {
    const auto left = static_cast<std::size_t>(at);
    const double part = at - static_cast<double>(left);
    result.push_back(
        static_cast<std::int16_t>(samples[left] * (1 - part) + samples[left + 1] * part));
  }
  return result;
}

/// A voice without words: one syllable per character, two formants, falling pitch.
std::vector<std::int16_t> hum(const Utterance& utterance) {
  std::vector<std::int16_t> samples;
  Random random(utterance.text);
  const std::size_t syllables = std::max<std::size_t>(4, utterance.text.size() / 3);
  for (std::size_t syllable = 0; syllable < syllables; ++syllable) {
    const double pitch = 90 + utterance.pitch + random.between(-15, 25);
    const double formant = random.between(350, 900);
    constexpr int kLength = kSampleRate / 5;
    for (int i = 0; i < kLength; ++i) {
      const double t = static_cast<double>(i) / kSampleRate;
      const double shape = std::sin(M_PI * i / kLength);
      const double tone = std::fmod(t * pitch, 1.0) - 0.5;
      const double value = tone * (std::sin(2 * M_PI * formant * t) + 0.5);
      samples.push_back(static_cast<std::int16_t>(9000 * shape * value));
    }
  }
  return samples;
}

/// The WAV file that espeak-ng writes for one text; empty if it fails.
std::string spoken_wav(const Utterance& utterance) {
  std::string path = (std::filesystem::temp_directory_path() / "anjuan-speech-XXXXXX").string();
  const int descriptor = ::mkstemp(path.data());
  if (descriptor < 0) throw_errno(errno, path, "sample.write_failed");
  ::close(descriptor);
  const int status = run_program({"espeak-ng", "-v", "cmn", "-s", "165", "-p",
                                  std::to_string(utterance.pitch), "--stdout", utterance.text},
                                 path);
  std::string bytes = status == 0 ? read_file(path) : std::string();
  std::filesystem::remove(path);
  return bytes;
}

}  // namespace

SpeechMaker::SpeechMaker() : spoken_(run_program({"espeak-ng", "--version"}, "/dev/null") == 0) {}

const std::vector<std::int16_t>& SpeechMaker::say_once(const Utterance& utterance) {
  std::vector<std::int16_t>& samples = cache_[std::to_string(utterance.pitch) + utterance.text];
  if (!samples.empty()) return samples;
  if (spoken_) {
    int rate = kSampleRate;
    const std::vector<std::int16_t> raw = wav_samples(spoken_wav(utterance), rate);
    samples = resample(raw, rate);
  }
  if (samples.empty()) samples = hum(utterance);
  return samples;
}

std::vector<std::int16_t> SpeechMaker::dialogue(std::span<const Utterance> utterances) {
  std::vector<std::int16_t> samples;
  for (const Utterance& utterance : utterances) {
    const auto& speech = say_once(utterance);
    samples.insert(samples.end(), speech.begin(), speech.end());
    samples.insert(samples.end(), kPauseSamples, 0);
  }
  return samples;
}

SoundTrack::SoundTrack(std::vector<std::int16_t> dialogue, std::string_view seed)
    : dialogue_(std::move(dialogue)), noise_(Random(seed).next()) {}

void SoundTrack::fill(std::span<std::int16_t> samples) {
  Random random(noise_);
  for (std::int16_t& sample : samples) {
    low_ += 0.12 * (random.between(-1, 1) - low_);  // wind and room: noise without its highs
    double value = 900 * low_;
    if (!dialogue_.empty()) {
      value += 0.6 * dialogue_[position_];
      position_ = (position_ + 1) % dialogue_.size();
    }
    sample = static_cast<std::int16_t>(std::clamp(value, -32000.0, 32000.0));
  }
  noise_ = random.next();
}

}  // namespace anjuan::sample
