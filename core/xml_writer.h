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

/// True if XML 1.0 can carry `text`: well-formed UTF-8 and only characters of its clause 2.2.
bool is_xml_text(std::string_view text);

/// `text` with each character that XML 1.0 cannot carry replaced by U+FFFD.
std::string to_xml_text(std::string_view text);

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
  /// Characters XML 1.0 cannot carry (and bytes that are not UTF-8) throw Error(kInvalid), also in
  /// attributes. An element with text is not indented. Empty text is nothing.
  void text(std::string_view value);
  void end();

  /// <name>value</name>
  void element(std::string_view name, std::string_view value);
  void comment(std::string_view value);
  /// Another document as a child element: without its XML declaration, else byte for byte. The
  /// caller vouches that it is well-formed UTF-8 XML without a DOCTYPE; what cannot be a document
  /// at all throws Error(kInvalid).
  void embed(std::string_view document);

  /// Checks that all is closed and flushes. A writer destroyed without it wrote half a document.
  void close();

 private:
  enum class Escape : std::uint8_t { kText, kAttribute };

  /// An element that is open: where its name begins in `names_`, and what it holds so far.
  struct Level {
    std::size_t name_begin = 0;
    bool has_text = false;
    bool has_children = false;
  };

  void put(std::string_view bytes);
  void put_escaped(std::string_view value, Escape escape);
  void finish_start_tag();
  void before_child();

  ByteSink sink_;
  std::string buffer_;
  std::string names_;  ///< of the open elements, one after the other: no allocation per element
  std::vector<Level> levels_;
  bool tag_open_ = false;
  bool root_written_ = false;
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
