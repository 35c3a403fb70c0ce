#pragma once
// What the readers of one inventory's parts share: its place, its edition, where findings go.

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/json.h"
#include "packager/verify/finding_sink.h"

namespace anjuan::packager {

class InventoryFindings {
 public:
  /// `where` names the inventory, e.g. "v1/inventory.json"; both must outlive this.
  InventoryFindings(const std::string& where, FindingSink& findings)
      : where_(where), findings_(findings) {}

  const std::string& where() const { return where_; }

  /// The edition that the inventory says it follows, "" = unknown. Codes are those of it.
  const std::string& spec() const { return spec_; }

  void set_spec(std::string spec) { spec_ = std::move(spec); }

  void error(std::string_view code, const Json& value, std::string_view message);
  void error(std::string_view code, Place place, std::string_view message);
  void warn(std::string_view code, const Json& value, std::string_view message);
  void info(std::string_view code, const Json& value, std::string_view message);

  /// The sentence `id` that takes {path} (the inventory) and {key}.
  std::string text(std::string_view id, std::string_view key) const;

  /// E102 for each member that is not `known`.
  void refuse_unknown(const Json& object, std::initializer_list<std::string_view> known);

  /// The string member, or "" with a finding under `missing` or, if it is no string, `wrong`.
  std::string need_text(const Json& object, std::string_view key, std::string_view missing,
                        std::string_view wrong);

 private:
  const std::string& where_;
  FindingSink& findings_;
  std::string spec_;
};

}  // namespace anjuan::packager
