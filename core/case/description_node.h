#pragma once
// A description as a tree of values, and its XML (docs/formats/description.md).
//
// States and standard numbers are not kept in the tree: the writer derives them from the fields.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anjuan {

inline constexpr std::string_view kDescriptionNamespace = "urn:anjuan:description:1";
inline constexpr std::string_view kNotDescribed = "未著录";  ///< required, but not known
inline constexpr std::string_view kToBeChecked = "待核";     ///< declared, but not of its type

struct DescriptionNode {
  std::string name;
  std::string value;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<DescriptionNode> children;

  /// Appends; an empty value appends nothing. Returns the child (or this, if there is none).
  DescriptionNode& add(std::string_view child_name, std::string_view child_value);
  /// Appends a group, also without value.
  DescriptionNode& group(std::string_view child_name);
  /// Sets the value; like all setters with U+FFFD for what XML cannot carry.
  void put(std::string_view text);
  /// Sets; an empty value removes.
  void set(std::string_view attribute_name, std::string_view attribute_value);

  const std::string* attribute(std::string_view attribute_name) const;
  /// The `index`-th (from 0) child of that name, or nullptr.
  const DescriptionNode* child(std::string_view child_name, std::size_t index = 0) const;
  DescriptionNode* child(std::string_view child_name, std::size_t index = 0);
  std::size_t count(std::string_view child_name) const;
};

/// The XML, with a state for each required field that has no value or one of a wrong type.
std::string write_description(const DescriptionNode& root);

/// The inverse; validates against description.xsd. Throws Error(kInvalid) with subject and place.
DescriptionNode parse_description(std::string_view xml, const std::string& subject);

}  // namespace anjuan
