// DigestingFile of core/xml_writer.h: the file and its digests in one pass.

#include "core/durable.h"
#include "core/xml_writer.h"

namespace anjuan {

struct DigestingFile::State {
  std::string path;
  FileHandle file;
  PairHasher hasher;

  explicit State(const std::string& target) : path(target), file(FileHandle::create(target)) {}

  void write(std::string_view bytes) {
    const auto span = std::as_bytes(std::span(bytes.data(), bytes.size()));
    file.write_all(span, path);
    hasher.update(span);
  }
};

DigestingFile::DigestingFile(const std::string& path) : state_(std::make_unique<State>(path)) {}

DigestingFile::~DigestingFile() = default;

ByteSink DigestingFile::sink() {
  return [this](std::string_view bytes) { state_->write(bytes); };
}

Digests DigestingFile::close() {
  state_->file.close();
  return state_->hasher.finish();
}

}  // namespace anjuan
