#pragma once
// A small case as a submission folder: quick to ingest, with nothing for the rules to find, and
// with names that are hard on tools.

#include <filesystem>
#include <map>
#include <string>

namespace anjuan::test {

/// A real recording of one minute, H.264 in MP4, by its own time of the small case; with more bytes
/// than needed where `bytes` says so.
std::string small_recording(std::size_t bytes = 0);

struct SmallCase {
  std::string case_no = "样水罚〔2026〕1号";
  std::string title = "样某在护堤地堆放物料案";
  /// Relative path -> bytes; each becomes a document of the case, .mp4 and .wav a recording.
  std::map<std::string, std::string> files = {
      {"docs/D01 现场笔录+100%#1.pdf", "%PDF-1.7 first document"},
      {"docs/D02_决定书.pdf", "%PDF-1.7 second document"},
      {"av/V01.mp4", small_recording()}};

  /// The declaration as case.json.
  std::string declaration() const;
};

/// Writes case.json and the files below `folder`.
void write_submission(const std::filesystem::path& folder, const SmallCase& small_case = {});

/// Every regular file below `folder`: relative path -> bytes. For comparing whole trees.
std::map<std::string, std::string> tree_of(const std::filesystem::path& folder);

}  // namespace anjuan::test
