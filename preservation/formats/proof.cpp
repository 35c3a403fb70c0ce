#include "preservation/formats/proof.h"

#include <array>
#include <charconv>
#include <fstream>

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::formats {

namespace {

constexpr std::size_t kShaDigits = 64;
constexpr std::size_t kLineMax = 1000;

std::string ratio_text(Rational value, char sign) {
  return fmt::format("{}{}{}", value.num, sign, value.den);
}

bool is_digest(std::string_view text) {
  return text.size() == kShaDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= 40 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == text.npos;
}

std::string_view without_blanks(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  return text;
}

}  // namespace

ProofWriter::ProofWriter(ByteSink sink, const std::vector<ProofStream>& streams)
    : sink_(std::move(sink)) {
  std::string head = "#format: frame checksums\n#version: 2\n#hash: SHA256\n#software: anjuan\n";
  for (std::size_t i = 0; i < streams.size(); ++i) {
    const ProofStream& stream = streams[i];
    head += fmt::format("#tb {}: {}\n", i, ratio_text(stream.time_base, '/'));
    head += fmt::format("#media_type {}: {}\n", i, stream_kind_word(stream.kind));
    head += fmt::format("#codec_id {}: {}\n", i, stream.codec);
    if (stream.kind == StreamKind::kVideo) {
      head += fmt::format("#dimensions {}: {}x{}\n", i, stream.width, stream.height);
      head += fmt::format("#sar {}: {}\n", i, ratio_text(stream.sample_aspect, '/'));
    }
    if (stream.kind == StreamKind::kAudio) {
      head += fmt::format("#sample_rate {}: {}\n", i, stream.sample_rate);
      head += fmt::format("#channels {}: {}\n", i, stream.channels);
    }
    head += fmt::format("#source {}: {}\n", i, stream.source_stream);
    head += fmt::format("#source_codec {}: {}\n", i, stream.source_codec);
    head += fmt::format("#digested {}: {}\n", i, stream.packets ? "packets" : "decoded");
  }
  sink_(head + "#stream#, dts,        pts, duration,     size, hash\n");
}

void ProofWriter::line(const ProofLine& line) {
  sink_(fmt::format("{}, {:>10}, {:>10}, {:>8}, {:>8}, {}\n", line.stream, line.dts, line.pts,
                    line.duration, line.bytes, line.sha256));
}

void ProofReader::refuse() const {
  throw Error(
      ErrorCode::kInvalid, subject_,
      say("transcode.proof_invalid", {{"path", subject_}, {"line", std::to_string(lines_)}}));
}

std::int64_t ProofReader::number(std::string_view text) const {
  text = without_blanks(text);
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) refuse();
  return value;
}

Rational ProofReader::ratio(std::string_view text, char sign) const {
  const auto middle = text.find(sign);
  if (middle == text.npos) refuse();
  const std::int64_t num = number(text.substr(0, middle));
  const std::int64_t den = number(text.substr(middle + 1));
  if (num < 0 || num > INT32_MAX || den < 0 || den > INT32_MAX) refuse();
  return {static_cast<int>(num), static_cast<int>(den)};
}

void ProofReader::head_of_stream(std::string_view key, std::size_t index, std::string_view value) {
  if (index == streams_.size()) streams_.emplace_back();
  if (index >= streams_.size() || streams_.size() > kProofStreamsMax) refuse();
  ProofStream& stream = streams_[index];
  const auto small = [&] { return ratio(std::string(value) + "/1", '/').num; };
  if (key == "tb") {
    stream.time_base = ratio(value, '/');
    if (stream.time_base.num == 0 || stream.time_base.den == 0) refuse();
  } else if (key == "media_type") {
    constexpr StreamKind kKinds[] = {StreamKind::kVideo, StreamKind::kAudio, StreamKind::kSubtitle};
    const auto* kind = std::find_if(std::begin(kKinds), std::end(kKinds),
                                    [&](StreamKind one) { return stream_kind_word(one) == value; });
    if (kind == std::end(kKinds)) refuse();
    stream.kind = *kind;
  } else if (key == "codec_id" || key == "source_codec") {
    if (!is_word(value)) refuse();
    (key == "codec_id" ? stream.codec : stream.source_codec) = value;
  } else if (key == "dimensions") {
    const Rational size = ratio(value, 'x');
    stream.width = size.num;
    stream.height = size.den;
  } else if (key == "sar") {
    stream.sample_aspect = ratio(value, '/');
  } else if (key == "sample_rate") {
    stream.sample_rate = small();
  } else if (key == "channels") {
    stream.channels = small();
  } else if (key == "digested") {
    stream.packets = value == "packets";
  } else if (key == "source") {
    stream.source_stream = small();
  }
}

/// "#key: value" of the file or "#key N: value" of a stream; unknown keys are let pass, so that
/// what ffmpeg adds does not hinder.
void ProofReader::head(std::string_view line) {
  constexpr std::string_view kFirst = "#format: frame checksums";
  if (lines_ == 1 && line != kFirst) refuse();
  if (line.starts_with("#stream#")) return;
  const auto colon = line.find(": ");
  if (colon == line.npos) refuse();
  std::string_view key = line.substr(1, colon - 1);
  const std::string_view value = line.substr(colon + 2);
  if (key == "version" && value != "2") refuse();
  if (key == "hash" && value != "SHA256") refuse();
  const auto blank = key.find(' ');
  if (blank == key.npos) return;
  const std::int64_t index = number(key.substr(blank + 1));
  if (index < 0) refuse();
  head_of_stream(key.substr(0, blank), static_cast<std::size_t>(index), value);
}

std::optional<ProofLine> ProofReader::take(std::string_view text) {
  ++lines_;
  if (lines_ > kProofLinesMax || text.size() > kLineMax) refuse();
  if (text.starts_with('#')) {
    head(text);
    return std::nullopt;
  }
  if (lines_ == 1) refuse();
  std::array<std::string_view, 6> fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto comma = text.find(',');
    if ((comma == text.npos) != (i + 1 == fields.size())) refuse();
    fields[i] = text.substr(0, comma);
    text.remove_prefix(comma == text.npos ? text.size() : comma + 1);
  }
  ProofLine line;
  const std::int64_t stream = number(fields[0]);
  const std::int64_t bytes = number(fields[4]);
  if (stream < 0 || static_cast<std::size_t>(stream) >= streams_.size() || bytes < 0) refuse();
  line.stream = static_cast<std::uint32_t>(stream);
  line.dts = number(fields[1]);
  line.pts = number(fields[2]);
  line.duration = number(fields[3]);
  line.bytes = static_cast<std::uint64_t>(bytes);
  const std::string_view digest = without_blanks(fields[5]);
  if (!is_digest(digest)) refuse();
  line.sha256 = digest;
  return line;
}

std::vector<ProofStream> read_proof(const std::filesystem::path& path,
                                    const std::function<void(const ProofLine&)>& on_line) {
  std::ifstream file(path);
  if (!file) {
    throw Error(ErrorCode::kNotFound, path.string(),
                say("kernel.file_missing", {{"path", path.string()}}));
  }
  ProofReader reader(path.string());
  std::string text;
  while (std::getline(file, text)) {
    if (const auto line = reader.take(text)) on_line(*line);
  }
  if (file.bad()) throw_errno(errno, path.string(), "kernel.read_failed");
  return reader.streams();
}

}  // namespace anjuan::formats
