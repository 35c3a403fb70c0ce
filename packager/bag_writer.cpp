#include "packager/bag_writer.h"

#include <set>

#include "core/digest.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/messages.h"
#include "core/text.h"

namespace anjuan::packager {

namespace {

constexpr std::size_t kBlockBytes = 256 * 1024;
constexpr std::string_view kDeclaration =
    "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// RFC 8493, 2.1.3: these three, and only these, are percent-encoded.
std::string manifest_path(std::string_view path) {
  std::string out;
  for (const char c : path) {
    switch (c) {
      case '%':
        out += "%25";
        break;
      case '\r':
        out += "%0D";
        break;
      case '\n':
        out += "%0A";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string manifest_line(std::string_view digest, std::string_view path) {
  return fmt::format("{}  {}\n", digest, manifest_path(path));
}

/// A line end in a value goes on in an indented line (RFC 8493, 2.2.2).
void put_element(std::string& text, std::string_view label, std::string_view value) {
  if (value.empty()) return;
  text += label;
  text += ": ";
  for (const char c : value) {
    if (c == '\r') continue;
    text += c;
    if (c == '\n') text += ' ';
  }
  text += '\n';
}

class BagWriter {
 public:
  BagWriter(const std::vector<BagPayloadFile>& files, const BagDescription& description,
            std::string root, TreeSink& sink, Progress& progress)
      : files_(files),
        description_(description),
        root_(std::move(root)),
        sink_(sink),
        progress_(progress) {}

  void write() {
    check_paths();
    for (const auto& file : files_) bytes_ += file.bytes;
    put_tag_file("bagit.txt", kDeclaration);
    put_tag_file("bag-info.txt", info());
    put_tag_file("manifest-sha512.txt", manifest());
    put_text("tagmanifest-sha512.txt", tag_manifest_);
    progress_.begin(say("bagit.step_writing"), bytes_);
    for (const auto& file : files_) put_payload(file);
    progress_.end();
  }

 private:
  void check_paths() const {
    std::set<std::string_view> seen;
    for (const auto& file : files_) {
      const std::string framed = "/" + file.path + "/";
      const bool plain = !file.path.empty() && is_valid_utf8(file.path) &&
                         framed.find("//") == framed.npos && framed.find("/./") == framed.npos &&
                         framed.find("/../") == framed.npos && framed.find('\0') == framed.npos;
      if (plain && seen.insert(file.path).second) continue;
      throw Error(ErrorCode::kInvalid, file.path, say("bagit.bad_name", {{"path", file.path}}));
    }
  }

  std::string info() const {
    std::string text;
    put_element(text, "Source-Organization", description_.source_organization);
    put_element(text, "External-Identifier", description_.external_identifier);
    put_element(text, "External-Description", description_.external_description);
    put_element(text, "Bagging-Date", to_date_text(description_.bagging_time));
    put_element(text, "Bag-Size", human_bytes(bytes_));
    put_element(text, "Payload-Oxum", fmt::format("{}.{}", bytes_, files_.size()));
    put_element(text, "Bag-Group-Identifier", description_.bag_group_identifier);
    put_element(text, "Bag-Software-Agent", "anjuan " ANJUAN_VERSION);
    for (const auto& [label, value] : description_.others) put_element(text, label, value);
    return text;
  }

  std::string manifest() const {
    std::vector<const BagPayloadFile*> sorted;
    sorted.reserve(files_.size());
    for (const auto& file : files_) sorted.push_back(&file);
    std::sort(sorted.begin(), sorted.end(),
              [](const auto* a, const auto* b) { return a->path < b->path; });
    std::string text;
    for (const auto* file : sorted) text += manifest_line(file->sha512, "data/" + file->path);
    return text;
  }

  void put_tag_file(const std::string& name, std::string_view text) {
    tag_manifest_ += manifest_line(digest_hex(DigestAlgorithm::kSha512, text), name);
    put_text(name, text);
  }

  void put_text(const std::string& name, std::string_view text) {
    sink_.begin(root_ + name, text.size(), description_.bagging_time);
    sink_.write(std::as_bytes(std::span(text)));
    sink_.end();
  }

  void put_payload(const BagPayloadFile& file) {
    const auto source = FileHandle::open_read(file.source);
    Hasher hasher(DigestAlgorithm::kSha512);
    sink_.begin(root_ + "data/" + file.path, file.bytes, file.modified);
    std::uint64_t left = file.bytes;
    while (const auto count = source.read_some(block_, file.source.string())) {
      stop_if_interrupted();
      if (count > left) tell_change(file);  // The sink was promised exactly so many.
      left -= count;
      const auto part = std::span<const std::byte>(block_).first(count);
      hasher.update(part);
      sink_.write(part);
      progress_.advance(count);
    }
    if (left != 0 || hasher.finish() != file.sha512) tell_change(file);
    sink_.end();
  }

  [[noreturn]] static void tell_change(const BagPayloadFile& file) {
    throw Error(ErrorCode::kCorrupt, file.path, say("bagit.source_changed", {{"path", file.path}}));
  }

  const std::vector<BagPayloadFile>& files_;
  const BagDescription& description_;
  std::string root_;
  TreeSink& sink_;
  Progress& progress_;
  std::uint64_t bytes_ = 0;
  std::string tag_manifest_;
  std::vector<std::byte> block_ = std::vector<std::byte>(kBlockBytes);
};

}  // namespace

void write_bag(const std::vector<BagPayloadFile>& files, const BagDescription& description,
               const std::string& root, TreeSink& sink, Progress& progress) {
  BagWriter(files, description, root, sink, progress).write();
}

}  // namespace anjuan::packager
