#pragma once
// The fields of the archive's own description, from schemas/description_fields.json: the one source
// for description.xsd, for describing, for editing and for showing.

#include <string>
#include <string_view>
#include <vector>

namespace anjuan {

struct DescriptionField {
  std::string path;     ///< "party/name", "item/file/@digest"
  std::string chinese;  ///< "姓名或名称"
  std::string english;
  std::string standard;             ///< its number in the standards; empty for a supplement of ours
  std::string type;                 ///< text, choice, date, time, year, count, decimal, sha512, ...
  std::size_t characters_max = 0;   ///< of a text; 0 = no limit
  std::vector<std::string> values;  ///< of a choice
  bool is_required = false;
  bool repeats = false;
  bool is_supplement = false;  ///< not one of the 120 fields of the standards
  bool is_fixed = false;       ///< a measured or declared fact: never edited
  bool is_sensitive = false;   ///< personal data
};

/// An element of description.xml: a field, a group of fields, or both.
struct DescriptionElement {
  std::string name;
  std::string chinese;
  const DescriptionField* field = nullptr;  ///< nullptr for a mere group
  bool is_required = false;
  bool repeats = false;
  std::vector<DescriptionElement> children;
  std::vector<const DescriptionField*> attributes;

  bool is_group() const { return !children.empty() || field == nullptr || field->type == "group"; }

  /// A group that also has a value of its own carries it in the attribute "value".
  bool has_value_attribute() const {
    return is_group() && field != nullptr && field->type != "group";
  }

  const DescriptionElement* child(std::string_view child_name) const;
  const DescriptionField* attribute(std::string_view attribute_name) const;
};

/// All fields in the order of the file.
const std::vector<DescriptionField>& description_fields();

/// The root element "description" with everything below it.
const DescriptionElement& description_root();

/// True if `value` is what the type of the field demands.
bool fits(const DescriptionField& field, std::string_view value);

}  // namespace anjuan
