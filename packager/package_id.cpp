#include "packager/package_id.h"

#include "core/error.h"
#include "core/messages.h"
#include "core/text.h"
#include "core/uuid.h"
#include "packager/ocfl_root.h"

namespace anjuan::packager {

namespace {

/// The name space of case identities. It and normal_form() may never change: they are the identity
/// of every package ever made (docs/adr/0008-package-identity.md).
constexpr std::string_view kCaseSpace = "urn:anjuan:case";
constexpr std::string_view kAdoptedSpace = "urn:anjuan:adopted";

struct Replacement {
  std::string_view from;
  std::string_view to;
};

/// The ways in which one and the same number is typed. 〔2025〕 is the form of official documents.
constexpr std::array kBrackets = {
    Replacement{"[", "〔"},  Replacement{"]", "〕"},  Replacement{"［", "〔"},
    Replacement{"］", "〕"}, Replacement{"(", "〔"},  Replacement{")", "〕"},
    Replacement{"（", "〔"}, Replacement{"）", "〕"}, Replacement{"【", "〔"},
    Replacement{"】", "〕"}, Replacement{" ", ""},    Replacement{"\t", ""},
    Replacement{"　", ""},   Replacement{"－", "-"}};

/// A full-width ASCII letter or digit (U+FF10..U+FF5A) at the start of `text` as ASCII, or 0.
char narrow(std::string_view text) {
  if (text.size() < 3 || text[0] != '\xEF') return 0;
  const auto second = static_cast<unsigned char>(text[1]);
  const auto third = static_cast<unsigned char>(text[2]);
  if (second != 0xBC && second != 0xBD) return 0;
  const unsigned offset = (second == 0xBC ? third - 0x80U : third - 0x80U + 0x40U);
  const auto ascii = static_cast<char>(0x20U + offset);
  const bool wanted = (ascii >= '0' && ascii <= '9') || (ascii >= 'A' && ascii <= 'Z') ||
                      (ascii >= 'a' && ascii <= 'z');
  return wanted ? ascii : static_cast<char>(0);
}

std::string normal_form(std::string_view number) {
  const std::string composed = to_nfc(number);
  std::string out;
  for (std::string_view rest = composed; !rest.empty();) {
    const auto* bracket =
        std::find_if(kBrackets.begin(), kBrackets.end(),
                     [&](const Replacement& each) { return rest.starts_with(each.from); });
    if (bracket != kBrackets.end()) {
      out += bracket->to;
      rest.remove_prefix(bracket->from.size());
    } else if (const char ascii = narrow(rest); ascii != 0) {
      out += ascii;
      rest.remove_prefix(3);
    } else {
      out += rest.front();
      rest.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace

PackageId PackageId::of_case(std::string_view fonds_code, std::string_view case_no) {
  const auto number = normal_form(case_no);
  if (number.empty()) {
    throw Error(ErrorCode::kInvalid, "case_no", say("packager.no_case_number"));
  }
  return PackageId(name_uuid(kCaseSpace, normal_form(fonds_code) + '\n' + number));
}

PackageId PackageId::of_adopted(std::string_view file_set_digest) {
  return PackageId(name_uuid(kAdoptedSpace, file_set_digest));
}

PackageId PackageId::parse(std::string_view text) {
  std::string_view uuid = text;
  for (const std::string_view prefix : {"urn:uuid:", "aip-"}) {
    if (uuid.starts_with(prefix)) {
      uuid.remove_prefix(prefix.size());
      break;
    }
  }
  if (!is_uuid(uuid)) {
    throw Error(ErrorCode::kUsage, std::string(text),
                say("packager.bad_id", {{"text", std::string(text)}}));
  }
  return PackageId(std::string(uuid));
}

std::string PackageId::object_path() const { return ocfl_object_path(urn()); }

}  // namespace anjuan::packager
