#pragma once
// The bytes in an EEP, on their way to files: decoded, digested and checked. Used by the EEP reader
// alone.
//
// Each encoding is decoded once into a numbered file; at the end the files of the newest version
// get their names. So an encoding that several places refer to is read once.

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base64.h"
#include "core/digest.h"
#include "core/durable.h"
#include "core/finding.h"
#include "packager/eep.h"

namespace anjuan::packager {

/// An encoding as the document gives it: nothing in it is believed.
struct EepEncoding {
  std::string path;
  std::string size;
  std::string description;  ///< "Base64 SHA-512 HEX" or "外置 SHA-512 HEX NAME"
  std::string id;
  std::string refers_to;
};

class EepData {
 public:
  /// `outside` is where outside files are; `target` is made.
  EepData(std::filesystem::path outside, std::filesystem::path target, Findings& findings);

  void forget_files() { files_.clear(); }

  void begin(const EepEncoding& encoding);
  void write(std::string_view characters);
  void end();

  /// Names the files of the newest version; returns them.
  std::vector<EepFile> finish();

 private:
  /// An encoding whose bytes are here.
  struct Decoded {
    std::filesystem::path file;
    std::string sha512;
    std::uint64_t bytes = 0;
    bool is_named = false;  ///< has its first name: a second one is a copy, not a link
  };

  /// What a description says.
  struct Promise {
    bool is_outside = false;
    std::string sha512;
    std::string name;
  };

  std::optional<Promise> promise_of(const EepEncoding& encoding);
  void take_outside(const std::string& name);
  void check(const Decoded& decoded);
  Decoded* data_of(const EepEncoding& encoding);
  bool is_bomb();
  void give_name(const EepEncoding& encoding, Decoded& decoded);
  void report(std::string_view code, std::string_view message_id, const std::string& where);

  std::filesystem::path outside_;
  std::filesystem::path target_;
  Findings& findings_;
  std::map<std::string, Decoded> decoded_;  ///< by 编码数据ID
  std::vector<EepEncoding> files_;          ///< of the newest version so far
  std::set<std::string> names_;
  std::size_t spooled_ = 0;  ///< numbered files so far

  EepEncoding current_;
  std::optional<Promise> promise_;
  Decoded open_;
  FileHandle file_;
  std::optional<Hasher> hasher_;  ///< set while an encoding is being decoded
  Base64Decoder base64_;
  std::string bytes_;
};

}  // namespace anjuan::packager
