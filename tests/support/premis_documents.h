#pragma once
// PREMIS documents of a foreign package, written by hand for tests, and a package that holds them.

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/digest.h"
#include "packager/verify/premis_check.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {

inline constexpr std::string_view kPremisFile = "representations/rep1/data/报告.pdf";
inline constexpr std::string_view kPremisBytes = "content";
inline constexpr std::string_view kPremisDocument = "metadata/preservation/premis.xml";

inline std::string premis_id(const std::string& unit, const std::string& value,
                             const std::string& type = "local") {
  return "<" + unit + "><" + unit + "Type>" + type + "</" + unit + "Type><" + unit + "Value>" +
         value + "</" + unit + "Value></" + unit + ">\n";
}

/// Uses every kind of entity and link of PREMIS 3.0; nothing is wrong with it.
inline std::string premis_three() {
  const std::string relation =
      "<relationship><relationshipType>structural</relationshipType>"
      "<relationshipSubType>is part of</relationshipSubType>\n";
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<p:premis xmlns:p=\"http://www.loc.gov/premis/v3\" xmlns=\"http://www.loc.gov/premis/v3\""
         " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" version=\"3.0\">\n"
         "<object xsi:type=\"p:intellectualEntity\">\n" +
         premis_id("objectIdentifier", "case-1") +
         "<originalName>案卷</originalName></object>\n"
         "<object xsi:type=\"representation\">\n" +
         premis_id("objectIdentifier", "rep-1") + relation +
         premis_id("relatedObjectIdentifier", "case-1") +
         "</relationship></object>\n"
         "<object xsi:type=\"file\">\n" +
         premis_id("objectIdentifier", "file-1") +
         "<objectCharacteristics><compositionLevel>0</compositionLevel>\n"
         "<fixity><messageDigestAlgorithm>SHA-512</messageDigestAlgorithm><messageDigest>" +
         digest_hex(DigestAlgorithm::kSha512, kPremisBytes) +
         "</messageDigest></fixity>\n"
         "<fixity><messageDigestAlgorithm>sha256</messageDigestAlgorithm><messageDigest>" +
         digest_hex(DigestAlgorithm::kSha256, kPremisBytes) +
         "</messageDigest></fixity>\n"
         "<size>7</size>\n"
         "<format><formatDesignation><formatName>PDF</formatName></formatDesignation></format>\n"
         "<creatingApplication><dateCreatedByApplication>2025-06-17</dateCreatedByApplication>"
         "</creatingApplication>\n"
         "<objectCharacteristicsExtension><x:any xmlns:x=\"urn:x\"/><size>no</size>"
         "</objectCharacteristicsExtension></objectCharacteristics>\n"
         "<storage><contentLocation><contentLocationType>path</contentLocationType>"
         "<contentLocationValue>" +
         std::string(kPremisFile) + "</contentLocationValue></contentLocation></storage>\n" +
         relation + premis_id("relatedObjectIdentifier", "rep-1") +
         premis_id("relatedEventIdentifier", "event-1") + "</relationship>\n" +
         premis_id("linkingEventIdentifier", "event-1") +
         premis_id("linkingRightsStatementIdentifier", "rights-1") + "</object>\n<event>\n" +
         premis_id("eventIdentifier", "event-1") +
         "<eventType>ingestion</eventType>\n"
         "<eventDateTime>2025-06-17T09:05:00+08:00</eventDateTime>\n"
         "<eventOutcomeInformation><eventOutcome>success</eventOutcome></"
         "eventOutcomeInformation>\n" +
         premis_id("linkingAgentIdentifier", "agent-1") +
         premis_id("linkingObjectIdentifier", "file-1") + "</event>\n<agent>\n" +
         premis_id("agentIdentifier", "agent-1") +
         "<agentName>李阳</agentName><agentType>person</agentType>\n" +
         premis_id("linkingEnvironmentIdentifier", "case-1") +
         "</agent>\n<rights><rightsStatement>\n" +
         premis_id("rightsStatementIdentifier", "rights-1") +
         "<rightsBasis>statute</rightsBasis>\n"
         "<statuteInformation><statuteJurisdiction>CN</statuteJurisdiction>"
         "<statuteCitation>政府信息公开条例</statuteCitation></statuteInformation>\n"
         "<rightsGranted><act>disseminate</act><termOfGrant><startDate>2025-01-01</startDate>"
         "<endDate>OPEN</endDate></termOfGrant></rightsGranted>\n" +
         premis_id("linkingObjectIdentifier", "file-1") +
         premis_id("linkingAgentIdentifier", "agent-1") +
         "</rightsStatement></rights>\n</p:premis>\n";
}

/// The same story in the units of PREMIS 2.x.
inline std::string premis_two() {
  return "<premis xmlns=\"info:lc/xmlns/premis-v2\""
         " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" version=\"2.2\">\n"
         "<object xsi:type=\"file\">\n" +
         premis_id("objectIdentifier", "file-1") +
         "<objectCharacteristics><compositionLevel>0</compositionLevel><fixity>"
         "<messageDigestAlgorithm>SHA-256</messageDigestAlgorithm><messageDigest>" +
         digest_hex(DigestAlgorithm::kSha256, kPremisBytes) +
         "</messageDigest></fixity><size>7</size>\n"
         "<format><formatRegistry><formatRegistryName>PRONOM</formatRegistryName>"
         "<formatRegistryKey>fmt/276</formatRegistryKey></formatRegistry></format>"
         "</objectCharacteristics>\n"
         "<storage><contentLocation><contentLocationType>path</contentLocationType>"
         "<contentLocationValue>" +
         std::string(kPremisFile) +
         "</contentLocationValue></contentLocation></storage>\n"
         "<environment><software><swName>x</swName><swType>renderer</swType></software>"
         "</environment>\n" +
         premis_id("linkingIntellectualEntityIdentifier", "elsewhere") + "</object>\n<event>\n" +
         premis_id("eventIdentifier", "event-1") +
         "<eventType>ingestion</eventType><eventDateTime>20250617</eventDateTime>"
         "<eventDetail>by hand</eventDetail>\n" +
         premis_id("linkingAgentIdentifier", "agent-1") +
         premis_id("linkingObjectIdentifier", "file-1") + "</event>\n<agent>\n" +
         premis_id("agentIdentifier", "agent-1") + "</agent>\n</premis>\n";
}

/// Replaces the first `from`; throws if there is none, so that no change is empty.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto place = text.find(from);
  if (place == text.npos) throw std::runtime_error("nothing to replace: " + std::string(from));
  return text.replace(place, from.size(), to);
}

/// A package with one content file and these PREMIS documents (path -> text), and what the check
/// finds in it.
inline Findings premis_findings(const std::map<std::string, std::string>& documents,
                                packager::PremisProfile profile) {
  const TemporaryFolder folder;
  std::vector<packager::AipFile> files;
  std::vector<std::string> paths;
  const auto add = [&](const std::string& path, std::string_view bytes) {
    std::filesystem::create_directories((folder / path).parent_path());
    write_text(folder / path, bytes);
    const auto digests = digest_bytes(bytes);
    files.push_back({path, path, digests.bytes, digests.sha512, "", true, false});
  };
  add(std::string(kPremisFile), kPremisBytes);
  for (const auto& [path, text] : documents) {
    add(path, text);
    paths.push_back(path);
  }
  const packager::AipTree tree("package", std::move(files));
  packager::FindingSink findings;
  check_premis(folder.path(), tree, paths, findings, profile);
  return findings.take();
}

inline Findings premis_findings(const std::string& document,
                                packager::PremisProfile profile = packager::PremisProfile::kAip) {
  return premis_findings({{std::string(kPremisDocument), document}}, profile);
}

}  // namespace anjuan::test
