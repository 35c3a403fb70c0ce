#pragma once
// Streams a METS document into a MetsModel: one pass, each file and section handed out and
// forgotten.
//
// Whatever stands in xmlData, binData or FContent belongs to other standards and is passed over.

#include <memory>

#include "core/xml_reader.h"
#include "packager/verify/eark/mets_model.h"

namespace anjuan::packager::eark {

/// Sections, groups, divisions, pointers that are kept of one document.
inline constexpr std::size_t kItemsMax = 500'000;

/// What the reader hands out while it reads.
class MetsVisitor {
 public:
  virtual ~MetsVisitor() = default;
  /// All sections come before the first file, if the document keeps METS's order.
  virtual void section(const Section& section) = 0;
  virtual void file(const FileElement& file) = 0;
  /// `element` may not stand here in METS 1.12, or the element breaks a rule of xs:ID.
  virtual void misplaced(std::string_view element, Place place) = 0;
  virtual void repeated_id(std::string_view id, Place place) = 0;
};

class MetsReader final : public XmlHandler {
 public:
  MetsReader(MetsModel& model, MetsVisitor& visitor);
  ~MetsReader() override;

  void start(std::string_view uri, std::string_view name,
             const std::vector<XmlAttribute>& attributes, Place place) override;
  void text(std::string_view characters) override;
  void end(std::string_view uri, std::string_view name) override;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace anjuan::packager::eark
