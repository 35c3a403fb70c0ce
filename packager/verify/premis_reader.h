#pragma once
// Streams a PREMIS document of edition 2 or 3 as entities, identifiers and references.
//
// Only what checks need is kept, one entity at a time: memory does not grow with the document.
// What stands in extension containers belongs to other standards and is passed over.

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/xml_reader.h"

namespace anjuan::packager {

enum class PremisEdition { kUnknown, k2, k3 };

/// From the namespace; kUnknown for PREMIS 1 and for what is no PREMIS.
PremisEdition premis_edition(std::string_view namespace_uri);
/// Of a root element that may also state its version: kUnknown if that is another one.
PremisEdition premis_edition(std::string_view namespace_uri, std::string_view version);

/// True for units whose content any other standard may define.
bool is_premis_extension(std::string_view unit);

enum class PremisKind { kObject, kEvent, kAgent, kRights };

/// What an element begins: an entity, or nothing of the kind.
const PremisKind* premis_entity(std::string_view unit);

struct PremisIdentifier {
  std::string type;
  std::string value;
  Place place;
};

struct PremisFixity {
  std::string algorithm;  ///< as written
  std::string digest;     ///< lower case
};

/// An object's objectCharacteristics of one composition level.
struct PremisCharacteristics {
  std::uint32_t level = 0;
  std::string size;
  std::vector<PremisFixity> fixities;
};

struct PremisEntity {
  PremisKind kind = PremisKind::kObject;
  Place place;
  std::vector<PremisIdentifier> identifiers;
  std::string category;                   ///< of an object: "file", "representation", ...
  std::vector<std::string> locations;     ///< of an object
  PremisCharacteristics characteristics;  ///< of an object: of its outermost composition level
  std::string type;                       ///< of an event
  std::string date;                       ///< of an event
  std::size_t agents = 0;                 ///< that an event links
  std::string basis;                      ///< of rights
  bool explains_basis = false;            ///< of rights: the information that the basis asks for
};

/// Hears what a document says, in its order.
class PremisVisitor {
 public:
  virtual ~PremisVisitor() = default;
  /// The root is of another edition or another standard; nothing else will be told.
  virtual void other_version(std::string_view version, Place place) = 0;
  /// An entity names another one.
  virtual void reference(PremisKind to, const PremisIdentifier& id) = 0;
  /// A date, or one end of a period.
  virtual void date(std::string_view unit, std::string_view text, Place place) = 0;
  /// A value for which the Library of Congress keeps a vocabulary.
  virtual void term(std::string_view unit, std::string_view text, Place place) = 0;
  virtual void entity(PremisEntity& entity) = 0;
};

class PremisReader final : public XmlHandler {
 public:
  explicit PremisReader(PremisVisitor& visitor) : visitor_(visitor) {}

  void start(std::string_view uri, std::string_view name,
             const std::vector<XmlAttribute>& attributes, Place place) override;
  void text(std::string_view characters) override;
  void end(std::string_view uri, std::string_view name) override;

 private:
  void start_root(std::string_view uri, std::string_view name,
                  const std::vector<XmlAttribute>& attributes, Place place);
  void start_unit(std::string_view name, const std::vector<XmlAttribute>& attributes, Place place);
  void end_unit(std::string_view name);
  bool end_identifier(std::string_view name, std::string_view value);
  void end_characteristic(std::string_view name, std::string_view value);
  void end_value(std::string_view name, std::string_view value);
  void end_entity();

  PremisVisitor& visitor_;
  PremisEdition edition_ = PremisEdition::kUnknown;
  std::uint32_t depth_ = 0;
  std::uint32_t passed_over_ = 0;  ///< depth inside an extension; 0 = in none
  std::string text_;
  Place place_;  ///< of the element that was begun last
  PremisEntity entity_;
  PremisCharacteristics characteristics_;
  std::string identifier_type_;
  std::string algorithm_;
  std::set<std::string_view> explained_;  ///< bases for which the rights give the information
};

}  // namespace anjuan::packager
