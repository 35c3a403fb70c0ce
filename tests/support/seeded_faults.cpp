#include "tests/support/seeded_faults.h"

namespace anjuan::test {

namespace {

using Also = std::set<std::string>;
using Faults = std::vector<SeededFault>;

SeededFault without(std::string id, std::string element, std::string attribute, Also also = {}) {
  auto name = "No_" + element + "_" + attribute;
  return {std::move(id), std::move(name),
          [=](const AipFolder& aip) { aip.remove_attribute(element, attribute); }, std::move(also)};
}

SeededFault with(std::string id, std::string element, std::string attribute, std::string value,
                 Also also = {}) {
  auto name = "Wrong_" + element + "_" + attribute;
  return {std::move(id), std::move(name),
          [=](const AipFolder& aip) { aip.set_attribute(element, attribute, value); },
          std::move(also)};
}

SeededFault changed(std::string id, std::string name, std::string from, std::string to,
                    Also also = {}) {
  return {std::move(id), std::move(name),
          [=](const AipFolder& aip) { aip.replace("METS.xml", from, to); }, std::move(also)};
}

SeededFault cut(std::string id, std::string name, std::string start, std::string end,
                Also also = {}) {
  return {std::move(id), std::move(name), [=](const AipFolder& aip) { aip.cut(start, end); },
          std::move(also)};
}

Faults root_faults() {
  return {
      without("CSIP1", "mets", "OBJID"),
      with("CSIP1", "mets", "OBJID", "aip-other", {"CSIPSTR2"}),
      with("CSIP1", "mets", "OBJID", ""),
      without("CSIP2", "mets", "TYPE"),
      with("CSIP2", "mets", "TYPE", "mixed"),
      with("CSIP3", "mets", "TYPE", "OTHER", {"CSIP2"}),
      with("CSIP4", "mets", "csip:CONTENTINFORMATIONTYPE", "none"),
      with("CSIP5", "mets", "csip:CONTENTINFORMATIONTYPE", "OTHER", {"CSIP4"}),
      without("CSIP6", "mets", "PROFILE", {"AIPM2"}),
      with("AIPM2", "mets", "PROFILE", "https://example.org/profile.xml"),
      {"CSIPSTR4",
       "NoMets",
       [](const AipFolder& aip) { std::filesystem::remove(aip.path() / "METS.xml"); },
       {}},
  };
}

Faults header_faults() {
  const std::string agent = "metsHdr/agent";
  return {
      cut("CSIP117", "NoHeader", "<metsHdr", "</metsHdr>"),
      without("CSIP7", "metsHdr", "CREATEDATE"),
      with("CSIP7", "metsHdr", "CREATEDATE", "2026-11-23"),
      without("CSIP9", "metsHdr", "csip:OAISPACKAGETYPE", {"AIPM3"}),
      with("CSIP9", "metsHdr", "csip:OAISPACKAGETYPE", "aip", {"AIPM3"}),
      with("AIPM3", "metsHdr", "csip:OAISPACKAGETYPE", "SIP"),
      cut("CSIP10", "NoSoftware", "<agent", "</agent>"),
      with("CSIP11", agent, "ROLE", "EDITOR"),
      with("CSIP12", agent, "TYPE", "INDIVIDUAL"),
      without("CSIP13", agent, "OTHERTYPE"),
      cut("CSIP14", "NoName", "<name>", "</name>"),
      cut("CSIP15", "NoNote", "<note", "</note>"),
      changed("CSIP15", "TwoNotes", "</note>", "</note><note>more</note>"),
      changed("CSIP15", "EmptyNote", "\"SOFTWARE VERSION\">0.1.0<", "\"SOFTWARE VERSION\"><"),
      without("CSIP16", agent + "/note", "csip:NOTETYPE"),
      with("CSIP16", agent + "/note", "csip:NOTETYPE", "VERSION"),
  };
}

/// The nine MUSTs of an mdRef. `unlisted`: what is said of the document that nobody names then.
void add_reference_faults(Faults& faults, const std::string& section, int first, Also unlisted) {
  const auto element = section + "/mdRef";
  const auto id = [&](int offset) { return "CSIP" + std::to_string(first + offset); };
  faults.push_back(without(id(0), element, "LOCTYPE"));
  faults.push_back(with(id(0), element, "LOCTYPE", "URN"));
  faults.push_back(without(id(1), element, "xlink:type"));
  faults.push_back(without(id(2), element, "xlink:href", unlisted));
  faults.push_back(with(id(2), element, "xlink:href", "../elsewhere.xml", unlisted));
  faults.push_back(without(id(3), element, "MDTYPE"));
  faults.push_back(without(id(4), element, "MIMETYPE"));
  faults.push_back(without(id(5), element, "SIZE"));
  faults.push_back(with(id(5), element, "SIZE", "1"));
  faults.push_back(without(id(6), element, "CREATED"));
  faults.push_back(without(id(7), element, "CHECKSUM"));
  faults.push_back(with(id(7), element, "CHECKSUM", std::string(128, '0')));
  faults.push_back(without(id(8), element, "CHECKSUMTYPE"));
  faults.push_back(with(id(8), element, "CHECKSUMTYPE", "SM3"));
}

Faults section_faults() {
  Faults faults = {
      without("CSIP18", "dmdSec", "ID", {"CSIP92"}),
      without("CSIP19", "dmdSec", "CREATED"),
      without("CSIP33", "digiprovMD", "ID", {"CSIP91"}),
      without("CSIP46", "rightsMD", "ID", {"CSIP91"}),
      {"AIPM5",
       "NoProvenance",
       [](const AipFolder& aip) {
         aip.cut("<digiprovMD", "</digiprovMD>");
         aip.cut("<digiprovMD", "</digiprovMD>");
       },
       {"CSIP31", "CSIP91"}},
  };
  add_reference_faults(faults, "dmdSec", 22, {"CSIP17"});
  add_reference_faults(faults, "digiprovMD", 36, {"CSIP31"});
  // The PREMIS document of the rights is named by a digiprovMD as well.
  add_reference_faults(faults, "rightsMD", 49, {});
  return faults;
}

Faults file_faults() {
  return {
      without("CSIP59", "fileSec", "ID"),
      changed("CSIP60", "NoDocumentation", "USE=\"Documentation\"", "USE=\"Metadata\"",
              {"CSIP96", "CSIP116"}),
      changed("CSIP113", "NoSchemas", "USE=\"Schemas\"", "USE=\"Metadata\"",
              {"CSIP100", "CSIP118"}),
      changed("CSIP114", "NoRepresentations", "USE=\"Representations/original\"",
              "USE=\"Metadata\"", {"CSIP104", "CSIP119", "CSIP107", "CSIP108"}),
      without("CSIP64", "fileGrp", "USE", {"CSIP60", "CSIP96", "CSIP116"}),
      with("CSIP64", "fileGrp", "USE", "Documentation/none"),
      without("CSIP65", "fileGrp", "ID", {"CSIP96", "CSIP116"}),
      cut("CSIP66", "EmptyGroup", "<file ", "</file>"),
      {"CSIP66",
       "UnlistedFile",
       [](const AipFolder& aip) { aip.write("documentation/more.txt", "more"); },
       {}},
      without("CSIP67", "file", "ID"),
      with("CSIP67", "file", "ID", "ID-package-files"),
      without("CSIP68", "file", "MIMETYPE"),
      without("CSIP69", "file", "SIZE"),
      with("CSIP69", "file", "SIZE", "7"),
      without("CSIP70", "file", "CREATED"),
      without("CSIP71", "file", "CHECKSUM"),
      with("CSIP71", "file", "CHECKSUM", "00"),
      without("CSIP72", "file", "CHECKSUMTYPE"),
      with("CSIP72", "file", "CHECKSUMTYPE", "SHA512"),
      cut("CSIP76", "NoLocation", "<FLocat", "/>", {"CSIP66"}),
      without("CSIP77", "FLocat", "LOCTYPE"),
      without("CSIP78", "FLocat", "xlink:type"),
      without("CSIP79", "FLocat", "xlink:href", {"CSIP66"}),
      with("CSIP79", "FLocat", "xlink:href", "documentation/none.txt", {"CSIP66"}),
  };
}

Faults map_faults() {
  const std::string second =
      "<structMap ID=\"ID-two\" TYPE=\"PHYSICAL\" LABEL=\"CSIP\"><div ID=\"ID-too\"/></structMap>";
  return {
      changed("CSIP80", "TwoMaps", "</structMap>", "</structMap>" + second),
      cut("CSIP80", "NoMap", "<structMap", "</structMap>"),
      without("CSIP81", "structMap", "TYPE"),
      with("CSIP82", "structMap", "LABEL", "CSIP structMap"),
      without("CSIP83", "structMap", "ID"),
      changed("CSIP84", "TwoMainDivisions", "</structMap>", "<div ID=\"ID-too\"/></structMap>"),
      without("CSIP85", "structMap/div", "ID"),
      changed("CSIP88", "LowerCaseMetadata", "LABEL=\"Metadata\"", "LABEL=\"metadata\"",
              {"CSIP90"}),
      changed("CSIP90", "TwoMetadata", "<div ID=\"ID-package-div-metadata\"",
              "<div ID=\"ID-too\" LABEL=\"Metadata\"/><div ID=\"ID-package-div-metadata\"",
              {"CSIP88"}),
      changed("CSIP89", "MetadataWithoutId", " ID=\"ID-package-div-metadata\"", ""),
      changed("CSIP94", "DocumentationWithoutId", " ID=\"ID-package-div-documentation\"", ""),
      changed("CSIP95", "LowerCaseDocumentation", "LABEL=\"Documentation\"",
              "LABEL=\"documentation\""),
      changed("CSIP116", "PointerToNothing", "FILEID=\"ID-package-group-Documentation\"",
              "FILEID=\"ID-none\"", {"CSIP96"}),
      changed("CSIP98", "SchemasWithoutId", " ID=\"ID-package-div-schemas\"", ""),
      changed("CSIP99", "LowerCaseSchemas", "LABEL=\"Schemas\"", "LABEL=\"schemas\""),
      changed("CSIP118", "PointerToNothing", "FILEID=\"ID-package-group-Schemas\"",
              "FILEID=\"ID-none\"", {"CSIP100"}),
      changed("CSIP102", "ContentWithoutId", " ID=\"ID-package-div-representations\"", ""),
      changed("CSIP103", "LowerCaseContent", "LABEL=\"Representations\"",
              "LABEL=\"representations\""),
      changed("CSIP119", "PointerToNothing", "FILEID=\"ID-package-group-Representations-original\"",
              "FILEID=\"ID-none\""),
      changed("CSIP106", "RepresentationWithoutId",
              " ID=\"ID-package-div-representation-original\"", ""),
      changed("CSIP107", "LowerCaseRepresentation", "LABEL=\"Representations/original\"",
              "LABEL=\"representations/original\"", {"CSIP108"}),
      {"AIP3",
       "PointerToNoFile",
       [](const AipFolder& aip) {
         const auto text = aip.read("METS.xml");
         const auto start = text.find("FILEID=\"", text.find("<mptr"));
         const auto end = text.find('"', start + 8);
         aip.replace("METS.xml", text.substr(start, end - start), "FILEID=\"ID-none");
       },
       {}},
      without("CSIP108", "mptr", "xlink:title"),
      with("CSIP108", "mptr", "xlink:title", "ID-package-group-Schemas"),
      cut("CSIP109", "NoPointer", "<mptr", "/>"),
      without("CSIP110", "mptr", "xlink:href"),
      with("CSIP110", "mptr", "xlink:href", "METS.xml"),
      without("CSIP111", "mptr", "xlink:type"),
      without("CSIP112", "mptr", "LOCTYPE"),
  };
}

Faults representation_faults() {
  const auto in = [](std::string id, std::string name, std::string from, std::string to) {
    return SeededFault{std::move(id),
                       "Representation_" + name,
                       [=](const AipFolder& aip) { aip.replace_in_representation(from, to); },
                       {}};
  };
  return {
      in("CSIP1", "OtherName", "OBJID=\"original\"", "OBJID=\"other\""),
      in("CSIP4", "NoContentType", " csip:CONTENTINFORMATIONTYPE=\"MIXED\"", ""),
      in("CSIP7", "NoTime", " CREATEDATE=\"", " CREATEDATES=\""),
      in("CSIP64", "NoFolder", "USE=\"Representations/original/data\"",
         "USE=\"Representations/original/date\""),
      in("CSIP69", "OtherSize", "SIZE=\"3\"", "SIZE=\"4\""),
      in("CSIP82", "OtherMap", "LABEL=\"CSIP\"", "LABEL=\"CSIP StructMap\""),
  };
}

/// Faults that our own schema does not see, as ID_name: with all others XSD follows, since it is
/// stricter than the requirements.
const std::set<std::string> kWithinOurSchema = {"AIPM2_Wrong_mets_PROFILE",
                                                "CSIP108_No_mptr_xlink_title",
                                                "CSIP108_Wrong_mptr_xlink_title",
                                                "CSIP109_NoPointer",
                                                "CSIP10_NoSoftware",
                                                "CSIP110_No_mptr_xlink_href",
                                                "CSIP110_Wrong_mptr_xlink_href",
                                                "CSIP111_No_mptr_xlink_type",
                                                "CSIP117_NoHeader",
                                                "CSIP12_Wrong_metsHdr_agent_TYPE",
                                                "CSIP13_No_metsHdr_agent_OTHERTYPE",
                                                "CSIP14_NoName",
                                                "CSIP15_NoNote",
                                                "CSIP1_Representation_OtherName",
                                                "CSIP1_Wrong_mets_OBJID",
                                                "CSIP23_No_dmdSec_mdRef_xlink_type",
                                                "CSIP24_No_dmdSec_mdRef_xlink_href",
                                                "CSIP24_Wrong_dmdSec_mdRef_xlink_href",
                                                "CSIP27_Wrong_dmdSec_mdRef_SIZE",
                                                "CSIP29_Wrong_dmdSec_mdRef_CHECKSUM",
                                                "CSIP37_No_digiprovMD_mdRef_xlink_type",
                                                "CSIP38_No_digiprovMD_mdRef_xlink_href",
                                                "CSIP38_Wrong_digiprovMD_mdRef_xlink_href",
                                                "CSIP41_Wrong_digiprovMD_mdRef_SIZE",
                                                "CSIP43_Wrong_digiprovMD_mdRef_CHECKSUM",
                                                "CSIP50_No_rightsMD_mdRef_xlink_type",
                                                "CSIP51_No_rightsMD_mdRef_xlink_href",
                                                "CSIP51_Wrong_rightsMD_mdRef_xlink_href",
                                                "CSIP54_Wrong_rightsMD_mdRef_SIZE",
                                                "CSIP56_Wrong_rightsMD_mdRef_CHECKSUM",
                                                "CSIP5_Wrong_mets_csip_CONTENTINFORMATIONTYPE",
                                                "CSIP66_UnlistedFile",
                                                "CSIP69_Representation_OtherSize",
                                                "CSIP69_Wrong_file_SIZE",
                                                "CSIP78_No_FLocat_xlink_type",
                                                "CSIP79_No_FLocat_xlink_href",
                                                "CSIP79_Wrong_FLocat_xlink_href",
                                                "CSIP90_TwoMetadata",
                                                "CSIPSTR4_NoMets"};

}  // namespace

std::vector<SeededFault> seeded_faults() {
  Faults all;
  for (auto& part : {root_faults(), header_faults(), section_faults(), file_faults(), map_faults(),
                     representation_faults()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  // One name may occur twice: an attribute that is wrong in two ways.
  std::map<std::string, int> names;
  for (auto& fault : all) {
    std::replace_if(
        fault.name.begin(), fault.name.end(), [](char c) { return c == '/' || c == ':'; }, '_');
    const int count = ++names[fault.id + fault.name];
    if (count > 1) fault.name += std::to_string(count);
    if (!kWithinOurSchema.contains(fault.id + "_" + fault.name)) fault.also.insert("XSD");
  }
  return all;
}

}  // namespace anjuan::test
