#pragma once
// BagIt bags made by hand: every byte as the test wants it.

#include <filesystem>
#include <map>
#include <string>

#include "core/digest.h"
#include "tests/support/foreign_archives.h"

namespace anjuan::test {

/// Files of a bag or submission: path -> bytes.
using BagBytes = std::map<std::string, std::string>;

inline std::string declaration_of(const std::string& version,
                                  const std::string& encoding = "UTF-8") {
  return "BagIt-Version: " + version + "\nTag-File-Character-Encoding: " + encoding + "\n";
}

/// As RFC 8493 (1.0) writes it; the drafts leave a '%' as it is.
inline std::string escaped_path(const std::string& path) {
  std::string out;
  for (const char c : path) out += c == '%' ? "%25" : std::string(1, c);
  return out;
}

/// Lines of a manifest for the files whose path begins with `prefix`.
inline std::string manifest_of(const BagBytes& files, const std::string& prefix,
                               DigestAlgorithm algorithm = DigestAlgorithm::kSha512) {
  std::string text;
  for (const auto& [path, bytes] : files) {
    if (path.starts_with(prefix)) text += digest_hex(algorithm, bytes) + "  " + path + "\n";
  }
  return text;
}

/// Puts a tag manifest over everything outside data/ that is there.
inline void add_tag_manifest(BagBytes& bag) {
  std::string text;
  for (const auto& [path, bytes] : bag) {
    if (path.starts_with("data/") || path.starts_with("tagmanifest-")) continue;
    text += digest_hex(DigestAlgorithm::kSha512, bytes) + "  " + path + "\n";
  }
  bag["tagmanifest-sha512.txt"] = text;
}

/// A bag of `payload` (paths below data/) with manifests of sha512.
inline BagBytes bag_of(const BagBytes& payload, const std::string& version = "1.0") {
  BagBytes bag = {{"manifest-sha512.txt", ""}};
  for (const auto& [path, bytes] : payload) bag["data/" + path] = bytes;
  bag["bagit.txt"] = declaration_of(version);
  for (const auto& [path, bytes] : payload) {
    const auto name = "data/" + (version == "1.0" ? escaped_path(path) : path);
    bag["manifest-sha512.txt"] += digest_hex(DigestAlgorithm::kSha512, bytes) + "  " + name + "\n";
  }
  add_tag_manifest(bag);
  return bag;
}

inline void put_bag(const std::filesystem::path& folder, const BagBytes& bag) {
  for (const auto& [path, bytes] : bag) put_file(folder / path, bytes);
}

}  // namespace anjuan::test
