#include <regex>

#include "core/messages.h"
#include "packager/verify/eark/rules.h"
#include "packager/verify/eark/values.h"

namespace anjuan::packager::eark {

namespace {

constexpr std::string_view kProject = "http://www.eark-project.com/";

/// A word and the word that replaces it: mets/@TYPE with csip:OTHERTYPE, and its like.
void check_objid(RuleContext& context, const MetsModel& mets) {
  if (!context.given("CSIP1", mets.objid, "mets/@OBJID", mets.place)) return;
  // The folder of an identifier with characters that file systems refuse bears a mapped name.
  auto mapped = *mets.objid;
  std::replace(mapped.begin(), mapped.end(), ':', '+');
  if (*mets.objid == context.folder || mapped == context.folder) return;
  const auto fact = say("eark.objid", {{"objid", *mets.objid}, {"folder", context.folder}});
  context.fails("CSIP1", mets.place, fact);
  if (context.is_root()) context.fails("CSIPSTR2", mets.place, fact);
}

void check_category(RuleContext& context, const MetsModel& mets) {
  if (!context.given("CSIP2", mets.type, "mets/@TYPE", mets.place)) return;
  const bool other = is_other_category(*mets.type);
  const auto& word = mets.other_type;
  if (!other && !is_content_category(*mets.type)) {
    context.wrong("CSIP2", *mets.type, "mets/@TYPE", mets.place);
  }
  if (other && (!word || word->empty())) {
    const auto fact = say("eark.missing", {{"what", "mets/@csip:OTHERTYPE"}});
    context.fails("CSIP2", mets.place, fact);
    context.report.fails_as(Severity::kError, "CSIP3", context.here(mets.place), fact);
  } else if (word && (!other || is_content_category(*word))) {
    const auto fact = say("eark.wrong_value", {{"what", "mets/@csip:OTHERTYPE"}, {"value", *word}});
    context.report.fails_as(Severity::kError, "CSIP3", context.here(mets.place), fact);
  }
}

void check_content_type(RuleContext& context, const MetsModel& mets) {
  constexpr std::string_view kWhat = "mets/@csip:CONTENTINFORMATIONTYPE";
  const auto fails = [&](std::string_view id, Severity level, const std::string& fact) {
    context.report.fails_as(level, id, context.here(mets.place), fact);
  };
  if (!mets.content_type || mets.content_type->empty()) {
    fails("CSIP4", context.is_root() && !mets.content_type ? Severity::kWarn : Severity::kError,
          say(mets.content_type ? "eark.empty" : "eark.missing", {{"what", std::string(kWhat)}}));
  } else if (!is_content_information_type(*mets.content_type)) {
    fails("CSIP4", Severity::kError,
          say("eark.wrong_value", {{"what", std::string(kWhat)}, {"value", *mets.content_type}}));
  }
  const std::string other = "mets/@csip:OTHERCONTENTINFORMATIONTYPE";
  const auto& word = mets.other_content_type;
  const bool wanted = mets.content_type == "OTHER";
  if (wanted && (!word || word->empty())) {
    const auto fact = say("eark.missing", {{"what", other}});
    fails("CSIP4", Severity::kError, fact);
    fails("CSIP5", Severity::kError, fact);
  } else if (word && (!wanted || is_content_information_type(*word))) {
    fails("CSIP5", Severity::kError, say("eark.wrong_value", {{"what", other}, {"value", *word}}));
  }
}

void check_profile(RuleContext& context, const MetsModel& mets) {
  if (!context.given("CSIP6", mets.profile, "mets/@PROFILE", mets.place)) return;
  const auto& profile = *mets.profile;
  const auto colon = profile.find("://");
  if (colon == 0 || colon == profile.npos || profile.find_first_of(" \t\r\n") != profile.npos) {
    context.wrong("CSIP6", profile, "mets/@PROFILE", mets.place);
    return;
  }
  if (!context.is_root()) return;
  const auto edition = edition_of(profile);
  const auto where = context.here(mets.place);
  if (edition == Edition::kOlder) {
    context.report.findings().not_checked("PKG-PROFILE", where,
                                          say("eark.older_edition", {{"profile", profile}}));
  } else if (edition == Edition::kUnstated) {
    context.report.findings().info("PKG-PROFILE", where,
                                   say("eark.edition_unstated", {{"profile", profile}}));
  } else if (edition == Edition::kUnknown) {
    context.report.fails_as(Severity::kInfo, "CSIP6", where,
                            say("eark.profile_unknown", {{"profile", profile}}));
  }
}

}  // namespace

Edition edition_of(std::string_view profile) {
  if (profile.starts_with(kProject)) return Edition::kOlder;
  static const std::regex address(
      "https?://eark(csip|sip|aip|dip)\\.dilcis\\.eu/profile/E-ARK-(CSIP|SIP|AIP|DIP)"
      "(-v(\\d+-\\d+-\\d+))?\\.xml");
  std::match_results<std::string_view::const_iterator> match;
  constexpr std::size_t kAddressMax = 200;
  if (profile.size() > kAddressMax ||
      !std::regex_match(profile.begin(), profile.end(), match, address)) {
    return Edition::kUnknown;
  }
  if (match[4] == "2-2-0") return Edition::k22;
  if (match[3].matched) return Edition::kOlder;
  // CSIP and DIP kept the address without a number; those of SIP and AIP have one since 2.1.0.
  return match[2] == "CSIP" || match[2] == "DIP" ? Edition::kUnstated : Edition::kOlder;
}

PackageRules rules_of(const MetsModel& mets) {
  const auto profile = mets.profile.value_or("");
  if (profile.find("E-ARK-SIP") != profile.npos) return PackageRules::kSip;
  if (profile.find("E-ARK-AIP") != profile.npos) return PackageRules::kAip;
  if (profile.find("E-ARK-DIP") != profile.npos) return PackageRules::kDip;
  if (profile.find("E-ARK-CSIP") != profile.npos) return PackageRules::kCsipOnly;
  const auto type = mets.headers.empty() ? "" : mets.headers.front().package_type.value_or("");
  if (type == "SIP") return PackageRules::kSip;
  if (type == "AIP") return PackageRules::kAip;
  return type == "DIP" ? PackageRules::kDip : PackageRules::kCsipOnly;
}

void check_root(RuleContext& context, const MetsModel& mets) {
  check_objid(context, mets);
  check_category(context, mets);
  check_content_type(context, mets);
  check_profile(context, mets);
}

}  // namespace anjuan::packager::eark
