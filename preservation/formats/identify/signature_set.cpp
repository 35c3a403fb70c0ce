#include "preservation/formats/identify/signature_set.h"

#include <set>

#include "core/embedded.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan::formats {

std::string_view container_word(ContainerKind kind) {
  return kind == ContainerKind::kZip ? "zip" : "ole2";
}

void refuse_signatures(const PatternPlace& place, std::string_view why, const std::string& what) {
  throw Error(ErrorCode::kInvalid, place.file,
              say("identify.signatures_refused", {{"file", place.file},
                                                  {"line", std::to_string(place.line)},
                                                  {"reason", say(why, {{"what", what}})}}));
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

const SignatureSet& SignatureSet::own() {
  static const SignatureSet table =
      from_json(embedded("policy/signatures.json"), "policy/signatures.json");
  return table;
}

std::size_t SignatureSet::add(Format format) {
  numbers_.emplace(format.puid, formats_.size());
  formats_.push_back(std::move(format));
  return formats_.size() - 1;
}

void SignatureSet::add(Signature signature, std::size_t format) {
  formats_[format].has_signature = true;
  binaries_.push_back({std::move(signature), format});
}

void SignatureSet::add(ContainerSignature signature) {
  formats_[signature.format].has_signature = true;
  containers_.push_back(std::move(signature));
}

std::optional<std::size_t> SignatureSet::number_of(std::string_view puid) const {
  const auto found = numbers_.find(puid);
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

const Format* SignatureSet::find(std::string_view puid) const {
  const auto number = number_of(puid);
  return number ? &formats_[*number] : nullptr;
}

void SignatureSet::add_local(const SignatureSet& other) {
  std::map<std::size_t, std::size_t> numbers;
  for (std::size_t i = 0; i < other.formats_.size(); ++i) {
    if (other.formats_[i].puid.starts_with(kLocalPrefix)) numbers[i] = add(other.formats_[i]);
  }
  for (const Binary& binary : other.binaries_) {
    const auto found = numbers.find(binary.format);
    if (found != numbers.end()) add(binary.signature, found->second);
  }
  for (ContainerSignature signature : other.containers_) {
    const auto found = numbers.find(signature.format);
    if (found == numbers.end()) continue;
    signature.format = found->second;
    add(std::move(signature));
  }
}

SignatureSet::Hits SignatureSet::without_lesser(Hits hits) const {
  std::set<std::string_view> lesser;
  for (const Format* hit : hits) lesser.insert(hit->over.begin(), hit->over.end());
  std::erase_if(hits, [&](const Format* hit) { return lesser.contains(hit->puid); });
  return hits;
}

std::vector<std::size_t> SignatureSet::all_by_bytes(const FileWindows& windows) const {
  std::vector<std::size_t> hits;
  std::vector<bool> seen(formats_.size());
  for (const Binary& binary : binaries_) {
    if (seen[binary.format] || !binary.signature.found_in(windows)) continue;
    seen[binary.format] = true;
    hits.push_back(binary.format);
  }
  return hits;
}

SignatureSet::ByteHits SignatureSet::by_bytes(const FileWindows& windows) const {
  ByteHits result;
  for (const std::size_t number : all_by_bytes(windows)) {
    const Format& format = formats_[number];
    result.formats.push_back(&format);
    if (!format.container) continue;
    auto& kinds = result.containers;
    if (std::find(kinds.begin(), kinds.end(), *format.container) == kinds.end()) {
      kinds.push_back(*format.container);
    }
  }
  result.formats = without_lesser(std::move(result.formats));
  return result;
}

SignatureSet::Hits SignatureSet::by_members(ContainerKind kind, const Members& members) const {
  const auto holds = [&](const MemberRule& rule) {
    const auto member = members.find(rule.path);
    if (member == members.end()) return false;
    return rule.any_of.empty() ||
           std::any_of(rule.any_of.begin(), rule.any_of.end(),
                       [&](const Signature& one) { return one.found_in(member->second); });
  };
  Hits hits;
  for (const ContainerSignature& signature : containers_) {
    const Format* format = &formats_[signature.format];
    const bool found = signature.kind == kind &&
                       std::all_of(signature.members.begin(), signature.members.end(), holds) &&
                       std::find(hits.begin(), hits.end(), format) == hits.end();
    if (found) hits.push_back(format);
  }
  return without_lesser(std::move(hits));
}

SignatureSet::Hits SignatureSet::by_extension(std::string_view extension) const {
  Hits hits;
  for (const Format& format : formats_) {
    const auto& all = format.extensions;
    if (std::find(all.begin(), all.end(), extension) != all.end()) hits.push_back(&format);
  }
  return hits;
}

std::optional<ContainerKind> SignatureSet::container_of(const Format& format) const {
  for (const ContainerSignature& signature : containers_) {
    if (&formats_[signature.format] == &format) return signature.kind;
  }
  return std::nullopt;
}

std::vector<std::string> SignatureSet::wanted_members(ContainerKind kind) const {
  std::set<std::string> paths;
  for (const ContainerSignature& signature : containers_) {
    if (signature.kind != kind) continue;
    for (const MemberRule& rule : signature.members) paths.insert(rule.path);
  }
  return {paths.begin(), paths.end()};
}

}  // namespace anjuan::formats
