#include "packager/verify/premis_check.h"

#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/messages.h"
#include "packager/verify/inventory_text.h"
#include "packager/verify/xml_check.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kPremis = "http://www.loc.gov/premis/v3";
/// References that wait for an object that may be described further on; more are not kept.
constexpr std::size_t kPendingMax = 1'000'000;
constexpr std::size_t kTextBytesMax = 16 * 1024;

/// What all documents of a package have said so far.
struct History {
  struct Reference {
    std::string id;
    std::string where;
  };

  /// What the last description of a file says that the disk does not.
  struct Description {
    std::string where;
    std::string size;
    std::map<std::string, std::string> digests;  ///< by algorithm
  };

  std::unordered_set<std::string> objects;
  std::set<std::string> agents;
  std::vector<Reference> object_references;
  std::vector<Reference> agent_references;
  std::unordered_set<std::string> described;                   ///< paths
  std::unordered_map<std::string, Description> disagreements;  ///< by path
  bool complete = true;
};

class PremisDocument final : public XmlHandler {
 public:
  PremisDocument(const AipTree& tree, std::string where, History& history, FindingSink& findings)
      : tree_(tree), where_(std::move(where)), history_(history), findings_(findings) {}

  void start(std::string_view uri, std::string_view name, const std::vector<XmlAttribute>&,
             Place place) override {
    text_.clear();
    if (uri != kPremis) return;
    if (name == "object") object_ = {};
    if (name == "event") event_agents_ = 0;
    if (name == "object" || name == "event") place_ = place;
    if (name == "linkingAgentIdentifierValue" || name == "linkingObjectIdentifierValue" ||
        name == "relatedObjectIdentifierValue") {
      reference_place_ = place;
    }
  }

  void text(std::string_view characters) override {
    if (text_.size() < kTextBytesMax) text_ += characters;
  }

  void end(std::string_view uri, std::string_view name) override {
    if (uri != kPremis) return;
    if (name == "objectIdentifierValue") history_.objects.insert(text_);
    if (name == "agentIdentifierValue") history_.agents.insert(text_);
    end_characteristic(name);
    end_reference(name);
    if (name == "object") end_object();
    if (name == "event") end_event();
    text_.clear();
  }

 private:
  struct Object {
    std::string location;
    std::string size;
    std::string algorithm;
    std::map<std::string, std::string> digests;
  };

  void end_characteristic(std::string_view name) {
    if (name == "messageDigestAlgorithm") object_.algorithm = text_;
    if (name == "messageDigest") object_.digests[object_.algorithm] = lower(text_);
    if (name == "size") object_.size = text_;
    if (name == "contentLocationValue") object_.location = text_;
  }

  void end_reference(std::string_view name) {
    if (name == "linkingAgentIdentifierValue") {
      ++event_agents_;
      keep(history_.agent_references, history_.agents.contains(text_));
    }
    if (name == "linkingObjectIdentifierValue" || name == "relatedObjectIdentifierValue") {
      keep(history_.object_references, history_.objects.contains(text_));
    }
  }

  void keep(std::vector<History::Reference>& references, bool known) {
    if (known) return;
    if (references.size() >= kPendingMax) {
      history_.complete = false;
      return;
    }
    references.push_back({text_, at(where_, reference_place_)});
  }

  void end_event() {
    if (event_agents_ > 0) return;
    findings_.error("AIP16", at(where_, place_), say("verify.event_without_agent"));
  }

  void end_object() {
    if (object_.digests.empty()) return;  // an intellectual entity or a representation
    const auto path = AipTree::resolve("", object_.location);
    const auto* file = path.empty() ? nullptr : tree_.find(path);
    if (!file || !file->present) {
      findings_.error("PREMIS-PATH", at(where_, place_),
                      say("verify.premis_path", {{"file", object_.location}}));
      return;
    }
    history_.described.insert(path);
    if (agrees(*file)) {
      history_.disagreements.erase(path);
    } else {
      history_.disagreements[path] = {at(where_, place_), object_.size, std::move(object_.digests)};
    }
  }

  bool agrees(const AipFile& file) const {
    const auto equal = [&](const char* algorithm, const std::string& real) {
      const auto stated = object_.digests.find(algorithm);
      return real.empty() || stated == object_.digests.end() || stated->second == real;
    };
    return object_.size == std::to_string(file.bytes) && equal("SHA-512", file.sha512) &&
           equal("SM3", file.sm3);
  }

  const AipTree& tree_;
  std::string where_;
  History& history_;
  FindingSink& findings_;
  std::string text_;
  Object object_;
  std::size_t event_agents_ = 0;
  Place place_;
  Place reference_place_;
};

void report_references(const History& history, FindingSink& findings) {
  for (const auto& [id, where] : history.agent_references) {
    if (history.agents.contains(id)) continue;
    findings.error("AIP18", where, say("verify.agent_not_described", {{"id", id}}));
  }
  for (const auto& [id, where] : history.object_references) {
    if (history.objects.contains(id)) continue;
    findings.error("PREMIS-REF", where, say("verify.object_not_described", {{"id", id}}));
  }
  if (!history.complete) findings.not_checked("PKG-LIMIT", "", say("verify.too_many_references"));
}

void report_fixities(const History& history, const AipTree& tree, FindingSink& findings) {
  for (const auto& file : tree.files()) {
    const auto found = history.disagreements.find(file.path);
    if (found == history.disagreements.end()) continue;
    const auto& [where, size, digests] = found->second;
    if (size != std::to_string(file.bytes)) {
      findings.error(
          "PREMIS-SIZE", where,
          say("verify.size",
              {{"file", file.path}, {"stated", size}, {"real", std::to_string(file.bytes)}}));
    }
    for (const auto& [algorithm, digest] : digests) {
      const auto& real = algorithm == "SM3" ? file.sm3 : file.sha512;
      if (real.empty() || digest == real || (algorithm != "SM3" && algorithm != "SHA-512")) {
        continue;
      }
      findings.error("PREMIS-FIXITY", where,
                     say("verify.fixity", {{"file", file.path}, {"algorithm", algorithm}}));
    }
  }
}

bool is_content(std::string_view path) {
  constexpr std::string_view kFolder = "representations/";
  if (!path.starts_with(kFolder)) return false;
  const auto slash = path.find('/', kFolder.size());
  return slash != path.npos && path.substr(slash).starts_with("/data/");
}

void report_undescribed(const History& history, const AipTree& tree, FindingSink& findings) {
  for (const auto& file : tree.files()) {
    if (!is_content(file.path) || history.described.contains(file.path)) continue;
    findings.error("PREMIS-OBJECT", file.disk(),
                   say("verify.not_described", {{"file", file.path}}));
  }
}

}  // namespace

void check_premis(const std::filesystem::path& root, const AipTree& tree,
                  std::vector<std::string> documents, FindingSink& findings) {
  static const auto& schemas = XmlSchemaSet::embedded_set({"anjuan-premis.xsd"});
  std::sort(documents.begin(), documents.end());
  History history;
  bool complete = true;
  for (const auto& path : documents) {
    const auto disk = tree.where(path);
    PremisDocument document(tree, disk, history, findings);
    Findings violations;
    complete &= parse_checked(root, disk, document, &schemas, limits_for(tree.files().size()),
                              violations, findings);
    for (auto& violation : violations) findings.add(std::move(violation));
  }
  report_fixities(history, tree, findings);
  // What a broken document would have described is not missing.
  if (!complete) return;
  report_references(history, findings);
  report_undescribed(history, tree, findings);
}

}  // namespace anjuan::packager
