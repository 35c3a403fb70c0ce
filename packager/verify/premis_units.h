#pragma once
// Which semantic units a PREMIS document of another program must and may have, and in which order:
// the data dictionary's obligations as the XML schemas 2.0-2.3 and 3.0 order them.

#include <string>
#include <string_view>
#include <vector>

#include "core/xml_reader.h"
#include "packager/verify/finding_sink.h"
#include "packager/verify/premis_reader.h"

namespace anjuan::packager {

/// Where a child of a unit stands and how often.
struct PremisChild {
  std::string_view name;
  bool mandatory = false;
  bool repeatable = false;
  bool one_of = false;  ///< at least one of the children marked so is mandatory
};

/// Hears a document beside the PremisReader; what is wrong becomes finding PREMIS-UNIT (error).
class PremisUnits final : public XmlHandler {
 public:
  PremisUnits(std::string where, FindingSink& findings)
      : where_(std::move(where)), findings_(findings) {}

  void start(std::string_view uri, std::string_view name,
             const std::vector<XmlAttribute>& attributes, Place place) override;
  void text(std::string_view characters) override;
  void end(std::string_view uri, std::string_view name) override;

 private:
  struct Open {
    std::string name;
    Place place;
    const std::vector<PremisChild>* children = nullptr;  ///< nullptr = a text
    std::vector<std::uint32_t> counts;                   ///< of each of the children
    std::size_t last = 0;                                ///< place in the order
    bool mandatory = false;
    bool has_text = false;
  };

  void start_root(std::string_view uri, std::string_view name,
                  const std::vector<XmlAttribute>& attributes, Place place);
  bool enter(std::string_view name, Place place);
  const std::vector<PremisChild>* children_of(std::string_view name,
                                              const std::vector<XmlAttribute>& attributes,
                                              Place place);
  void leave(const Open& unit);
  void fault(std::string_view message_id, std::string_view unit, std::string_view parent,
             Place place);

  std::string where_;
  FindingSink& findings_;
  PremisEdition edition_ = PremisEdition::kUnknown;
  std::vector<Open> open_;
  std::uint32_t passed_over_ = 0;  ///< open elements below one that is not looked into
  bool began_ = false;
};

}  // namespace anjuan::packager
