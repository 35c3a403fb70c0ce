#pragma once
// Speech-like sound of a step, mono 16-bit. Spoken by the program espeak-ng (voice cmn) if it is
// there, else by a hummed formant voice; the caller says which (SpeechMaker::spoken()).

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace anjuan::sample {

inline constexpr int kSampleRate = 16000;

struct Utterance {
  int pitch = 50;  ///< 0 to 99, tells speakers apart
  std::string text;
};

class SpeechMaker {
 public:
  SpeechMaker();

  /// True if espeak-ng speaks, false if the voice is hummed.
  bool spoken() const { return spoken_; }

  /// The utterances one after another with pauses; each text is spoken once and kept.
  std::vector<std::int16_t> dialogue(std::span<const Utterance> utterances);

 private:
  const std::vector<std::int16_t>& say_once(const Utterance& utterance);

  bool spoken_ = false;
  std::map<std::string, std::vector<std::int16_t>> cache_;
};

/// An endless track: the dialogue over and over with room noise that never repeats.
class SoundTrack {
 public:
  SoundTrack(std::vector<std::int16_t> dialogue, std::string_view seed);

  void fill(std::span<std::int16_t> samples);

 private:
  std::vector<std::int16_t> dialogue_;
  std::size_t position_ = 0;
  std::uint64_t noise_;
  double low_ = 0;
};

}  // namespace anjuan::sample
