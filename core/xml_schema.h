#pragma once
// A set of XML Schemas, compiled once and locked: the only grammars a validation may use.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace anjuan {

/// One schema document: `name` is how others import it (file name of its schemaLocation).
struct XmlSchemaSource {
  std::string name;
  std::string text;
};

class XmlSchemaSet {
 public:
  /// Compiles `sources` (imports are resolved among them by file name, nothing else is opened).
  /// Throws Error(kInvalid) naming source, line and reason.
  explicit XmlSchemaSet(const std::vector<XmlSchemaSource>& sources);
  ~XmlSchemaSet();
  XmlSchemaSet(XmlSchemaSet&&) noexcept;

  /// Shared, thread-safe: schemas/xml/`names` compiled in.
  static const XmlSchemaSet& embedded_set(const std::vector<std::string>& names);
  /// Official schemas read from a folder (tests only).
  static XmlSchemaSet from_files(const std::vector<std::filesystem::path>& files);

  struct State;

  const State& state() const { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace anjuan
