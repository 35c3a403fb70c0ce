// The checklist of E-ARK CSIP 2.2.0 and AIP 2.2.0 over built packages: one test per requirement.
//
// Most requirements say "each element at this place has this attribute with such a value"; they are
// rows of a table. The others are tests of their own below it.

#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "core/text.h"
#include "core/xml_reader.h"
#include "packager/package_builder.h"
#include "tests/support/packages.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;
using Elements = std::vector<const XmlElement*>;

/// Elements at `path` ("fileSec/fileGrp/file") below `root`; "[@USE=Schemas]" narrows a step.
Elements select(const XmlElement& root, const std::string& path) {
  Elements found = {&root};
  std::string_view rest = path;
  while (!rest.empty()) {
    const auto closed = rest.find('[') < rest.find('/') ? rest.find(']') : 0;
    const auto end = std::min(rest.find('/', closed), rest.size());
    auto step = rest.substr(0, end);
    std::string_view attribute, value;
    if (const auto bracket = step.find("[@"); bracket != step.npos) {
      const auto equals = step.find('=', bracket);
      attribute = step.substr(bracket + 2, equals - bracket - 2);
      value = step.substr(equals + 1, step.size() - equals - 2);
      step = step.substr(0, bracket);
    }
    Elements next;
    for (const auto* element : found) {
      for (const auto& child : element->children) {
        const auto* own = attribute.empty() ? nullptr : child.attribute(attribute);
        if (child.name == step && (attribute.empty() || (own != nullptr && *own == value))) {
          next.push_back(&child);
        }
      }
    }
    found = std::move(next);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return found;
}

/// The attribute "NAME", "csip:NAME" or "xlink:NAME", or nullptr.
const std::string* attribute(const XmlElement& element, const std::string& name) {
  const auto colon = name.find(':');
  const auto prefix = colon == name.npos ? "" : name.substr(0, colon);
  const std::string space = prefix == "csip"    ? "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
                            : prefix == "xlink" ? "http://www.w3.org/1999/xlink"
                                                : "";
  for (const auto& each : element.attributes) {
    if (each.namespace_uri == space && each.name == name.substr(colon == name.npos ? 0 : colon + 1))
      return &each.value;
  }
  return nullptr;
}

enum class Where { kPackage, kRepresentation, kBoth };

struct Must {
  std::string id;
  Where where;
  std::string path;       ///< below mets; "" = mets itself
  std::string attribute;  ///< "" = the element itself
  std::string value;      ///< regular expression; "" = anything but nothing
  std::size_t count = 0;  ///< exact number of elements in a document; 0 = at least one
};

std::string test_name(const testing::TestParamInfo<Must>& tested) {
  auto name = tested.param.id + (tested.param.where == Where::kRepresentation ? "inPart" : "");
  return std::to_string(tested.index) + "_" + name;
}

/// Builds once: plain, hostile names, second version, three representations.
class Packages {
 public:
  struct One {
    std::string name;
    fs::path aip;  ///< the package's folder, complete
    XmlElement mets;
    std::vector<std::pair<std::string, XmlElement>> parts;  ///< representation, its METS
  };

  static const std::vector<One>& all() {
    static Packages packages;
    return packages.built_;
  }

 private:
  Packages() {
    build("plain", test::case_draft(folder_ / "in1"));
    build("hostile", test::case_draft(folder_ / "in2", test::hostile_content()));
    auto three = test::case_draft(folder_ / "in3");
    three.representations.push_back(
        {"preservation", test::staged_files(folder_ / "in4", {{"ID-1.mkv", "lossless"}})});
    three.representations.push_back(
        {"access", test::staged_files(folder_ / "in5", {{"ID-1.mp4", "small"}})});
    build("three", three);
    second_version();
  }

  void build(const std::string& name, const PackageDraft& draft) {
    build_first_version(draft, folder_ / name);
    read(name, folder_ / name / "v1/content" / draft.id.objid());
  }

  /// Lays the logical state of version 2 out as a folder, as an export does.
  void second_version() {
    build_first_version(test::case_draft(folder_ / "in6"), folder_ / "object");
    const auto draft = test::change_draft(folder_ / "in7");
    test::install(build_next_version(draft, folder_ / "object", folder_ / "next"),
                  folder_ / "object");
    const auto inventory = OcflInventory::parse(
        test::read_text(folder_ / "object" / "inventory.json"), "inventory.json");
    for (const auto& [path, digest] : inventory.current().state) {
      const auto target = folder_ / "second" / path;
      fs::create_directories(target.parent_path());
      fs::copy_file(folder_ / "object" / inventory.content_path(digest), target);
    }
    read("second", folder_ / "second" / draft.id.objid());
  }

  void read(const std::string& name, const fs::path& aip) {
    One one{name, aip, read_xml_tree(test::read_text(aip / "METS.xml"), name), {}};
    for (const auto& entry : fs::directory_iterator(aip / "representations")) {
      one.parts.emplace_back(
          entry.path().filename().string(),
          read_xml_tree(test::read_text(entry.path() / "METS.xml"), entry.path().string()));
    }
    built_.push_back(std::move(one));
  }

  TemporaryFolder folder_;
  std::vector<One> built_;
};

void expect_must(const Must& must, const XmlElement& mets, const std::string& where) {
  const auto found = must.path.empty() ? Elements{&mets} : select(mets, must.path);
  if (must.count == 0) {
    EXPECT_FALSE(found.empty()) << where << " has no " << must.path;
  } else {
    EXPECT_EQ(found.size(), must.count) << where << " " << must.path;
  }
  if (must.attribute.empty()) return;
  for (const auto* element : found) {
    const auto* value = attribute(*element, must.attribute);
    ASSERT_NE(value, nullptr) << where << " " << must.path << "/@" << must.attribute;
    if (must.value.empty()) {
      EXPECT_NE(*value, "") << where;
    } else {
      EXPECT_TRUE(std::regex_match(*value, std::regex(must.value))) << where << ": " << *value;
    }
  }
}

class Requirement : public testing::TestWithParam<Must> {};

TEST_P(Requirement, Holds) {
  const auto& must = GetParam();
  for (const auto& package : Packages::all()) {
    if (must.where != Where::kRepresentation) expect_must(must, package.mets, package.name);
    if (must.where == Where::kPackage) continue;
    for (const auto& [name, mets] : package.parts) expect_must(must, mets, package.name + name);
  }
}

constexpr auto kP = Where::kPackage;
constexpr auto kR = Where::kRepresentation;
constexpr auto kB = Where::kBoth;
const std::string kTime = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[+-]\\d\\d:\\d\\d";
const std::string kHref = "[A-Za-z0-9._~/-]([A-Za-z0-9._~/-]|%[0-9A-F]{2})*";
const std::string kMime = "[a-z]+/[a-z0-9.+-]+";
const std::string kSha512 = "[0-9a-f]{128}";
const std::string kId = "ID-[A-Za-z0-9-]+";

/// The nine attributes of an mdRef, with the requirement of each.
std::vector<Must> reference_rows(const std::string& path, Where where,
                                 const std::array<std::string, 9>& ids) {
  return {{ids[0], where, path, "LOCTYPE", "URL"},
          {ids[1], where, path, "xlink:type", "simple"},
          {ids[2], where, path, "xlink:href", kHref},
          {ids[3], where, path, "MDTYPE", "PREMIS|OTHER|EAD|DC"},
          {ids[4], where, path, "MIMETYPE", kMime},
          {ids[5], where, path, "SIZE", "\\d+"},
          {ids[6], where, path, "CREATED", kTime},
          {ids[7], where, path, "CHECKSUM", kSha512},
          {ids[8], where, path, "CHECKSUMTYPE", "SHA-512"}};
}

INSTANTIATE_TEST_SUITE_P(
    Head, Requirement,
    testing::Values(Must{"CSIP1", kP, "", "OBJID", "aip-[0-9a-f-]{36}"},
                    Must{"CSIP2", kB, "", "TYPE", "Mixed"},
                    Must{"CSIP4", kB, "", "csip:CONTENTINFORMATIONTYPE", "MIXED"},
                    Must{"CSIP6_AIPM2", kB, "", "PROFILE",
                         "https://earkdip.dilcis.eu/profile/E-ARK-AIP-v2-2-0.xml"},
                    Must{"CSIP117", kB, "metsHdr", "", "", 1},
                    Must{"CSIP7", kB, "metsHdr", "CREATEDATE", kTime},
                    Must{"CSIP9_AIPM3", kB, "metsHdr", "csip:OAISPACKAGETYPE", "AIP"},
                    Must{"CSIP10", kB, "metsHdr/agent[@ROLE=CREATOR]", "", "", 1},
                    Must{"CSIP11", kB, "metsHdr/agent", "ROLE", ""},
                    Must{"CSIP12", kB, "metsHdr/agent[@ROLE=CREATOR]", "TYPE", "OTHER"},
                    Must{"CSIP13", kB, "metsHdr/agent[@ROLE=CREATOR]", "OTHERTYPE", "SOFTWARE"},
                    Must{"CSIP14", kB, "metsHdr/agent[@ROLE=CREATOR]/name", "", "", 1},
                    Must{"CSIP15", kB, "metsHdr/agent[@ROLE=CREATOR]/note", "", "", 1},
                    Must{"CSIP16", kB, "metsHdr/agent[@ROLE=CREATOR]/note", "csip:NOTETYPE",
                         "SOFTWARE VERSION"},
                    Must{"Verdict", kP, "metsHdr", "RECORDSTATUS", "unchecked 未检查"}),
    test_name);

INSTANTIATE_TEST_SUITE_P(
    Sections, Requirement,
    testing::Values(Must{"CSIP17", kP, "dmdSec", "", ""}, Must{"CSIP18", kP, "dmdSec", "ID", kId},
                    Must{"CSIP19", kP, "dmdSec", "CREATED", kTime},
                    Must{"CSIP20", kP, "dmdSec", "STATUS", "CURRENT|SUPERSEDED"},
                    Must{"AIPM4", kP, "dmdSec[@STATUS=CURRENT]", "", ""},
                    Must{"CSIP21", kP, "dmdSec/mdRef", "", ""},
                    Must{"CSIP31", kB, "amdSec", "", "", 1},
                    Must{"CSIP32_AIPM5", kB, "amdSec/digiprovMD/mdRef", "", ""},
                    Must{"CSIP33", kB, "amdSec/digiprovMD", "ID", kId},
                    Must{"CSIP34", kB, "amdSec/digiprovMD", "STATUS", "CURRENT|SUPERSEDED"},
                    Must{"AIPM6", kB, "amdSec/digiprovMD/mdRef[@MDTYPE=PREMIS]", "", ""},
                    Must{"AIPM7", kB, "amdSec/digiprovMD/mdRef[@MDTYPE=PREMIS]", "MDTYPEVERSION",
                         "3\\.0"},
                    Must{"CSIP45", kP, "amdSec/rightsMD", "", ""},
                    Must{"CSIP46", kP, "amdSec/rightsMD", "ID", kId},
                    Must{"CSIP47", kP, "amdSec/rightsMD", "STATUS", "CURRENT|SUPERSEDED"}),
    test_name);

INSTANTIATE_TEST_SUITE_P(Descriptions, Requirement,
                         testing::ValuesIn(reference_rows("dmdSec/mdRef", kP,
                                                          {"CSIP22", "CSIP23", "CSIP24", "CSIP25",
                                                           "CSIP26", "CSIP27", "CSIP28", "CSIP29",
                                                           "CSIP30"})),
                         test_name);
INSTANTIATE_TEST_SUITE_P(Provenance, Requirement,
                         testing::ValuesIn(reference_rows("amdSec/digiprovMD/mdRef", kB,
                                                          {"CSIP36", "CSIP37", "CSIP38", "CSIP39",
                                                           "CSIP40", "CSIP41", "CSIP42", "CSIP43",
                                                           "CSIP44"})),
                         test_name);
INSTANTIATE_TEST_SUITE_P(Rights, Requirement,
                         testing::ValuesIn(reference_rows("amdSec/rightsMD/mdRef", kP,
                                                          {"CSIP49", "CSIP50", "CSIP51", "CSIP52",
                                                           "CSIP53", "CSIP54", "CSIP55", "CSIP56",
                                                           "CSIP57"})),
                         test_name);

INSTANTIATE_TEST_SUITE_P(
    Files, Requirement,
    testing::Values(Must{"CSIP58", kB, "fileSec", "", "", 1},
                    Must{"CSIP59", kB, "fileSec", "ID", kId},
                    Must{"CSIP60", kP, "fileSec/fileGrp[@USE=Documentation]/file", "", ""},
                    Must{"CSIP113", kP, "fileSec/fileGrp[@USE=Schemas]/file", "", ""},
                    Must{"CSIP114", kP, "fileSec/fileGrp[@USE=Representations/original]/file", "",
                         "", 1},
                    Must{"CSIP114", kR, "fileSec/fileGrp", "USE", "Representations/[a-z]+/data", 1},
                    Must{"CSIP62", kB, "fileSec/fileGrp", "csip:CONTENTINFORMATIONTYPE", "OTHER"},
                    Must{"CSIP63", kB, "fileSec/fileGrp", "csip:OTHERCONTENTINFORMATIONTYPE", ""},
                    Must{"CSIP64", kB, "fileSec/fileGrp", "USE",
                         "Documentation|Schemas|Representations/[a-z]+(/data)?"},
                    Must{"CSIP65", kB, "fileSec/fileGrp", "ID", kId},
                    Must{"CSIP66", kB, "fileSec/fileGrp/file", "", ""},
                    Must{"CSIP67_AIP9", kB, "fileSec/fileGrp/file", "ID", kId},
                    Must{"CSIP68", kB, "fileSec/fileGrp/file", "MIMETYPE", kMime},
                    Must{"CSIP69", kB, "fileSec/fileGrp/file", "SIZE", "\\d+"},
                    Must{"CSIP70", kB, "fileSec/fileGrp/file", "CREATED", kTime},
                    Must{"CSIP71", kB, "fileSec/fileGrp/file", "CHECKSUM", kSha512},
                    Must{"CSIP72", kB, "fileSec/fileGrp/file", "CHECKSUMTYPE", "SHA-512"},
                    Must{"CSIP77", kB, "fileSec/fileGrp/file/FLocat", "LOCTYPE", "URL"},
                    Must{"CSIP78", kB, "fileSec/fileGrp/file/FLocat", "xlink:type", "simple"},
                    Must{"CSIP79", kB, "fileSec/fileGrp/file/FLocat", "xlink:href", kHref}),
    test_name);

INSTANTIATE_TEST_SUITE_P(
    Map, Requirement,
    testing::Values(
        Must{"CSIP80", kB, "structMap[@LABEL=CSIP]", "", "", 1},
        Must{"CSIP81", kB, "structMap", "TYPE", "PHYSICAL", 1},
        Must{"CSIP82", kB, "structMap", "LABEL", "CSIP", 1},
        Must{"CSIP83", kB, "structMap", "ID", kId}, Must{"CSIP84", kB, "structMap/div", "", "", 1},
        Must{"CSIP85", kB, "structMap/div", "ID", kId},
        Must{"CSIP88", kB, "structMap/div/div[@LABEL=Metadata]", "", "", 1},
        Must{"CSIP89", kB, "structMap/div/div[@LABEL=Metadata]", "ID", kId},
        Must{"CSIP91", kB, "structMap/div/div[@LABEL=Metadata]", "ADMID", ""},
        Must{"CSIP92", kP, "structMap/div/div[@LABEL=Metadata]", "DMDID", ""},
        Must{"CSIP93_95", kP, "structMap/div/div[@LABEL=Documentation]", "", "", 1},
        Must{"CSIP94", kP, "structMap/div/div[@LABEL=Documentation]", "ID", kId},
        Must{"CSIP96", kP, "structMap/div/div[@LABEL=Documentation]/fptr", "", "", 1},
        Must{"CSIP97_99", kP, "structMap/div/div[@LABEL=Schemas]", "", "", 1},
        Must{"CSIP98", kP, "structMap/div/div[@LABEL=Schemas]", "ID", kId},
        Must{"CSIP100", kP, "structMap/div/div[@LABEL=Schemas]/fptr", "", "", 1},
        Must{"CSIP101_103", kP, "structMap/div/div[@LABEL=Representations]", "", "", 1},
        Must{"CSIP102", kP, "structMap/div/div[@LABEL=Representations]", "ID", kId},
        Must{"CSIP104", kP, "structMap/div/div[@LABEL=Representations]/fptr", "", ""},
        Must{"CSIP105_107", kP, "structMap/div/div[@LABEL=Representations/original]", "", "", 1},
        Must{"CSIP106", kB, "structMap/div/div", "ID", kId},
        Must{"CSIP108", kP, "structMap/div/div/mptr", "xlink:title", kId},
        Must{"CSIP109", kP, "structMap/div/div[@LABEL=Representations/original]/mptr", "", "", 1},
        Must{"CSIP110", kP, "structMap/div/div/mptr", "xlink:href",
             "representations/[a-z]+/METS\\.xml"},
        Must{"CSIP111", kP, "structMap/div/div/mptr", "xlink:type", "simple"},
        Must{"CSIP112", kP, "structMap/div/div/mptr", "LOCTYPE", "URL"},
        Must{"AIP3", kP, "structMap/div/div[@LABEL=Representations/original]/fptr", "", "", 1}),
    test_name);

/// Every (file element or mdRef, path from the package's folder) of a package.
std::vector<std::pair<const XmlElement*, std::string>> listed(const Packages::One& package) {
  std::vector<std::pair<const XmlElement*, std::string>> out;
  const auto add = [&](const XmlElement& mets, const std::string& folder) {
    for (const auto* path : {"dmdSec/mdRef", "amdSec/digiprovMD/mdRef", "amdSec/rightsMD/mdRef"}) {
      for (const auto* each : select(mets, path)) {
        out.emplace_back(each, folder + from_href(*attribute(*each, "xlink:href")));
      }
    }
    for (const auto* each : select(mets, "fileSec/fileGrp/file")) {
      out.emplace_back(each, folder + from_href(*attribute(each->children[0], "xlink:href")));
    }
  };
  add(package.mets, "");
  for (const auto& [name, mets] : package.parts) add(mets, "representations/" + name + "/");
  return out;
}

TEST(Profile, Csip1ObjidIsTheNameOfTheFolder) {
  for (const auto& package : Packages::all()) {
    EXPECT_EQ(*package.mets.attribute("OBJID"), package.aip.filename());
    for (const auto& [name, mets] : package.parts) EXPECT_EQ(*mets.attribute("OBJID"), name);
  }
}

TEST(Profile, Csip8LaterVersionsAreMarkedAsModified) {
  for (const auto& package : Packages::all()) {
    const auto* header = package.mets.child("metsHdr");
    EXPECT_EQ(*header->attribute("CREATEDATE"), "2026-11-23T10:00:00+08:00") << package.name;
    const auto* modified = header->attribute("LASTMODDATE");
    EXPECT_EQ(modified == nullptr ? "" : *modified,
              package.name == "second" ? "2026-11-25T10:00:00+08:00" : "");
  }
}

TEST(Profile, ListedFilesAreThereWithTheirSizeAndDigest) {
  for (const auto& package : Packages::all()) {
    for (const auto& [element, path] : listed(package)) {
      const auto bytes = test::read_text(package.aip / path);
      EXPECT_EQ(*element->attribute("SIZE"), std::to_string(bytes.size())) << path;
      EXPECT_EQ(*element->attribute("CHECKSUM"), digest_hex(DigestAlgorithm::kSha512, bytes));
    }
  }
}

TEST(Profile, Csip66EveryFileIsListed) {
  for (const auto& package : Packages::all()) {
    std::set<std::string> paths;
    for (const auto& [element, path] : listed(package)) paths.insert(path);
    EXPECT_FALSE(paths.contains("METS.xml")) << "lists itself";
    paths.insert("METS.xml");
    std::set<std::string> there;
    for (const auto& [path, bytes] : test::tree(package.aip)) there.insert(path);
    EXPECT_EQ(paths, there) << package.name;
  }
}

TEST(Profile, IdsAreUniqueInThePackage) {
  for (const auto& package : Packages::all()) {
    std::multiset<std::string> ids;
    const std::function<void(const XmlElement&)> collect = [&](const XmlElement& element) {
      if (const auto* id = element.attribute("ID"); id != nullptr) ids.insert(*id);
      for (const auto& child : element.children) collect(child);
    };
    collect(package.mets);
    for (const auto& [name, mets] : package.parts) collect(mets);
    for (const auto& id : ids) EXPECT_EQ(ids.count(id), 1U) << package.name << " " << id;
  }
}

TEST(Profile, Csip91And92NameTheCurrentSectionsAndNoOthers) {
  for (const auto& package : Packages::all()) {
    std::set<std::string> named, current;
    const auto* division = select(package.mets, "structMap/div/div[@LABEL=Metadata]").front();
    for (const auto* list : {"ADMID", "DMDID"}) {
      std::istringstream words(*division->attribute(list));
      for (std::string word; words >> word;) named.insert(word);
    }
    for (const auto* path : {"dmdSec", "amdSec/digiprovMD", "amdSec/rightsMD"}) {
      for (const auto* each : select(package.mets, path)) {
        if (*each->attribute("STATUS") == "CURRENT") current.insert(*each->attribute("ID"));
      }
    }
    EXPECT_EQ(named, current) << package.name;
  }
}

TEST(Profile, Csip116And118And119And108PointToTheirGroups) {
  for (const auto& package : Packages::all()) {
    std::map<std::string, std::string> groups;
    for (const auto* each : select(package.mets, "fileSec/fileGrp")) {
      groups[*each->attribute("ID")] = *each->attribute("USE");
    }
    for (const auto* label : {"Documentation", "Schemas"}) {
      for (const auto* pointer :
           select(package.mets, "structMap/div/div[@LABEL=" + std::string(label) + "]/fptr")) {
        EXPECT_EQ(groups[*pointer->attribute("FILEID")], label);
      }
    }
    const auto contents = select(package.mets, "structMap/div/div[@LABEL=Representations]/fptr");
    EXPECT_EQ(contents.size(), package.parts.size());
    for (const auto* pointer : contents) {
      EXPECT_TRUE(groups[*pointer->attribute("FILEID")].starts_with("Representations/"));
    }
    for (const auto& [name, mets] : package.parts) {
      const auto part = "structMap/div/div[@LABEL=Representations/" + name + "]";
      const auto* pointer = select(package.mets, part + "/mptr").front();
      EXPECT_EQ(groups[*attribute(*pointer, "xlink:title")], "Representations/" + name);
    }
  }
}

TEST(Profile, Aip3PointsToTheMetsOfTheRepresentation) {
  for (const auto& package : Packages::all()) {
    for (const auto& [name, mets] : package.parts) {
      const auto part = "Representations/" + name;
      const auto id = *select(package.mets, "structMap/div/div[@LABEL=" + part + "]/fptr")
                           .front()
                           ->attribute("FILEID");
      const auto files = select(package.mets, "fileSec/fileGrp[@USE=" + part + "]/file");
      ASSERT_EQ(files.size(), 1U);
      EXPECT_EQ(*files[0]->attribute("ID"), id);
      EXPECT_EQ(*attribute(files[0]->children[0], "xlink:href"),
                "representations/" + name + "/METS.xml");
    }
  }
}

// A validator in use resolves each label of a map, in lower case, against the METS's own folder.
TEST(Profile, LabelsOfDivisionsLeadToFolders) {
  const auto expect_folders = [](const XmlElement& mets, const fs::path& folder) {
    for (const auto* each : select(mets, "structMap/div/div")) {
      auto label = *each->attribute("LABEL");
      label[0] = static_cast<char>(std::tolower(label[0]));
      EXPECT_TRUE(fs::is_directory(folder / label)) << folder / label;
    }
  };
  for (const auto& package : Packages::all()) {
    expect_folders(package.mets, package.aip);
    for (const auto& [name, mets] : package.parts) {
      expect_folders(mets, package.aip / "representations" / name);
    }
  }
}

TEST(Profile, CsipstrFoldersAreThere) {
  for (const auto& package : Packages::all()) {
    for (const auto* folder :
         {"metadata", "metadata/descriptive", "metadata/preservation", "metadata/other",
          "representations/original", "representations/original/data",
          "representations/original/metadata", "schemas", "documentation"}) {
      EXPECT_TRUE(fs::is_directory(package.aip / folder)) << folder;
    }
    for (const auto& entry : fs::recursive_directory_iterator(package.aip)) {
      EXPECT_FALSE(entry.is_directory() && fs::is_empty(entry.path())) << entry.path();
      EXPECT_FALSE(entry.is_symlink()) << entry.path();
    }
  }
}

/// All PREMIS documents of a package.
std::vector<XmlElement> premis_of(const Packages::One& package) {
  std::set<std::string> paths;
  for (const auto& [element, path] : listed(package)) {
    const auto* type = element->attribute("MDTYPE");
    if (type != nullptr && *type == "PREMIS") paths.insert(path);
  }
  std::vector<XmlElement> out;
  for (const auto& path : paths) {
    out.push_back(read_xml_tree(test::read_text(package.aip / path), path));
  }
  return out;
}

TEST(Profile, Aip15And16And18EventsHaveIdentifiersAndDescribedAgents) {
  for (const auto& package : Packages::all()) {
    std::size_t events = 0;
    for (const auto& premis : premis_of(package)) {
      std::set<std::string> described;
      for (const auto* each : select(premis, "agent/agentIdentifier/agentIdentifierValue")) {
        described.insert(each->text);
      }
      for (const auto* event : select(premis, "event")) {
        ++events;
        EXPECT_EQ(select(*event, "eventIdentifier/eventIdentifierValue").size(), 1U);
        const auto agents = select(*event, "linkingAgentIdentifier/linkingAgentIdentifierValue");
        EXPECT_FALSE(agents.empty());
        for (const auto* agent : agents) EXPECT_TRUE(described.contains(agent->text));
      }
    }
    EXPECT_EQ(events, package.name == "second" ? 3U : 2U);
  }
}

TEST(Profile, PremisDescribesEveryFileOutsideItself) {
  for (const auto& package : Packages::all()) {
    std::set<std::string> identifiers, locations;
    for (const auto& premis : premis_of(package)) {
      for (const auto* each : select(premis, "object/objectIdentifier/objectIdentifierValue")) {
        identifiers.insert(each->text);
      }
      for (const auto* each :
           select(premis, "object/storage/contentLocation/contentLocationValue")) {
        locations.insert(from_href(each->text));
      }
    }
    for (const auto& [element, path] : listed(package)) {
      const bool described =
          path.find("/data/") != path.npos ||
          (path.starts_with("metadata/") && !path.ends_with("premis-0001.xml") &&
           !path.ends_with("premis-0002.xml") && path.find("superseded") == path.npos);
      EXPECT_TRUE(!described || locations.contains(path)) << package.name << " " << path;
    }
    for (const auto& premis : premis_of(package)) {
      for (const auto* each :
           select(premis, "event/linkingObjectIdentifier/linkingObjectIdentifierValue")) {
        EXPECT_TRUE(identifiers.contains(each->text)) << "an event links what nobody describes";
      }
    }
  }
}

}  // namespace
}  // namespace anjuan::packager
