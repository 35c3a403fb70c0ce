#pragma once
// The part that both DROID files have in common: internal signatures, as elements come.
//
// InternalSignature holds ByteSequence (Reference BOFoffset, EOFoffset, or none: anywhere), that
// SubSequence (offsets of its outermost byte from the anchor or from the one before), that one
// Sequence and LeftFragment, RightFragment with a Position, 1 beside the Sequence. Fragments of
// one position are alternatives. (DROID signature file, as published by The National Archives.)

#include <optional>

#include "core/xml_reader.h"
#include "preservation/formats/identify/signature_set.h"

namespace anjuan::formats {

class DroidSequences {
 public:
  explicit DroidSequences(std::string file) : file_(std::move(file)) {}

  /// To be called for every element within an InternalSignatureCollection.
  void start(std::string_view name, const std::vector<XmlAttribute>& attributes, Place place);
  void text(std::string_view characters);
  /// The signature when the end is that of an InternalSignature.
  std::optional<Signature> end(std::string_view name);

  const std::string& id() const { return id_; }

  PatternPlace place() const { return {file_, line_}; }

  /// An attribute that is a number, or `fallback` if there is none.
  std::uint64_t number(const std::vector<XmlAttribute>& attributes, std::string_view name,
                       std::uint64_t fallback) const;

 private:
  struct Fragment {
    std::uint64_t position = 0;
    Gap gap;
    std::vector<Pattern> patterns;
  };

  struct SubSequence {
    std::uint64_t position = 0;
    Gap gap;
    std::vector<Pattern> sequence;
    std::vector<Fragment> left;
    std::vector<Fragment> right;
  };

  enum class Side { kBefore, kAfter };

  void add_steps(const SubSequence& part, std::vector<std::vector<StepChoice>>& steps) const;
  void add_fragments(std::vector<Fragment> fragments, Side side,
                     std::vector<std::vector<StepChoice>>& steps) const;
  ByteSequence sequence() const;

  std::string file_;
  std::uint32_t line_ = 0;
  std::string id_;
  Anchor anchor_ = Anchor::kAnywhere;
  Signature signature_;
  std::vector<SubSequence> parts_;
  Fragment fragment_;
  std::string text_;
};

/// The attribute without namespace, or "".
std::string_view attribute_of(const std::vector<XmlAttribute>& attributes, std::string_view name);

}  // namespace anjuan::formats
