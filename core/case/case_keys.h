#pragma once
// Every known key of a case, in one table: reader, writer, checks and case.xsd all follow it.
//
// A key is known if a rule or the accepted form of a case uses it; all others are kept and
// reported.

#include <string>
#include <string_view>
#include <vector>

namespace anjuan {

/// How a key stands in the XML of its object (docs/formats/case.md).
enum class KeyForm {
  kAttribute,  ///< id, kind, event, dates, numbers
  kElement,    ///< a text of its own
  kFlag,       ///< <flag name="...">true</flag>
  kObject,     ///< an element with a shape
  kList,       ///< an element around one element for each item
  kFields,     ///< an open map of scalars: <fields><field name="" type="">...
  kSigned,     ///< an open map of roles: <signed role="" count="">
};

enum class KeyType { kText, kInteger, kNumber, kBoolean };

/// What the items of a list are.
enum class ItemForm { kObject, kText, kTextOrObject };

struct CaseShape;

struct CaseKey {
  std::string json;   ///< "page_from"
  std::string xml;    ///< "pageFrom"
  std::string label;  ///< as people call it: "起始页号"
  KeyForm form = KeyForm::kElement;
  KeyType type = KeyType::kText;
  const CaseShape* shape = nullptr;  ///< of the object, or of the items of a list
  ItemForm item_form = ItemForm::kObject;
  std::string item;  ///< element of one item
};

struct CaseShape {
  std::string name;           ///< of its type in case.xsd: "event"
  std::vector<CaseKey> keys;  ///< in the order of case.xsd

  const CaseKey* by_json(std::string_view key) const;
  /// Among attributes if `form` is kAttribute, among flags if kFlag, else among elements.
  const CaseKey* by_xml(std::string_view name, KeyForm form) const;
};

/// The shape of a whole case; the others hang below it.
const CaseShape& case_shape();

/// Names of document fields (`fields`) and of roles (`signed`) that rules or accepted cases use.
bool is_known_field(std::string_view name);
bool is_known_role(std::string_view name);

}  // namespace anjuan
