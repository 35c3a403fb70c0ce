#pragma once
// The one XML writer: streaming, constant memory, UTF-8, indented by one space a level.
//
// Rules for the caller: start/attribute/text/end in document order; attributes before any content
// of the element; close() or the matching end() of the root before the bytes are used.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/digest.h"

namespace anjuan {

class FileHandle;

/// Where the bytes go; called with blocks of some 64 KiB.
using ByteSink = std::function<void(std::string_view)>;

class XmlWriter {
 public:
  explicit XmlWriter(ByteSink sink);
  ~XmlWriter();
  XmlWriter(const XmlWriter&) = delete;
  XmlWriter& operator=(const XmlWriter&) = delete;

  /// `name` is a qualified name, e.g. "mets:file"; namespaces are plain attributes ("xmlns:mets").
  void start(std::string_view name);
  void attribute(std::string_view name, std::string_view value);
  void attribute(std::string_view name, std::uint64_t value);
  /// Characters XML 1.0 cannot carry throw Error(kInvalid).
  void text(std::string_view value);
  void end();

  /// <name>value</name>
  void element(std::string_view name, std::string_view value);
  void comment(std::string_view value);

  /// Checks that all is closed and flushes.
  void close();

 private:
  void put(std::string_view bytes);
  void put_escaped(std::string_view value, bool in_attribute);
  void finish_start_tag();
  void indent();

  ByteSink sink_;
  std::string buffer_;
  std::vector<std::string> open_;
  bool tag_open_ = false;
  bool has_text_ = false;
  bool just_closed_ = false;
};

/// An XmlWriter's sink that writes a new file and digests it on the way (SHA-512 and SM3).
class DigestingFile {
 public:
  explicit DigestingFile(const std::string& path);
  ~DigestingFile();

  ByteSink sink();
  /// Not synced: the caller syncs the batch. Returns the digests of what was written.
  Digests close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace anjuan
