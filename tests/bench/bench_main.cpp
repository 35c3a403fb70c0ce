// anjuan-bench WORK ARGUMENT...: one unit of work for tools/bench, which measures it as a whole
// process. Every work ends with exit status 0 or says why not.
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <thread>

#include "core/digest.h"
#include "core/durable.h"
#include "packager/mets_writer.h"
#include "packager/verify/eark/package_check.h"
#include "packager/verify/eark/references.h"
#include "tests/bench/big_case.h"
#include "preservation/formats/ffv1_sweep.h"
#include "tests/bench/dom_writer.h"

namespace {

namespace fs = std::filesystem;
using namespace anjuan;

packager::MetsFile numbered_file(std::uint64_t number) {
  packager::MetsFile file;
  file.id = fmt::format("ID-{:08}", number);
  file.path = fmt::format("data/docs/{:03}/D{:06}_document.pdf", number / 1000, number);
  file.mime = "application/pdf";
  file.created = "2025-06-17T09:05:00+08:00";
  file.sha512 = fmt::format("{:0128x}", number * 2654435761U);
  file.bytes = 20'000 + number;
  return file;
}

packager::MetsDocument document() {
  packager::MetsDocument mets;
  mets.objid = "original";
  mets.label = "bench";
  mets.profile = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP-v2-2-0.xml";
  mets.created = "2026-11-23T10:00:00+08:00";
  return mets;
}

void write_mets(std::uint64_t files, const fs::path& target) {
  std::uint64_t next = 0;
  packager::write_representation_mets(target, document(), [&](packager::MetsFile& file) {
    if (next == files) return false;
    file = numbered_file(next++);
    return true;
  });
}

/// The bound: as many bytes of the same shape, formatted without any XML rule.
void write_bytes(std::uint64_t files, const fs::path& target) {
  std::ofstream out(target);
  for (std::uint64_t i = 0; i < files; ++i) {
    const auto file = numbered_file(i);
    out << "<file ID=\"" << file.id << "\" MIMETYPE=\"" << file.mime << "\" SIZE=\"" << file.bytes
        << "\" CREATED=\"" << file.created << "\" CHECKSUM=\"" << file.sha512
        << "\" CHECKSUMTYPE=\"SHA-512\"><FLocat href=\"" << file.path << "\"/></file>\n";
  }
}

/// The bound of a verification: every file below `folder` read and digested by `count` threads,
/// the largest first, and nothing compared.
void digest_tree(const fs::path& folder, unsigned count) {
  std::vector<std::pair<std::uintmax_t, fs::path>> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.emplace_back(entry.file_size(), entry.path());
  }
  std::sort(files.rbegin(), files.rend());
  std::atomic<std::size_t> next = 0;
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < count; ++i) {
    threads.emplace_back([&] {
      std::vector<std::byte> block(256 * 1024);
      for (std::size_t turn = next++; turn < files.size(); turn = next++) {
        const auto file = FileHandle::open_read(files[turn].second);
        Hasher hasher(DigestAlgorithm::kSha512);
        while (const auto bytes = file.read_some(block, "")) {
          hasher.update(std::span<const std::byte>(block).first(bytes));
        }
        hasher.finish();
      }
    });
  }
}

/// All rules of E-ARK over folder/METS.xml of write_mets(), over the list of its files, and over
/// their digests as reading the files would give them.
void check_mets(std::uint64_t files, const fs::path& folder) {
  std::vector<packager::AipFile> list;
  list.reserve(files + 1);
  for (std::uint64_t i = 0; i < files; ++i) {
    const auto file = numbered_file(i);
    list.push_back({file.path, {}, file.bytes, {}, {}, true, false});
  }
  list.push_back({"METS.xml", {}, 0, {}, {}, true, false});
  packager::AipTree tree("original", std::move(list));
  packager::FindingSink findings;
  packager::eark::Report report(findings);
  const auto summary = packager::eark::check_package(
      folder, tree, parse_instant("2026-11-24T10:00:00+08:00"), report);
  // "METS.xml" comes before "data/...", whose names count up.
  packager::eark::check_digests(
      summary.pending, tree,
      [](std::size_t file, DigestAlgorithm) { return numbered_file(file - 1).sha512; }, report);
  report.close();
  if (summary.pending.size() != files) throw std::runtime_error("digests were not compared");
  for (const auto& finding : findings.take()) {
    // What a METS of a representation alone must lack is no fault of the files.
    const bool file = finding.code >= "CSIP66" && finding.code <= "CSIP79";
    if (file) throw std::runtime_error(finding.code + " " + finding.message);
  }
}

void sweep(const fs::path& file) {
  const auto input = FileHandle::open_read(file);
  const auto result = formats::sweep_ffv1_descriptor(input.get(), [](std::uint64_t) {});
  if (!result.sound()) throw std::runtime_error("the file is not sound");
}

int run(const std::vector<std::string>& words) {
  const std::string& work = words.at(0);
  if (work == "copy-digest") {
    copy_and_digest(words.at(1), words.at(2));
  } else if (work == "digest-pair") {
    digest_file(words.at(1));
  } else if (work == "digest-tree") {
    digest_tree(words.at(1), static_cast<unsigned>(std::stoul(words.at(2))));
  } else if (work == "mets-write") {
    write_mets(std::stoull(words.at(1)), words.at(2));
  } else if (work == "mets-check") {
    check_mets(std::stoull(words.at(1)), words.at(2));
  } else if (work == "case-write") {
    bench::write_big_case(std::stoull(words.at(1)), std::stoull(words.at(2)), words.at(3));
  } else if (work == "case-judge") {
    bench::judge_case(words.at(1));
  } else if (work == "bytes-write") {
    write_bytes(std::stoull(words.at(1)), words.at(2));
  } else if (work == "ffv1-sweep") {
    sweep(words.at(1));
  } else if (work == "mets-write-dom") {
    const std::uint64_t files = std::stoull(words.at(1));
    bench::write_mets_with_dom(files, words.at(2), numbered_file);
  } else {
    std::cerr << "anjuan-bench: no work " << work << '\n';
    return 2;
  }
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "anjuan-bench: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
