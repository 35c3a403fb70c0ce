#pragma once
// Writes a BagIt 1.0 bag (RFC 8493) of files whose SHA-512 is known: streamed, nothing kept.
//
// Each file is digested again while it goes out; one that is no longer the same ends the writing
// before the sink is finished, so that no bag with a wrong manifest is ever complete.

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/progress.h"
#include "packager/tree_sink.h"

namespace anjuan::packager {

struct BagPayloadFile {
  std::string path;  ///< below data/, '/' between names, UTF-8
  std::filesystem::path source;
  std::uint64_t bytes = 0;
  std::string sha512;  ///< lower-case hexadecimal
  Instant modified;
};

struct BagDescription {
  Instant bagging_time;             ///< Bagging-Date, and the time of the bag's own files
  std::string external_identifier;  ///< "" = left out, as the following
  std::string external_description;
  std::string source_organization;
  std::string bag_group_identifier;
  /// Further elements of bag-info.txt, written as given; a label has no colon.
  std::vector<std::pair<std::string, std::string>> others;
};

/// Writes bagit.txt, bag-info.txt, manifest-sha512.txt and tagmanifest-sha512.txt, then the payload
/// in the given order, all below `root` ("" or "FOLDER/"). Throws Error(kInvalid) for paths that
/// are no plain relative ones or stand twice, Error(kCorrupt) for a file that is not as stated,
/// Error(kInterrupted), and what the sink throws. The caller calls sink.finish().
void write_bag(const std::vector<BagPayloadFile>& files, const BagDescription& description,
               const std::string& root, TreeSink& sink, Progress& progress);

}  // namespace anjuan::packager
