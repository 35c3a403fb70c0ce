#include "preservation/formats/derivation_remarks.h"

#include <algorithm>

namespace anjuan::formats {

namespace {

class Remarks {
 public:
  Remarks(const DerivationResult& result, std::string path, Language language)
      : result_(result), path_(std::move(path)), language_(language) {}

  std::vector<std::string> all() {
    left_in_original();
    for (const DerivedStream& stream : result_.streams) {
      holes_of(stream);
      colours_of(stream);
    }
    return std::move(sentences_);
  }

 private:
  void add(std::string_view id, std::initializer_list<MessageArgument> arguments) {
    sentences_.push_back(say_in(language_, id, arguments));
  }

  /// Pictures of one photograph in one sentence: a burst has dozens.
  void left_in_original() {
    const auto& left = result_.not_carried;
    if (result_.container == "png" && !left.empty()) {
      add("transcode.pictures_not_carried", {{"path", path_},
                                             {"all", std::to_string(left.size() + 1)},
                                             {"left", std::to_string(left.size())}});
      return;
    }
    for (const NotCarried& one : left) {
      add("transcode.not_carried",
          {{"stream", std::to_string(one.stream)}, {"kind", one.kind}, {"codec", one.codec}});
    }
  }

  void holes_of(const DerivedStream& stream) {
    if (stream.holes == 0) return;
    const bool filled = stream.action == stream_action_word(StreamAction::kAac);
    add(filled ? "transcode.holes_filled" : "transcode.holes_kept",
        {{"stream", std::to_string(stream.source_stream)},
         {"holes", std::to_string(stream.holes)}});
  }

  /// An encoded copy has 8 bits and says what they mean; not every player listens.
  void colours_of(const DerivedStream& stream) {
    const auto at = static_cast<std::size_t>(stream.source_stream);
    const auto& sources = result_.facts.file.streams;
    if (stream.action != stream_action_word(StreamAction::kX264) || at >= sources.size()) return;
    const std::string& transfer = sources[at].color_transfer;
    if (transfer != "smpte2084" && transfer != "arib-std-b67") return;
    add("transcode.high_dynamic_range",
        {{"stream", std::to_string(stream.source_stream)}, {"transfer", transfer}});
  }

  const DerivationResult& result_;
  std::string path_;
  Language language_;
  std::vector<std::string> sentences_;
};

}  // namespace

std::vector<std::string> remarks_on(const DerivationResult& result, const std::string& path,
                                    Language language) {
  if (result.outcome != DerivationOutcome::kMade) return {};
  return Remarks(result, path, language).all();
}

}  // namespace anjuan::formats
