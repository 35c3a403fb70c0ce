// One harm each to a valid package; the verifier must say what and where.
#include <sstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "packager/verify/report.h"
#include "packager/verify/verify.h"
#include "tests/support/sample_package.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using test::SamplePackage;

const std::string kDocument = "representations/original/data/文书/01立案审批表.pdf";
const std::string kRepMets = "representations/original/METS.xml";
const std::string kRepPremis = "representations/original/metadata/preservation/premis-0001.xml";
const std::string kPremis = "metadata/preservation/premis-0001.xml";

struct Mutation {
  std::string name;
  std::function<void(const SamplePackage&)> harm;
  std::string code;
  std::string where;  ///< must be part of the finding's place; "" = the package itself
  Verdict verdict = Verdict::kInvalid;
};

void PrintTo(const Mutation& mutation, std::ostream* out) { *out << mutation.name; }

std::string doctype_bomb() {
  return "<?xml version=\"1.0\"?>\n<!DOCTYPE mets [<!ENTITY a \"aaaaaaaaaa\">"
         "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>\n"
         "<mets xmlns=\"http://www.loc.gov/METS/\">&c;</mets>\n";
}

/// Replaces a whole file and makes the inventory agree.
void forge_all(const SamplePackage& sample, const std::string& path, const std::string& text) {
  const auto old_digest = digest_bytes(sample.read(sample.v1(path))).sha512;
  sample.write(sample.v1(path), text);
  sample.reseal(sample.v1(path), old_digest);
}

void edit_inventories(const SamplePackage& sample, std::string_view from, std::string_view to) {
  sample.replace("inventory.json", from, to);
  sample.replace("v1/inventory.json", from, to);
  sample.reseal_inventories();
}

std::vector<Mutation> disk_mutations() {
  return {
      {"FlippedByte", [](auto& s) { s.write(s.v1(kDocument), "onf"); }, "E092", kDocument},
      {"Truncated", [](auto& s) { s.write(s.v1(kDocument), "on"); }, "E092", kDocument},
      {"TruncatedAgainstMets", [](auto& s) { s.write(s.v1(kDocument), "on"); }, "CSIP69",
       kRepMets + ":"},
      {"MissingFile", [](auto& s) { fs::remove(s.object() / s.v1(kDocument)); }, "E092", kDocument},
      {"MissingFileInMets", [](auto& s) { fs::remove(s.object() / s.v1(kDocument)); }, "CSIP79",
       kRepMets + ":"},
      {"AddedInData",
       [](auto& s) { s.write(s.v1("representations/original/data/Thumbs.db"), "x"); }, "E023",
       "data/Thumbs.db"},
      {"AddedInObject", [](auto& s) { s.write("notes.txt", "x"); }, "E001", "notes.txt"},
      {"AddedFolderInObject", [](auto& s) { fs::create_directory(s.object() / "副本"); }, "E001",
       "副本"},
      {"AddedInVersion", [](auto& s) { s.write("v1/notes.txt", "x"); }, "E015", "v1/notes.txt"},
      {"EmptyFolder",
       [](auto& s) { fs::create_directory(s.object() / s.v1("documentation/empty")); }, "E024",
       "documentation/empty"},
      {"LinkInsteadOfFile",
       [](auto& s) {
         fs::remove(s.object() / s.v1(kDocument));
         fs::create_symlink("/etc/passwd", s.object() / s.v1(kDocument));
       },
       "E090", kDocument},
      {"LinkedFolder",
       [](auto& s) {
         const auto folder = s.object() / s.v1("documentation");
         fs::rename(folder, s.object().parent_path() / "elsewhere");
         fs::create_symlink(s.object().parent_path() / "elsewhere", folder);
       },
       "E090", "documentation"},
      {"HardLink",
       [](auto& s) {
         fs::create_hard_link(s.object() / s.v1(kDocument), s.object() / s.v1("METS.xml.bak"));
       },
       "E090", "v1/content/"},
      {"Pipe", [](auto& s) { ::mkfifo((s.object() / s.v1("pipe")).c_str(), 0600); }, "E090",
       "pipe"},
      {"NormalisedName",
       [](auto& s) {
         const auto data = s.object() / s.v1("representations/original/data/音像");
         fs::rename(data / "e\xCC\x81tage.mp4", data / "\xC3\xA9tage.mp4");
       },
       "E023", "\xC3\xA9tage.mp4"},
      {"NameThatIsNoText",
       [](auto& s) { s.write(s.v1("representations/original/data/\xB0\xB8.pdf"), "x"); }, "E023",
       "\\xB0\\xB8.pdf"},
      {"LeftOverVersion", [](auto& s) { fs::create_directory(s.object() / "v2"); }, "E046", "v2"},
      {"MissingMets", [](auto& s) { fs::remove(s.object() / s.v1("METS.xml")); }, "CSIPSTR4",
       "METS.xml"},
      {"EmptiedMets", [](auto& s) { s.write(s.v1("METS.xml"), ""); }, "XML", "METS.xml"},
  };
}

std::vector<Mutation> inventory_mutations() {
  return {
      {"NoDeclaration", [](auto& s) { fs::remove(s.object() / "0=ocfl_object_1.1"); }, "E003", ""},
      {"TwoDeclarations", [](auto& s) { s.write("0=ocfl_object_1.0", "ocfl_object_1.0\n"); },
       "E003", ""},
      {"EmptyDeclaration", [](auto& s) { s.write("0=ocfl_object_1.1", ""); }, "E007",
       "0=ocfl_object_1.1"},
      {"EditedInventory", [](auto& s) { s.replace("inventory.json", "首次入库", "首次改库"); },
       "E060", "inventory.json"},
      {"EditedRootInventoryOnly",
       [](auto& s) {
         s.replace("inventory.json", "首次入库", "首次改库");
         s.reseal_inventories();
       },
       "E064", "v1/inventory.json"},
      {"NoInventory", [](auto& s) { fs::remove(s.object() / "inventory.json"); }, "E063",
       "inventory.json"},
      {"NoVersionInventory",
       [](auto& s) {
         fs::remove(s.object() / "v1/inventory.json");
         fs::remove(s.object() / "v1/inventory.json.sha512");
       },
       "W010", "v1", Verdict::kValid},
      {"NoSidecar", [](auto& s) { fs::remove(s.object() / "inventory.json.sha512"); }, "E058",
       "inventory.json.sha512"},
      {"SwappedSidecar",
       [](auto& s) {
         s.write("inventory.json.sha512", digest_bytes("other").sha512 + "  inventory.json\n");
       },
       "E060", "inventory.json"},
      {"SidecarWithoutName",
       [](auto& s) { s.write("inventory.json.sha512", digest_bytes("x").sha512 + "\n"); }, "E061",
       "inventory.json.sha512"},
      {"InventoryIsNoJson", [](auto& s) { s.replace("inventory.json", "\"id\"", "\"id"); }, "E033",
       "inventory.json"},
      {"OtherHead", [](auto& s) { edit_inventories(s, "\"head\": \"v1\"", "\"head\": \"v2\""); },
       "E040", "inventory.json:"},
      {"UnknownKey", [](auto& s) { edit_inventories(s, "\"head\"", "\"tail\": 1, \"head\""); },
       "E102", "inventory.json:"},
      {"OtherId", [](auto& s) { edit_inventories(s, "urn:uuid:", "urn:uuid:0"); }, "PKG-ID",
       "inventory.json"},
      {"ClimbingManifestPath",
       [](auto& s) { edit_inventories(s, "v1/content/", "v1/content/../../../"); }, "E099",
       "inventory.json:"},
      {"TimeWithoutZone", [](auto& s) { edit_inventories(s, "+08:00", ""); }, "E049",
       "inventory.json:"},
  };
}

std::vector<Mutation> mets_mutations() {
  return {
      {"WrongObjid", [](auto& s) { s.forge("METS.xml", "OBJID=\"aip-", "OBJID=\"aip-0"); }, "CSIP1",
       "METS.xml:2:"},
      {"WrongSize", [](auto& s) { s.forge(kRepMets, "SIZE=\"3\"", "SIZE=\"4\""); }, "CSIP69",
       kRepMets + ":"},
      {"WrongChecksum",
       [](auto& s) { s.forge(kRepMets, digest_bytes("one").sha512, digest_bytes("won").sha512); },
       "CSIP71", kRepMets + ":"},
      {"ChecksumOfAnotherKind",
       [](auto& s) { s.forge(kRepMets, "CHECKSUMTYPE=\"SHA-512\"", "CHECKSUMTYPE=\"SHA-256\""); },
       "CSIP", kRepMets + ":"},
      {"ClimbingHref",
       [](auto& s) {
         s.forge(kRepMets, "xlink:href=\"data/", "xlink:href=\"../../../../../../data/");
       },
       "CSIP79", kRepMets + ":"},
      {"EncodedClimbingHref",
       [](auto& s) {
         s.forge(kRepMets, "xlink:href=\"data/", "xlink:href=\"%2E%2E/%2E%2E/%2E%2E/data/");
       },
       "CSIP79", kRepMets + ":"},
      {"WebHref",
       [](auto& s) { s.forge(kRepMets, "xlink:href=\"data/", "xlink:href=\"http://data/"); },
       "CSIP79", kRepMets + ":"},
      {"UnlistedFile",
       [](auto& s) {
         const auto text = s.read(s.v1(kRepMets));
         const auto begin = text.find("<file ");
         const auto end = text.find("</file>", begin) + 7;
         s.forge(kRepMets, text.substr(begin, end - begin), "");
       },
       "CSIP66", "representations/original/data/"},
      {"UnknownElement", [](auto& s) { s.forge("METS.xml", "<metsHdr", "<metsNote/><metsHdr"); },
       "XSD", "METS.xml:"},
      {"DanglingFilePointer",
       [](auto& s) { s.forge("METS.xml", "FILEID=\"ID-", "FILEID=\"ID-nowhere-"); }, "XSD",
       "METS.xml"},
      {"PointerOfAnotherGroup",
       [](auto& s) { s.forge("METS.xml", "xlink:title=\"ID-", "xlink:title=\"ID-other-"); },
       "CSIP108", "METS.xml:"},
      {"BrokenXml", [](auto& s) { s.forge("METS.xml", "</metsHdr>", "</metsHdx>"); }, "XML",
       "METS.xml"},
      {"EntityBomb", [](auto& s) { forge_all(s, "METS.xml", doctype_bomb()); }, "XML-REFUSED",
       "METS.xml"},
      {"CaseOutsideItsSchema",
       [](auto& s) { s.forge("metadata/descriptive/case.xml", "<case ", "<case colour=\"red\" "); },
       "XSD", "case.xml:2:"},
      {"BrokenDescription",
       [](auto& s) { forge_all(s, "metadata/descriptive/case.xml", "<case>"); }, "XML", "case.xml"},
  };
}

std::vector<Mutation> premis_mutations() {
  return {
      {"RemovedAgent",
       [](auto& s) {
         const auto text = s.read(s.v1(kPremis));
         const auto begin = text.find("<agent>");
         const auto end = text.find("</agent>", begin) + 8;
         s.forge(kPremis, text.substr(begin, end - begin), "");
       },
       "AIP18", kPremis + ":"},
      {"EventWithoutAgent",
       [](auto& s) {
         const auto text = s.read(s.v1(kPremis));
         const auto begin = text.find("<linkingAgentIdentifier>");
         const auto end = text.rfind("</linkingAgentIdentifier>", text.find("</event>")) + 25;
         s.forge(kPremis, text.substr(begin, end - begin), "");
       },
       "AIP16", kPremis + ":"},
      {"UnknownObject",
       [](auto& s) {
         s.forge(kPremis, "<linkingObjectIdentifierValue>urn:uuid:",
                 "<linkingObjectIdentifierValue>urn:uuid:0");
       },
       "PREMIS-REF", kPremis + ":"},
      {"WrongFixity",
       [](auto& s) { s.forge(kRepPremis, digest_bytes("one").sha512, digest_bytes("won").sha512); },
       "PREMIS-FIXITY", kRepPremis + ":"},
      {"WrongFixityInAPackageOfOthers",
       [](auto& s) {
         s.forge(kRepPremis, digest_bytes("one").sha512, digest_bytes("won").sha512);
         s.forge("METS.xml", ">Anjuan", ">Other");
       },
       "PREMIS-FIXITY", kRepPremis + ":"},
      {"WrongSm3",
       [](auto& s) { s.forge(kRepPremis, digest_bytes("one").sm3, digest_bytes("won").sm3); },
       "PREMIS-FIXITY", kRepPremis + ":"},
      {"WrongSizeInPremis",
       [](auto& s) { s.forge(kRepPremis, "<size>3</size>", "<size>4</size>"); }, "PREMIS-SIZE",
       kRepPremis + ":"},
      {"WrongLocation",
       [](auto& s) {
         s.forge(kRepPremis, "<contentLocationValue>representations/original/data/",
                 "<contentLocationValue>representations/original/date/");
       },
       "PREMIS-PATH", kRepPremis + ":"},
      {"UndescribedFile",
       [](auto& s) {
         s.forge(kRepPremis, "<contentLocationValue>representations/original/data/",
                 "<contentLocationValue>representations/original/date/");
       },
       "PREMIS-OBJECT", "representations/original/data/"},
      {"UnknownElementInPremis",
       [](auto& s) { s.forge(kPremis, "<eventType>", "<eventKind/><eventType>"); }, "XSD",
       kPremis + ":"},
  };
}

std::vector<Mutation> all_mutations() {
  std::vector<Mutation> all;
  for (auto& part :
       {disk_mutations(), inventory_mutations(), mets_mutations(), premis_mutations()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

class Harm : public testing::TestWithParam<Mutation> {};

TEST_P(Harm, IsFoundAtItsPlace) {
  SamplePackage sample;
  GetParam().harm(sample);
  SilentProgress progress;
  VerifyOptions options;
  options.deep = true;
  const auto report = verify_package(sample.object(), options, progress);
  std::ostringstream text;
  print_report(text, report, ReportFormat::kText, ReportDetail::kAll);
  const auto found =
      std::any_of(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
        const bool same_code = GetParam().code == "CSIP" ? finding.code.starts_with("CSIP")
                                                         : finding.code == GetParam().code;
        return same_code && finding.where.find(GetParam().where) != std::string::npos;
      });
  EXPECT_TRUE(found) << "expected " << GetParam().code << " at " << GetParam().where << "\n"
                     << text.str();
  EXPECT_EQ(verdict_word(report.verdict), verdict_word(GetParam().verdict)) << text.str();
  EXPECT_EQ(kind_word(report.kind), "anjuan") << text.str();
}

INSTANTIATE_TEST_SUITE_P(Verify, Harm, testing::ValuesIn(all_mutations()),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace anjuan::packager
