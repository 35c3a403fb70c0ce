#include "packager/verify/ocfl_declaration.h"

#include "core/messages.h"
#include "packager/verify/read_bounded.h"

namespace anjuan::packager {

namespace {

bool is_edition(std::string_view text) { return text == "1.0" || text == "1.1"; }

/// "0=" of "0=ocfl_1.1": a NAMASTE tag is one digit.
bool has_tag(std::string_view name) {
  return name.size() > 2 && name[0] >= '0' && name[0] <= '9' && name[1] == '=';
}

std::string_view fault_code(std::string_view name, const DeclarationKind& kind) {
  if (!has_tag(name)) return kind.pattern;
  return name[0] == '0' ? kind.value : kind.tag;
}

void check_content(const std::filesystem::path& root, const std::string& name,
                   const DeclarationKind& kind, FindingSink& findings) {
  const auto text = read_bounded(root, name, kSmallBytesMax, findings);
  const auto expected = name.substr(2);
  if (!text || *text == expected + "\n") return;
  findings.error(kind.content, name,
                 say("verify.declaration_text", {{"path", name}, {"text", expected}}));
}

}  // namespace

bool is_declaration(std::string_view name, const DeclarationKind& kind) {
  if (has_tag(name)) return name[0] == '0' || name.substr(2).starts_with(kind.start);
  return name.starts_with(kind.start) && is_edition(name.substr(kind.start.size()));
}

std::string_view declared_edition(std::string_view name, const DeclarationKind& kind) {
  if (!name.starts_with("0=") || !name.substr(2).starts_with(kind.start)) return {};
  const auto edition = name.substr(2 + kind.start.size());
  return is_edition(edition) ? edition : std::string_view();
}

std::string check_declaration(const std::filesystem::path& root,
                              const std::vector<std::string>& names, const DeclarationKind& kind,
                              FindingSink& findings) {
  std::vector<std::string> good;
  std::vector<std::string> bad;
  for (const auto& name : names) {
    if (!is_declaration(name, kind)) continue;
    (declared_edition(name, kind).empty() ? bad : good).push_back(name);
  }
  const std::string form = fmt::format("0={}1.1", kind.start);
  if (good.empty() && bad.empty()) {
    findings.error(kind.missing, "", say("ocfl.no_declaration", {{"form", form}}));
  } else if (good.size() + bad.size() > 1) {
    findings.error(kind.several, "", say("verify.many_declarations"));
  }
  if (good.empty()) {
    for (const auto& name : bad) {
      findings.error(fault_code(name, kind), name,
                     say("ocfl.declaration_name", {{"path", name}, {"form", form}}));
    }
  }
  for (const auto& name : good) check_content(root, name, kind, findings);
  return good.size() == 1 ? std::string(declared_edition(good[0], kind)) : std::string();
}

}  // namespace anjuan::packager
