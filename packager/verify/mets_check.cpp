#include "packager/verify/mets_check.h"

#include <charconv>
#include <set>

#include "core/messages.h"
#include "packager/verify/inventory_text.h"
#include "packager/verify/xml_check.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kMets = "http://www.loc.gov/METS/";
constexpr std::string_view kXlink = "http://www.w3.org/1999/xlink";
constexpr std::string_view kRepresentation = "Representations/";

using Attributes = std::vector<XmlAttribute>;

/// The requirement ids that one kind of reference to a file has.
struct ReferenceCodes {
  std::string_view href;
  std::string_view size;
  std::string_view checksum;
  std::string_view checksum_type;
};

constexpr ReferenceCodes kDescriptive = {"CSIP24", "CSIP27", "CSIP29", "CSIP30"};
constexpr ReferenceCodes kProvenance = {"CSIP38", "CSIP41", "CSIP43", "CSIP44"};
constexpr ReferenceCodes kRights = {"CSIP51", "CSIP54", "CSIP56", "CSIP57"};
constexpr ReferenceCodes kContent = {"CSIP79", "CSIP69", "CSIP71", "CSIP72"};

class MetsCheck final : public XmlHandler {
 public:
  MetsCheck(AipTree& tree, const std::string& path, const std::string& objid, FindingSink& findings)
      : tree_(tree), path_(path), where_(tree.where(path)), objid_(objid), findings_(findings) {}

  void start(std::string_view uri, std::string_view name, const Attributes& attributes,
             Place place) override {
    text_.clear();
    if (uri != kMets) return;
    if (name == "mets") start_mets(attributes, place);
    if (name == "agent") in_creator_ = attribute_or_empty(attributes, "ROLE") == "CREATOR";
    if (name == "dmdSec") section_ = &kDescriptive;
    if (name == "rightsMD") section_ = &kRights;
    if (name == "digiprovMD" || name == "techMD" || name == "sourceMD") section_ = &kProvenance;
    if (name == "mdRef") start_metadata(attributes, place);
    if (name == "fileGrp") start_group(attributes);
    if (name == "file") file_ = attributes;
    if (name == "FLocat") check_reference(kContent, file_, attributes, place);
    if (name == "div") start_division(attributes, place);
    if (name == "mptr") start_pointer(attributes, place);
  }

  void text(std::string_view characters) override {
    constexpr std::size_t kNameBytesMax = 1000;
    if (in_creator_ && text_.size() < kNameBytesMax) text_ += characters;
  }

  void end(std::string_view uri, std::string_view name) override {
    if (uri != kMets) return;
    if (name == "name" && in_creator_ && creator_.empty()) creator_ = text_;
    if (name == "agent") in_creator_ = false;
    if (name == "div") end_division();
    if (name == "mets") check_representations();
  }

  MetsSummary summary() {
    summary_.ours = creator_.starts_with("Anjuan");
    return std::move(summary_);
  }

 private:
  struct Division {
    std::string label;
    Place place;
    std::size_t pointers = 0;
  };

  std::string here(Place place) const { return at(where_, place); }

  void start_mets(const Attributes& attributes, Place place) {
    summary_.label = attribute_or_empty(attributes, "LABEL");
    const auto objid = attribute_or_empty(attributes, "OBJID");
    if (objid == objid_) return;
    findings_.error("CSIP1", here(place),
                    say("verify.objid", {{"objid", objid}, {"folder", objid_}}));
  }

  void start_metadata(const Attributes& attributes, Place place) {
    if (!section_) return;
    const auto* file = check_reference(*section_, attributes, attributes, place);
    // Each document once, however often a hostile METS names it.
    if (!file || !metadata_.insert(file->path).second) return;
    summary_.metadata.push_back({file->path, attribute_or_empty(attributes, "MDTYPE"),
                                 attribute_or_empty(attributes, "OTHERMDTYPE"),
                                 attribute_or_empty(attributes, "MIMETYPE")});
  }

  void start_group(const Attributes& attributes) {
    const auto use = attribute_or_empty(attributes, "USE");
    if (use.starts_with(kRepresentation)) groups_[use] = attribute_or_empty(attributes, "ID");
  }

  void start_division(const Attributes& attributes, Place place) {
    divisions_.push_back({attribute_or_empty(attributes, "LABEL"), place, 0});
  }

  void end_division() {
    if (divisions_.empty()) return;
    const auto division = std::move(divisions_.back());
    divisions_.pop_back();
    if (!division.label.starts_with(kRepresentation)) return;
    if (division.pointers != 1) {
      findings_.error("CSIP109", here(division.place),
                      say("verify.pointer_count", {{"label", division.label}}));
    }
    described_.insert(division.label);
  }

  void start_pointer(const Attributes& attributes, Place place) {
    if (divisions_.empty()) return;
    auto& division = divisions_.back();
    ++division.pointers;
    const auto group = groups_.find(division.label);
    const auto title = attribute_or_empty(attributes, "title", kXlink);
    if (group == groups_.end() || group->second != title) {
      findings_.error("CSIP108", here(place),
                      say("verify.pointer_title", {{"label", division.label}, {"title", title}}));
    }
    const auto* file = resolve("CSIP110", attributes, place);
    if (file && pointed_.insert(file->path).second) {
      summary_.representations.push_back(file->path);
    }
  }

  /// A representation METS names its own data group "Representations/x/data": no pointer there.
  void check_representations() {
    if (path_ != "METS.xml") return;
    for (const auto& [use, id] : groups_) {
      if (described_.contains(use)) continue;
      findings_.error("CSIP109", where_, say("verify.pointer_count", {{"label", use}}));
    }
  }

  AipFile* resolve(std::string_view code, const Attributes& attributes, Place place) {
    const auto href = attribute_or_empty(attributes, "href", kXlink);
    const auto target = AipTree::resolve(path_, href);
    if (target.empty()) {
      findings_.error(code, here(place), say("verify.href_outside", {{"href", href}}));
      return nullptr;
    }
    auto* file = tree_.find(target);
    if (!file || !file->present) {
      findings_.error(code, here(place), say("verify.href_missing", {{"file", target}}));
      return nullptr;
    }
    return file;
  }

  /// `values` holds SIZE and CHECKSUM, `link` the href: of mdRef both are the same element.
  AipFile* check_reference(const ReferenceCodes& codes, const Attributes& values,
                           const Attributes& link, Place place) {
    auto* file = resolve(codes.href, link, place);
    if (!file) return nullptr;
    file->listed = true;
    check_size(codes, values, *file, place);
    check_checksum(codes, values, *file, place);
    return file;
  }

  void check_size(const ReferenceCodes& codes, const Attributes& values, const AipFile& file,
                  Place place) {
    const auto text = attribute_or_empty(values, "SIZE");
    std::uint64_t size = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), size);
    const bool whole = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
    if (whole && size == file.bytes) return;
    findings_.error(
        codes.size, here(place),
        say("verify.size",
            {{"file", file.path}, {"stated", text}, {"real", std::to_string(file.bytes)}}));
  }

  void check_checksum(const ReferenceCodes& codes, const Attributes& values, const AipFile& file,
                      Place place) {
    const auto type = attribute_or_empty(values, "CHECKSUMTYPE");
    if (type != "SHA-512") {
      findings_.error(codes.checksum_type, here(place),
                      say("verify.checksum_type", {{"file", file.path}, {"type", type}}));
      return;
    }
    // A file that could not be read has its own finding.
    if (file.sha512.empty() || lower(attribute_or_empty(values, "CHECKSUM")) == file.sha512) return;
    findings_.error(codes.checksum, here(place), say("verify.checksum", {{"file", file.path}}));
  }

  AipTree& tree_;
  const std::string& path_;
  std::string where_;
  const std::string& objid_;
  FindingSink& findings_;
  MetsSummary summary_;
  const ReferenceCodes* section_ = nullptr;
  Attributes file_;
  std::string text_;
  std::string creator_;
  bool in_creator_ = false;
  std::map<std::string, std::string> groups_;  ///< USE -> ID, of representations
  std::vector<Division> divisions_;
  std::set<std::string> described_;  ///< labels of the divisions of representations
  std::set<std::string> metadata_;
  std::set<std::string> pointed_;
};

}  // namespace

MetsSummary check_mets(const std::filesystem::path& root, AipTree& tree, const std::string& path,
                       const std::string& objid, FindingSink& findings) {
  static const auto& schemas =
      XmlSchemaSet::embedded_set({"xlink.xsd", "anjuan-csip.xsd", "anjuan-mets.xsd"});
  MetsCheck check(tree, path, objid, findings);
  Findings violations;
  const auto disk = tree.where(path);
  const bool complete = parse_checked(root, disk, check, &schemas, limits_for(tree.files().size()),
                                      violations, findings);
  auto summary = check.summary();
  summary.complete = complete;
  if (summary.ours || !complete) {
    for (auto& violation : violations) findings.add(std::move(violation));
  } else {
    findings.not_checked("PKG-FOREIGN", disk, say("verify.foreign_mets", {{"path", disk}}));
  }
  return summary;
}

}  // namespace anjuan::packager
