// Any bytes as the tag files of a bag: every reader answers, no path that one returns leaves the
// bag, and a bag of them is never called valid without its digests compared.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <fmt/format.h>

#include "packager/verify/bag_check.h"
#include "packager/verify/bag_manifest.h"
#include "packager/verify/bag_path.h"
#include "packager/verify/verify.h"

namespace {

using namespace anjuan;
using namespace anjuan::packager;

/// The input in the place of one or all tag files, a payload of one file of no bytes.
class FuzzBag final : public BagFiles {
 public:
  FuzzBag(std::string_view bytes, unsigned which) : bytes_(bytes), which_(which) {}

  const std::vector<BagFile>& files() const override { return files_; }

  bool has_payload_folder() const override { return true; }

  std::optional<std::string> read(const std::string& path, std::uint64_t,
                                  FindingSink&) const override {
    const auto place =
        static_cast<unsigned>(std::find_if(files_.begin(), files_.end(),
                                           [&](const BagFile& file) { return file.path == path; }) -
                              files_.begin());
    if (place == which_ || which_ >= files_.size()) return std::string(bytes_);
    if (path != "bagit.txt") return std::string();
    constexpr std::string_view kEncodings[] = {"UTF-8", "UTF-16", "ISO-8859-1", "GB18030"};
    return fmt::format("BagIt-Version: {}\nTag-File-Character-Encoding: {}\n",
                       bytes_.size() % 2 == 0 ? "1.0" : "0.97", kEncodings[bytes_.size() / 2 % 4]);
  }

  std::vector<DigestResult> digest(const std::vector<DigestJob>& jobs) const override {
    std::vector<DigestResult> results;
    for (const auto& job : jobs) {
      results.push_back({});
      for (const auto algorithm : job.algorithms) {
        results.back().digests.push_back(digest_hex(algorithm, ""));
      }
    }
    return results;
  }

 private:
  std::string_view bytes_;
  unsigned which_;
  std::vector<BagFile> files_ = {
      {"bag-info.txt", 0},        {"bagit.txt", 0},        {"data/a", 0},
      {"fetch.txt", 0},           {"manifest-md5.txt", 0}, {"manifest-sha512.txt", 0},
      {"tagmanifest-sha1.txt", 0}};
};

void check_path(const std::string& path) {
  // With a slash at both ends every part stands between two of them.
  const std::string framed = "/" + path + "/";
  const bool safe = framed.find("//") == framed.npos && framed.find("/../") == framed.npos &&
                    framed.find("/./") == framed.npos && framed.find('\0') == framed.npos &&
                    path[0] != '~' && path[0] != '\\';
  if (!safe) std::abort();
}

void manifest(std::string_view text, BagRules rules) {
  FindingSink findings;
  const auto read =
      read_manifest("manifest-md5.txt", *manifest_name("manifest-md5.txt"), text, rules, findings);
  for (const auto& entry : read.entries) {
    check_path(entry.path);
    if (entry.digest.size() != 32 || !entry.path.starts_with(kPayloadPrefix)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const unsigned which = data[0] % 8;
  manifest(bytes, BagRules::kRfc);
  manifest(bytes, BagRules::kDraft);
  FindingSink findings;
  const FuzzBag bag(bytes.substr(1), which);
  const auto summary = check_bag(bag, findings);
  if (verdict_of(findings.take()) == Verdict::kValid && summary.files_checked == 0) std::abort();
  return 0;
}
