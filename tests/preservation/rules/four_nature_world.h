#pragma once
// A case of which every fact is known and good: the start of each test of a four-nature item.

#include <memory>
#include <set>
#include <string>

#include "core/case/case_xml.h"
#include "core/digest.h"
#include "preservation/rules/four_nature.h"
#include "tests/support/files.h"

namespace anjuan::rules {

class World {
 public:
  World() : World(test::read_text(ANJUAN_SOURCE_DIR "/tests/fixtures/cases/A.json")) {}

  explicit World(const std::string& json) {
    put_case(Json::parse(json, "A.json"));
    describe_it();
    fill_files();
    fill_checks();
    fill_safety();
  }

  /// Another declaration; the description stays.
  void put_case(Json json) {
    value = std::move(json);
    declared_ = std::make_shared<const CaseFile>(CaseFile::from_value(value, "A.json"));
    facts.declared = declared_;
  }

  /// Takes over what a test did to `node`.
  void put_description() { facts.description = std::make_shared<const Description>(node); }

  DescriptionNode& at(std::string_view group, std::size_t index = 0) {
    return *node.child(group, index);
  }

  ItemResult result(Phase phase, std::string_view code) const {
    for (const ItemResult& item : four_nature(phase, facts).items) {
      if (item.code == fmt::format("{}-{}", phase_code(phase), code)) return item;
    }
    return {};
  }

  Json value;
  DescriptionNode node;
  FourNatureFacts facts;

 private:
  void describe_it() {
    for (const NamedFile& file : declared_->named_files()) {
      if (!seen_.insert(file.path).second) continue;
      const Digests digests = digest_bytes(file.path);
      measured_.push_back({file.path, digests.bytes, digests.sha512, digests.sm3,
                           mime_of(file.path), "", puid_of(file.path)});
    }
    DescriptionFacts about;
    about.record_id = "urn:uuid:01234567-89ab-8def-8123-456789abcdef";
    about.fonds_name = "澄溪县水利局";
    about.creator_name = "澄溪县水利局";
    about.created = parse_instant("2026-03-01");
    about.locations = {{"在线", "", "storage"}};
    node = read_description(describe(*declared_, measured_, about)).root();
    complete(node, description_root());
    put_description();
  }

  /// A person has described what a derived description leaves open.
  static void complete(DescriptionNode& at, const DescriptionElement& kind) {
    for (const auto* field : kind.attributes) {
      const auto name = field->path.substr(field->path.find('@') + 1);
      const bool wanted = field->is_required || name == "creatingApp";
      if (wanted && at.attribute(name) == nullptr) at.set(name, "已补录");
    }
    if (kind.is_required && (!kind.is_group() || kind.has_value_attribute()) && at.value.empty()) {
      at.put("已补录");
    }
    for (auto& child : at.children) {
      if (const auto* child_kind = kind.child(child.name)) complete(child, *child_kind);
    }
  }

  static std::string puid_of(const std::string& path) {
    return path.ends_with(".pdf") ? "fmt/354" : "";
  }

  static std::string mime_of(const std::string& path) {
    if (path.ends_with(".pdf")) return "application/pdf";
    if (path.ends_with(".jpg")) return "image/jpeg";
    if (path.ends_with(".wav")) return "audio/vnd.wave";
    return "video/mp4";
  }

  void fill_files() {
    facts.content.emplace();
    for (const MeasuredFile& file : measured_) {
      FactFile fact;
      fact.path = file.path;
      fact.named_as = {file.path};
      fact.bytes = file.bytes;
      fact.sha512 = file.sha512;
      fact.sm3 = file.sm3;
      fact.mime = file.mime;
      fact.puid = file.puid;
      fact.is_encrypted = false;
      fact.is_archive = false;
      fact.opens = true;
      facts.content->files.push_back(fact);
    }
  }

  void fill_checks() {
    facts.subject = declared_->case_no();
    facts.now = parse_instant("2026-06-01");
    std::uint64_t bytes = 0;
    for (const FactFile& file : facts.content->files) bytes += file.bytes;
    facts.metadata = {{"case.xml", ""}, {"description.xml", ""}};
    facts.hand_over = {"移交登记表", declared_->documents().size() + declared_->recordings().size(),
                       bytes};
    facts.seals.emplace(std::vector<SealFact>{{SealFact::Kind::kDigest, 43, 43, 0}});
    facts.transfer = {"manifest-sha512.txt", 43, {}};
    const auto files = std::uint64_t{facts.content->files.size()};
    facts.package = {"Anjuan 0.1.0",           50, 50,    true, {}, {}, {},
                     {"METS.xml", "case.xml"}, {}, files, files};
    facts.database = {"index.db", true, "ok"};
    facts.judgement = {"seed + national", 120, {}, 0, 0};
    facts.store = {12, {}};
  }

  void fill_safety() {
    facts.virus.emplace();
    facts.virus->engine = "ClamAV 1.4.3";
    facts.virus->database = "27123";
    facts.virus->database_age_days = 1;
    facts.virus->clean = facts.content->files.size();
    facts.carriers.emplace(std::vector<CarrierFact>{{"GP-001", 44, {}, 50'000'000, 5.0}});
    facts.persons = {{"AQ-2-3", {true, "王样甲", "2026-05-30", ""}},
                     {"AQ-2-4", {true, "王样甲", "2026-05-30", "BLER 120"}}};
    facts.log = {400, {}};
  }

  std::shared_ptr<const CaseFile> declared_;
  std::vector<MeasuredFile> measured_;
  std::set<std::string> seen_;
};

}  // namespace anjuan::rules
