#include "preservation/formats/identify/droid_sequences.h"

#include <charconv>

namespace anjuan::formats {

namespace {

constexpr std::size_t kFragmentsMax = 1024;

bool is_fragment(std::string_view name) {
  return name == "LeftFragment" || name == "RightFragment";
}

std::vector<StepChoice> choices(const std::vector<Pattern>& patterns, Gap before, Gap after) {
  std::vector<StepChoice> all;
  for (const Pattern& pattern : patterns) all.push_back({pattern, before, after});
  return all;
}

}  // namespace

std::string_view attribute_of(const std::vector<XmlAttribute>& attributes, std::string_view name) {
  for (const XmlAttribute& attribute : attributes) {
    if (attribute.name == name) return attribute.value;
  }
  return {};
}

std::uint64_t DroidSequences::number(const std::vector<XmlAttribute>& attributes,
                                     std::string_view name, std::uint64_t fallback) const {
  const std::string_view text = attribute_of(attributes, name);
  if (text.empty()) return fallback;
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    refuse_signatures(place(), "identify.signatures_number", std::string(name));
  }
  return value;
}

void DroidSequences::start(std::string_view name, const std::vector<XmlAttribute>& attributes,
                           Place place) {
  line_ = place.line;
  text_.clear();
  if (name == "InternalSignature") {
    signature_ = {};
    id_ = attribute_of(attributes, "ID");
  } else if (name == "ByteSequence") {
    const std::string_view reference = attribute_of(attributes, "Reference");
    anchor_ = reference == "BOFoffset"   ? Anchor::kBeginning
              : reference == "EOFoffset" ? Anchor::kEnd
                                         : Anchor::kAnywhere;
    const bool known = anchor_ != Anchor::kAnywhere || reference.empty() || reference == "Variable";
    if (!known) refuse_signatures({file_, line_}, "identify.signatures_word", "Reference");
    parts_.clear();
  } else if (name == "SubSequence") {
    SubSequence part;
    part.position = number(attributes, "Position", parts_.size() + 1);
    part.gap = {number(attributes, "SubSeqMinOffset", 0),
                number(attributes, "SubSeqMaxOffset", kNoLimit)};
    part.gap.most = std::max(part.gap.most, part.gap.least);  // DROID reads "4 to 0" as 4.
    parts_.push_back(std::move(part));
  } else if (is_fragment(name)) {
    fragment_.position = number(attributes, "Position", 1);
    fragment_.gap = {number(attributes, "MinOffset", 0), number(attributes, "MaxOffset", kNoLimit)};
  }
}

void DroidSequences::text(std::string_view characters) {
  if (text_.size() + characters.size() > 16 * kPatternBytesMax) {
    refuse_signatures(place(), "identify.pattern_long");
  }
  text_ += characters;
}

std::optional<Signature> DroidSequences::end(std::string_view name) {
  if (name == "Sequence" || is_fragment(name)) {
    if (parts_.empty()) refuse_signatures(place(), "identify.signatures_word", std::string(name));
    SubSequence& part = parts_.back();
    auto patterns = Pattern::compile(text_, place());
    if (name == "Sequence") {
      part.sequence = std::move(patterns);
    } else {
      auto& fragments = name == "LeftFragment" ? part.left : part.right;
      fragment_.patterns = std::move(patterns);
      if (fragments.size() >= kFragmentsMax) refuse_signatures(place(), "identify.signatures_many");
      fragments.push_back(fragment_);
    }
    text_.clear();
  } else if (name == "ByteSequence") {
    if (signature_.sequences.size() >= kSequencesMax || parts_.size() > kStepsMax) {
      refuse_signatures(place(), "identify.signatures_many");
    }
    signature_.sequences.push_back(sequence());
    parts_.clear();
  } else if (name == "InternalSignature") {
    if (signature_.sequences.empty()) refuse_signatures(place(), "identify.pattern_empty");
    return std::move(signature_);
  }
  return std::nullopt;
}

/// One step for each position. Fragments before the sequence come outermost first and keep their
/// distance to what follows; those after it come innermost first.
void DroidSequences::add_fragments(std::vector<Fragment> fragments, Side side,
                                   std::vector<std::vector<StepChoice>>& steps) const {
  std::stable_sort(fragments.begin(), fragments.end(), [side](const auto& a, const auto& b) {
    return side == Side::kBefore ? a.position > b.position : a.position < b.position;
  });
  std::optional<std::uint64_t> position;
  for (const Fragment& fragment : fragments) {
    if (position != fragment.position) steps.emplace_back();
    position = fragment.position;
    const auto more = side == Side::kBefore ? choices(fragment.patterns, {}, fragment.gap)
                                            : choices(fragment.patterns, fragment.gap, {});
    steps.back().insert(steps.back().end(), more.begin(), more.end());
    if (steps.back().size() > kStepChoicesMax) {
      refuse_signatures(place(), "identify.signatures_many");
    }
  }
}

void DroidSequences::add_steps(const SubSequence& part,
                               std::vector<std::vector<StepChoice>>& steps) const {
  if (part.sequence.empty()) refuse_signatures(place(), "identify.pattern_empty");
  const bool from_end = anchor_ == Anchor::kEnd;
  const std::size_t first = steps.size();
  add_fragments(from_end ? part.right : part.left, Side::kBefore, steps);
  steps.push_back(choices(part.sequence, {}, {}));
  add_fragments(from_end ? part.left : part.right, Side::kAfter, steps);
  for (StepChoice& choice : steps[first]) choice.before = part.gap;
  if (steps.size() > kStepsMax) refuse_signatures(place(), "identify.signatures_many");
}

ByteSequence DroidSequences::sequence() const {
  if (parts_.empty()) refuse_signatures(place(), "identify.pattern_empty");
  std::vector<SubSequence> parts = parts_;
  std::stable_sort(parts.begin(), parts.end(), [this](const auto& a, const auto& b) {
    return anchor_ == Anchor::kEnd ? a.position > b.position : a.position < b.position;
  });
  if (anchor_ == Anchor::kAnywhere) parts.front().gap.most = kNoLimit;
  ByteSequence sequence;
  sequence.anchor = anchor_;
  for (const SubSequence& part : parts) add_steps(part, sequence.steps);
  return sequence;
}

}  // namespace anjuan::formats
