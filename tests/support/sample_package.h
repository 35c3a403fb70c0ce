#pragma once
// A whole package on the disk for tests of what reads packages, and ways to harm it.

#include <filesystem>
#include <string>

#include "core/case/case_xml.h"
#include "packager/package_builder.h"
#include "tests/support/packages.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {

/// Paths that trip up careless programs: Chinese, blanks, '+', '%', '#', NFD, a 255-byte name.
inline DraftContent hard_content() {
  std::string longest = "长";
  while (longest.size() + 3 <= 251) longest += "长";
  longest.append(251 - longest.size(), 'x');
  return {{"文书/01立案审批表.pdf", "one"},
          {"文书/02 a+b%20#c&d.pdf", "two"},
          {"音像/e\xCC\x81tage.mp4", "three"},
          {"空文件.pdf", ""},
          {longest + ".pdf", "four"}};
}

/// case.xml of the sample case B, in which `from` is replaced.
inline packager::DraftMetadata sample_case(std::string_view from = "", std::string_view to = "") {
  auto json = read_text(ANJUAN_SOURCE_DIR "/tests/fixtures/cases/B.json");
  if (!from.empty()) json.replace(json.find(from), from.size(), to);
  return {packager::DraftMetadata::Kind::kDescriptive, "case.xml",
          to_xml(CaseFile::from_json(json, "case.json")), "OTHER", "urn:anjuan:case:1"};
}

/// An OCFL object with one version at `object`, its AIP at `aip`.
class SamplePackage {
 public:
  explicit SamplePackage(const DraftContent& content = hard_content())
      : draft_(case_draft(folder_ / "in", content)) {
    draft_.metadata = {sample_case(),
                       {packager::DraftMetadata::Kind::kOther, "report.xml", "<report/>\n", "OTHER",
                        "urn:example:report"}};
    packager::build_first_version(draft_, object());
  }

  /// Stores a second version in which case.xml is another.
  void add_version() {
    auto draft = empty_draft();
    draft.metadata = {sample_case("\"title\": \"", "\"title\": \"更正后的")};
    draft.created = parse_instant("2026-11-24T10:00:00+08:00");
    draft.message = "更正";
    draft.events = {{"metadata modification",
                     draft.created,
                     "更正案由",
                     "success",
                     "",
                     {{"os:liyang", "implementer"}},
                     {"metadata/descriptive/case.xml"}}};
    install(packager::build_next_version(draft, object(), folder_ / "next"), object());
  }

  std::filesystem::path object() const { return folder_ / "object"; }

  /// The AIP's folder name, "aip-UUID".
  std::string name() const { return draft_.id.objid(); }

  /// Path of a file of the AIP of v1, from the object.
  std::string v1(const std::string& path) const { return "v1/content/" + name() + "/" + path; }

  std::string read(const std::string& path) const { return read_text(object() / path); }

  void write(const std::string& path, std::string_view text) const {
    write_text(object() / path, text);
  }

  /// Replaces the first `from` in the file; throws if there is none, so that no mutation is empty.
  void replace(const std::string& path, std::string_view from, std::string_view to) const {
    auto text = read(path);
    const auto place = text.find(from);
    if (place == text.npos) throw std::runtime_error("nothing to replace in " + path);
    write(path, text.replace(place, from.size(), to));
  }

  /// Makes the inventories and sidecars agree with the files of v1 again, as somebody would who
  /// changes a package on purpose: what is wrong now only METS and PREMIS can tell.
  void reseal(const std::string& path, const std::string& old_digest) const {
    const auto digest = digest_bytes(read(path)).sha512;
    for (const auto* inventory : {"inventory.json", "v1/inventory.json"}) {
      auto text = read(inventory);
      for (auto at = text.find(old_digest); at != text.npos; at = text.find(old_digest)) {
        text.replace(at, old_digest.size(), digest);
      }
      write(inventory, text);
    }
    reseal_inventories();
  }

  void reseal_inventories() const {
    for (const std::string inventory : {"inventory.json", "v1/inventory.json"}) {
      write(inventory + ".sha512", digest_bytes(read(inventory)).sha512 + "  inventory.json\n");
    }
  }

  /// Replaces text in a file of the AIP and reseals the inventory.
  void forge(const std::string& path, std::string_view from, std::string_view to) const {
    const auto old_digest = digest_bytes(read(v1(path))).sha512;
    replace(v1(path), from, to);
    reseal(v1(path), old_digest);
  }

 private:
  TemporaryFolder folder_;
  packager::PackageDraft draft_;
};

}  // namespace anjuan::test
