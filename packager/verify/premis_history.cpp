#include "packager/verify/premis_history.h"

#include "core/messages.h"

namespace anjuan::packager {

namespace {

/// References that wait for something described further on; more are not kept.
constexpr std::size_t kPendingMax = 1'000'000;
/// Of an identifier, for the message.
constexpr std::size_t kShownBytesMax = 200;

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>()(text); }

std::uint64_t hash_of(std::string_view first, std::string_view second) {
  constexpr std::uint64_t kGoldenRatio = 0x9E3779B97F4A7C15;
  return hash_of(first) * kGoldenRatio + hash_of(second);
}

/// An object may be described again, but not as another kind of thing; an event happened once.
std::uint64_t sense_of(const PremisEntity& entity) {
  switch (entity.kind) {
    case PremisKind::kObject:
      return hash_of(entity.category);
    case PremisKind::kEvent:
      return hash_of(entity.type, entity.date);
    case PremisKind::kRights:
      return hash_of(entity.basis);
    case PremisKind::kAgent:
      break;
  }
  return 0;
}

std::size_t index_of(PremisKind kind) { return static_cast<std::size_t>(kind); }

/// A package of ours has a copy to restore from; of others only their maker knows more.
std::string_view missing_message(PremisKind kind, bool ours) {
  if (kind == PremisKind::kEvent) return "premis.event_not_described";
  if (kind == PremisKind::kRights) return "premis.rights_not_described";
  return ours ? "verify.object_not_described" : "premis.object_not_described";
}

/// Whole characters only.
std::string shown(std::string_view value) {
  auto length = std::min(value.size(), kShownBytesMax);
  while (length > 0 && length < value.size() &&
         (static_cast<unsigned char>(value[length]) & 0xC0U) == 0x80U)
    --length;
  return std::string(value.substr(0, length)) + (length < value.size() ? "…" : "");
}

}  // namespace

void PremisHistory::begin_document(std::string where) { documents_.push_back(std::move(where)); }

void PremisHistory::describe(const PremisEntity& entity) {
  const auto document = static_cast<std::uint32_t>(documents_.size() - 1);
  auto& known = known_[index_of(entity.kind)];
  const auto sense = sense_of(entity);
  for (const auto& id : entity.identifiers) {
    known.values.insert(hash_of(id.value));
    const auto [found, fresh] =
        known.identifiers.try_emplace(hash_of(id.type, id.value), Described{document, sense});
    if (fresh) continue;
    const auto& first = found->second;
    if (first.document == document) {
      findings_.error("PREMIS-ID", where(document, id.place),
                      say("premis.identifier_twice", {{"id", shown(id.value)}}));
    } else if (first.sense != sense) {
      findings_.error("PREMIS-ID", where(document, id.place),
                      say("premis.identifier_taken",
                          {{"id", shown(id.value)}, {"document", documents_[first.document]}}));
    }
    found->second = {document, sense};
  }
  if (entity.kind == PremisKind::kEvent && entity.agents == 0) {
    const bool ours = profile_ == PremisProfile::kAnjuan;
    complain(profile_ != PremisProfile::kOther, "AIP16", where(document, entity.place),
             say(ours ? "verify.event_without_agent" : "premis.event_without_agent"));
  }
}

void PremisHistory::refer(PremisKind to, const PremisIdentifier& id) {
  Reference reference{hash_of(id.type, id.value),
                      hash_of(id.value),
                      to,
                      static_cast<std::uint32_t>(documents_.size() - 1),
                      id.place,
                      {}};
  if (known_[index_of(to)].identifiers.contains(reference.identifier)) return;
  if (pending_.size() >= kPendingMax) {
    complete_ = false;
    return;
  }
  reference.value = shown(id.value);
  pending_.push_back(std::move(reference));
}

void PremisHistory::report() {
  // Agents first: a package whose agents are unknown is judged by its own requirement.
  for (const bool agents : {true, false}) {
    for (const auto& reference : pending_) {
      if ((reference.kind == PremisKind::kAgent) == agents) report(reference);
    }
  }
  if (!complete_) findings_.not_checked("PKG-LIMIT", "", say("verify.too_many_references"));
}

void PremisHistory::report(const Reference& reference) {
  const auto& known = known_[index_of(reference.kind)];
  if (known.identifiers.contains(reference.identifier)) return;
  const auto place = where(reference.document, reference.place);
  const bool ours = profile_ == PremisProfile::kAnjuan;
  if (known.values.contains(reference.value_hash)) {
    complain(ours, "PREMIS-REF", place, say("premis.reference_type", {{"id", reference.value}}));
  } else if (reference.kind == PremisKind::kAgent) {
    complain(profile_ != PremisProfile::kOther, "AIP18", place,
             say(ours ? "verify.agent_not_described" : "premis.agent_not_described",
                 {{"id", reference.value}}));
  } else {
    complain(ours, "PREMIS-REF", place,
             say(missing_message(reference.kind, ours), {{"id", reference.value}}));
  }
}

std::string PremisHistory::where(std::uint32_t document, Place place) const {
  return at(documents_[document], place);
}

void PremisHistory::complain(bool must, std::string_view code, const std::string& where,
                             std::string_view message) {
  if (must) {
    findings_.error(code, where, message);
  } else {
    findings_.warn(code, where, message);
  }
}

}  // namespace anjuan::packager
