// SignatureSet from our own table (docs/formats/signatures.md).
#include "core/json.h"
#include "preservation/formats/identify/signature_set.h"

namespace anjuan::formats {

namespace {

class OwnTable {
 public:
  OwnTable(std::string subject, SignatureSet& set) : subject_(std::move(subject)), set_(set) {}

  void load(const Json& table) {
    check_keys(table, {"version", "note", "formats"});
    set_.set_version("anjuan " + table.text_or("version", ""));
    for (const Json& row : list(table, "formats")) add_format(row);
    if (set_.formats().empty()) refuse(table, "identify.signatures_none");
  }

 private:
  [[noreturn]] void refuse(const Json& value, std::string_view why,
                           const std::string& what = {}) const {
    refuse_signatures({subject_, value.place().line}, why, what);
  }

  /// The items of a member that is a list; none if it is missing.
  const std::vector<Json>& list(const Json& object, std::string_view key) const {
    static const std::vector<Json> none;
    const Json* value = object.find(key);
    if (value == nullptr) return none;
    if (!value->is_array()) refuse(*value, "identify.signatures_word", std::string(key));
    return value->items();
  }

  std::vector<std::string> words(const Json& object, std::string_view key) const {
    std::vector<std::string> all;
    for (const Json& item : list(object, key)) {
      if (!item.is_string()) refuse(item, "identify.signatures_word", std::string(key));
      all.push_back(item.as_string());
    }
    return all;
  }

  void check_keys(const Json& object, std::initializer_list<std::string_view> known) const {
    if (!object.is_object()) refuse(object, "identify.signatures_word", "{");
    for (const auto& [key, value] : object.members()) {
      if (std::find(known.begin(), known.end(), key) == known.end()) {
        refuse(value, "identify.signatures_word", key);
      }
    }
  }

  ContainerKind kind_of(const Json& value) const {
    if (value.is_string() && value.as_string() == "zip") return ContainerKind::kZip;
    if (value.is_string() && value.as_string() == "ole2") return ContainerKind::kOle2;
    refuse(value, "identify.signatures_word", "container");
  }

  void add_format(const Json& row) {
    check_keys(row, {"puid", "name", "version", "mime", "extensions", "over", "opens", "signatures",
                     "containers", "note"});
    Format format;
    format.puid = row.text_or("puid", "");
    format.name = row.text_or("name", "");
    format.version = row.text_or("version", "");
    format.mime = row.text_or("mime", "");
    format.extensions = words(row, "extensions");
    format.over = words(row, "over");
    if (const Json* opens = row.find("opens")) format.container = kind_of(*opens);
    if (format.puid.empty() || format.name.empty() || format.mime.empty()) {
      refuse(row, "identify.signatures_word", "puid, name, mime");
    }
    if (set_.find(format.puid) != nullptr) refuse(row, "identify.signatures_twice", format.puid);
    const std::size_t number = set_.add(std::move(format));
    for (const Json& signature : list(row, "signatures")) set_.add(signature_of(signature), number);
    for (const Json& container : list(row, "containers")) add_container(container, number);
  }

  void add_container(const Json& value, std::size_t format) {
    check_keys(value, {"in", "members"});
    ContainerSignature signature;
    const Json* kind = value.find("in");
    if (kind == nullptr) refuse(value, "identify.signatures_word", "in");
    signature.kind = kind_of(*kind);
    signature.format = format;
    for (const Json& member : list(value, "members")) {
      check_keys(member, {"path", "any_of"});
      MemberRule rule;
      rule.path = member.text_or("path", "");
      if (rule.path.empty()) refuse(member, "identify.signatures_word", "path");
      for (const Json& one : list(member, "any_of")) rule.any_of.push_back(signature_of(one));
      signature.members.push_back(std::move(rule));
    }
    if (signature.members.empty()) refuse(value, "identify.signatures_word", "members");
    set_.add(std::move(signature));
  }

  /// A list of sequences that must all be found.
  Signature signature_of(const Json& value) const {
    if (!value.is_array() || value.items().empty()) {
      refuse(value, "identify.signatures_word", "signatures");
    }
    Signature signature;
    for (const Json& item : value.items()) signature.sequences.push_back(sequence_of(item));
    return signature;
  }

  ByteSequence sequence_of(const Json& value) const {
    check_keys(value, {"from", "offset", "bytes", "then"});
    ByteSequence sequence;
    const std::string from = value.text_or("from", "beginning");
    if (from == "end") {
      sequence.anchor = Anchor::kEnd;
    } else if (from == "anywhere") {
      sequence.anchor = Anchor::kAnywhere;
    } else if (from != "beginning") {
      refuse(value, "identify.signatures_word", "from");
    }
    const bool anywhere = sequence.anchor == Anchor::kAnywhere;
    const Gap gap = gap_of(value, "offset", anywhere ? Gap{0, kNoLimit} : Gap{});
    sequence.steps.push_back(step_of(value, gap));
    for (const Json& next : list(value, "then")) {
      check_keys(next, {"gap", "bytes"});
      sequence.steps.push_back(step_of(next, gap_of(next, "gap", {0, kNoLimit})));
    }
    return sequence;
  }

  Gap gap_of(const Json& object, std::string_view key, Gap fallback) const {
    const auto& bounds = list(object, key);
    if (bounds.empty()) return fallback;
    const bool two = bounds.size() == 2 && bounds[0].is(Json::Type::kInteger) &&
                     bounds[1].is(Json::Type::kInteger) && bounds[0].as_integer() >= 0 &&
                     bounds[1].as_integer() >= bounds[0].as_integer();
    if (!two) refuse(object, "identify.signatures_number", std::string(key));
    return {static_cast<std::uint64_t>(bounds[0].as_integer()),
            static_cast<std::uint64_t>(bounds[1].as_integer())};
  }

  std::vector<StepChoice> step_of(const Json& object, Gap before) const {
    std::vector<StepChoice> choices;
    const PatternPlace place{subject_, object.place().line};
    for (Pattern& pattern : Pattern::compile(object.text_or("bytes", ""), place)) {
      choices.push_back({std::move(pattern), before, {}});
    }
    return choices;
  }

  std::string subject_;
  SignatureSet& set_;
};

}  // namespace

SignatureSet SignatureSet::from_json(std::string_view text, const std::string& subject) {
  SignatureSet set;
  OwnTable(subject, set).load(Json::parse(text, subject));
  return set;
}

}  // namespace anjuan::formats
