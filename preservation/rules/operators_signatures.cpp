// Signatures on documents, and the three ways in which a refusal to sign may be recorded
// (细则 Art. 12, 14, 19; 行政处罚法 Art. 64(8)).

#include "preservation/rules/operators.h"

namespace anjuan::rules {

Truth has_signed(const Scene& scene, const Item& document, std::string_view role, double count) {
  if (!scene.facts.is_settled(document, "signed", role)) return Truth::kOpen;
  const Json* all = document.find("signed");
  const bool enough = all != nullptr && signature_count(all->find(role)) >= count;
  return enough ? Truth::kYes : Truth::kNo;
}

namespace {

/// What a judgement of signatures saw.
struct Signing {
  Truth truth = Truth::kYes;
  std::vector<std::string> missing;  ///< names of roles
  FactBasis basis = FactBasis::kNone;
};

Truth was_refused(const Scene& scene, const Item& document) {
  if (!scene.facts.is_settled(document, "refused")) return Truth::kOpen;
  return is_true(document.find("refused")) ? Truth::kYes : Truth::kNo;
}

Truth was_filmed(const Scene& scene, const Item& document, FactBasis& basis) {
  const auto* event = scene.facts.event(document.event);
  const auto* video = event == nullptr ? nullptr : scene.facts.video_of(event->id);
  basis = joined(basis, video == nullptr ? FactBasis::kDeclared : basis_of(scene, *video));
  return video == nullptr ? Truth::kNo : Truth::kYes;
}

/// True if the way `refusal` excuses a missing signature of a party.
Truth excused(const Scene& scene, const Item& document, std::string_view refusal,
              FactBasis& basis) {
  const auto signed_by = [&](std::string_view role) { return has_signed(scene, document, role); };
  if (refusal == "host_note") return scene.facts.filled(document, "signed", "host_note");
  const auto refused = was_refused(scene, document);
  if (refusal == "note") return both(refused, scene.facts.filled(document, "signed", "note"));
  if (refusal == "witness") return both(refused, signed_by("witness"));
  if (refusal != "note_and_(witness_or_video)") return Truth::kNo;
  const auto noted = both(refused, scene.facts.filled(document, "signed", "note"));
  if (noted == Truth::kNo || signed_by("witness") == Truth::kYes) {
    return both(noted, signed_by("witness"));
  }
  return both(noted, either(signed_by("witness"), was_filmed(scene, document, basis)));
}

/// "party|agent": either. The label says both.
Truth role_signed(const Scene& scene, const Item& document, std::string_view roles,
                  std::string& label) {
  Truth truth = Truth::kNo;
  std::vector<std::string> labels;
  while (true) {
    const auto bar = roles.find('|');
    const auto role = roles.substr(0, bar);
    truth = either(truth, has_signed(scene, document, role));
    labels.push_back(scene.words.role(role));
    if (bar == roles.npos) break;
    roles.remove_prefix(bar + 1);
  }
  label = scene.words.alternatives(labels);
  return truth;
}

void note(Signing& signing, Truth truth, const std::string& label) {
  if (truth != Truth::kYes) signing.missing.push_back(label);
  signing.truth = both(signing.truth, truth);
}

Signing signing_of(const Scene& scene, const Item& document, const Json& parameters) {
  Signing signing;
  const auto refusal = text_of(parameters, "refusal");
  const auto officers = whole_number(parameters, "officer_min", 0);
  if (officers > 0) {
    const Json* all = document.find("signed");
    const auto found = all == nullptr ? 0 : signature_count(all->find("officer"));
    const auto label =
        scene.words.say("judge.officers_signed",
                        {{"n", std::to_string(officers)}, {"found", fmt::format("{:g}", found)}});
    note(signing, has_signed(scene, document, "officer", static_cast<double>(officers)), label);
  }
  for (const auto& role : texts(parameters, "roles")) {
    if (role == "officer") continue;
    std::string label;
    auto truth = role_signed(scene, document, role, label);
    if (truth != Truth::kYes) {
      truth = either(truth, excused(scene, document, refusal, signing.basis));
    }
    note(signing, truth, label);
  }
  return signing;
}

std::string_view remedy_for(std::string_view refusal) {
  if (refusal == "note") return "judge.next_sign_note";
  if (refusal == "witness") return "judge.next_sign_witness";
  if (refusal == "note_and_(witness_or_video)") return "judge.next_sign_note_and";
  return refusal == "host_note" ? "judge.next_sign_host" : "judge.next_sign";
}

}  // namespace

Outcome judge_signatures(const Scene& scene, const Item& document, const Json& parameters) {
  const auto signing = signing_of(scene, document, parameters);
  if (signing.truth == Truth::kYes) return Outcome::passed().resting_on(signing.basis);
  std::vector<std::string> names;
  for (const auto& role : signing.missing) {
    names.push_back(scene.words.say("judge.signature_of", {{"role", role}}));
  }
  if (signing.truth == Truth::kOpen) return unconfirmed(scene, names).resting_on(signing.basis);
  const bool is_own = &document == &scene.object;
  const auto list = scene.words.list(names);
  const auto what =
      is_own ? scene.words.say("judge.unsigned", {{"signatures", list}})
             : scene.words.say("judge.document_unsigned",
                               {{"document", scene.words.object(document)}, {"signatures", list}});
  return Outcome::failed({what, scene.words.say(remedy_for(text_of(parameters, "refusal")))})
      .resting_on(signing.basis);
}

namespace operators {

Outcome signatures(const Scene& scene, const Json& parameters) {
  return judge_signatures(scene, scene.object, parameters);
}

Outcome signed_event_doc(const Scene& scene, const Json& parameters) {
  const auto kinds = texts(parameters, "docs");
  const auto documents = scene.documents(kinds);
  if (documents.empty()) {
    const auto names = scene.words.kinds(kinds);
    return Outcome::failed({scene.words.say("judge.document_missing", {{"kinds", names}}),
                            scene.words.say("judge.next_document", {{"kinds", names}})});
  }
  Outcome worst;
  for (const auto* document : documents) {
    auto outcome = judge_signatures(scene, *document, parameters);
    const auto basis = joined(worst.basis, outcome.basis);
    const bool is_worse =
        worst.result == CheckResult::kPassed ||
        (outcome.result == CheckResult::kFailed && worst.result != CheckResult::kFailed);
    if (is_worse) worst = std::move(outcome);
    worst.basis = basis;
  }
  return worst;
}

}  // namespace operators

}  // namespace anjuan::rules
