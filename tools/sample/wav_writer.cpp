#include "tools/sample/wav_writer.h"

#include "core/durable.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/messages.h"
#include "tools/sample/speech.h"

namespace anjuan::sample {

namespace {

constexpr std::uint64_t kHeaderBytes = 44;
constexpr std::uint64_t kWaveLimitBytes = 0xFFFFFFFFULL;

void put(std::string& bytes, std::uint32_t value, int count) {
  for (int i = 0; i < count; ++i) bytes.push_back(static_cast<char>(value >> (8 * i)));
}

std::string header(std::uint32_t data_bytes) {
  std::string bytes = "RIFF";
  put(bytes, data_bytes + 36, 4);
  bytes += "WAVEfmt ";
  put(bytes, 16, 4);
  put(bytes, 1, 2);
  put(bytes, 1, 2);
  put(bytes, kSampleRate, 4);
  put(bytes, kSampleRate * 2, 4);
  put(bytes, 2, 2);
  put(bytes, 16, 2);
  bytes += "data";
  put(bytes, data_bytes, 4);
  return bytes;
}

}  // namespace

void write_wav(const std::filesystem::path& path, int seconds,
               const std::function<void(std::span<std::int16_t>)>& fill) {
  const std::uint64_t data = std::uint64_t{2} * kSampleRate * static_cast<std::uint64_t>(seconds);
  if (data + kHeaderBytes > kWaveLimitBytes) {
    throw Error(ErrorCode::kRefused, path.string(),
                say("sample.wav_too_long", {{"path", path.string()}}));
  }
  const FileHandle file = FileHandle::create(path);
  const std::string head = header(static_cast<std::uint32_t>(data));
  file.write_all(std::as_bytes(std::span(head)), path.string());
  std::vector<std::int16_t> second(kSampleRate);
  for (int done = 0; done < seconds; ++done) {
    stop_if_interrupted();
    fill(second);
    file.write_all(std::as_bytes(std::span(second)), path.string());
  }
}

}  // namespace anjuan::sample
