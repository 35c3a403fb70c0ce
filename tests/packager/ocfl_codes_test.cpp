// One fault each in an object that has no other: exactly the codes that the standard has for it, in
// both editions. What the official test objects hold already is not repeated here.
#include <set>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "packager/verify/verify.h"
#include "tests/support/ocfl_sketch.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

namespace fs = std::filesystem;
using test::OcflSketch;
using test::write_text;
using Codes = std::set<std::string>;

struct Fault {
  std::string name;
  Codes codes;                                     ///< in an object of OCFL 1.1
  Codes older_codes;                               ///< in one of 1.0; empty = the same
  std::function<void(OcflSketch&)> sketch = {};    ///< before the object is written
  std::function<void(const fs::path&)> harm = {};  ///< afterwards
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

Json& block(Json& root, const std::string& name) { return *root.find(name); }

Json& version(Json& root, const std::string& name) { return *root.find("versions")->find(name); }

/// A member of the root of every inventory.
std::function<void(OcflSketch&)> everywhere(const std::string& key, Json value) {
  return [key, value](OcflSketch& sketch) {
    sketch.edit = [key, value](Json& root) { root.set(key, value); };
    sketch.edit_v1 = sketch.edit;
  };
}

/// A member of version 2 of the newest inventory.
std::function<void(OcflSketch&)> in_v2(const std::string& key, Json value) {
  return [key, value](OcflSketch& sketch) {
    sketch.edit = [key, value](Json& root) { version(root, "v2").set(key, value); };
  };
}

/// A member of the root of the newest inventory.
std::function<void(OcflSketch&)> in_root(const std::string& key, Json value) {
  return [key, value](OcflSketch& sketch) {
    sketch.edit = [key, value](Json& root) { root.set(key, value); };
  };
}

std::function<void(OcflSketch&)> fixity(const std::string& algorithm, const std::string& digest,
                                        const std::string& path) {
  return [=](OcflSketch& sketch) {
    sketch.edit = [=](Json& root) {
      root.set("fixity",
               Json::object({{algorithm, Json::object({{digest, OcflSketch::list(path)}})}}));
    };
  };
}

void without(Json& object, const std::string& key) {
  auto rest = Json::object();
  for (const auto& [name, value] : object.members()) {
    if (name != key) rest.set(name, value);
  }
  object = rest;
}

std::function<void(OcflSketch&)> dropped(const std::string& key) {
  return [key](OcflSketch& sketch) { sketch.edit = [key](Json& root) { without(root, key); }; };
}

std::vector<Fault> declaration_faults() {
  return {
      {"DeclarationWithoutTag",
       {"E004"},
       {},
       {},
       [](const auto& object) {
         for (const auto* edition : {"1.0", "1.1"}) {
           const auto name = std::string("ocfl_object_") + edition;
           if (fs::exists(object / ("0=" + name)))
             fs::rename(object / ("0=" + name), object / name);
         }
       }},
      {"DeclarationWithAnotherTag",
       {"E005"},
       {},
       {},
       [](const auto& object) {
         for (const auto* edition : {"1.0", "1.1"}) {
           const auto name = std::string("=ocfl_object_") + edition;
           if (fs::exists(object / ("0" + name)))
             fs::rename(object / ("0" + name), object / ("1" + name));
         }
       }},
      {"DeclarationOfAnUnknownEdition",
       {"E006"},
       {},
       {},
       [](const auto& object) {
         for (const auto* edition : {"1.0", "1.1"})
           fs::remove(object / (std::string("0=ocfl_object_") + edition));
         write_text(object / "0=ocfl_object_0.9", "ocfl_object_0.9\n");
       }},
      {"TwoDeclarations",
       {"E003"},
       {},
       {},
       [](const auto& object) {
         write_text(object / "0=ocfl_object_1.0", "ocfl_object_1.0\n");
         write_text(object / "0=ocfl_object_1.1", "ocfl_object_1.1\n");
       }},
      {"DeclarationWithoutLineEnd",
       {"E007"},
       {},
       {},
       [](const auto& object) {
         for (const auto* edition : {"1.0", "1.1"}) {
           const auto name = std::string("ocfl_object_") + edition;
           if (fs::exists(object / ("0=" + name))) write_text(object / ("0=" + name), name);
         }
       }},
      {"TypeOfAnotherEdition",
       {"E038"},
       {"E038"},
       [](auto& sketch) {
         const auto other = sketch.edition == "1.0" ? "1.1" : "1.0";
         everywhere("type", Json::string(std::string("https://ocfl.io/") + other +
                                         "/spec/#inventory"))(sketch);
       }},
      {"TypeThatIsNone", {"E038"}, {}, everywhere("type", Json::integer(1))},
  };
}

std::vector<Fault> version_faults() {
  return {
      {"NoVersions",
       {"E008", "E036", "E046"},
       {},
       [](auto& sketch) {
         sketch.edit = [](Json& root) {
           root.set("versions", Json::object());
           root.set("manifest", Json::object());
           without(root, "head");
         };
       }},
      {"SequenceBeginsWithTwo",
       {"E009"},
       {},
       [](auto& sketch) {
         sketch.v1 = "v2";
         sketch.v2 = "v3";
       }},
      {"SequenceHasAGap", {"E010"}, {}, [](auto& sketch) { sketch.v2 = "v3"; }},
      {"PaddingOfAnotherWidth",
       {"E012", "E013", "W001"},
       {},
       [](auto& sketch) {
         sketch.v1 = "v01";
         sketch.v2 = "v002";
       }},
      {"PaddingOnlyLater", {"E012", "E013", "W001"}, {}, [](auto& sketch) { sketch.v2 = "v02"; }},
      {"PathByAnotherVersionName",
       {"E014", "W001"},
       {},
       [](auto& sketch) {
         sketch.v1 = "v01";
         sketch.v2 = "v02";
         sketch.edit = [](Json& root) {
           block(root, "manifest")
               .set(OcflSketch::digest("sha512", "alpha"), OcflSketch::list("v1/content/a.txt"));
         };
       }},
      {"VersionWithoutANumber",
       {"E105"},
       {"E046"},
       [](auto& sketch) {
         sketch.edit = [](Json& root) { block(root, "versions").set("vx", version(root, "v1")); };
       }},
      {"FirstVersionFolderMissing",
       {"E009", "E092"},
       {},
       {},
       [](const auto& object) { fs::remove_all(object / "v1"); }},
      {"LastVersionFolderMissing",
       {"E046", "E092"},
       {},
       {},
       [](const auto& object) { fs::remove_all(object / "v2"); }},
      {"VersionFolderThatNobodyKnows",
       {"E046"},
       {},
       {},
       [](const auto& object) { fs::create_directory(object / "v9"); }},
      {"ContentFolderMissing",
       {"E016", "E092"},
       {},
       {},
       [](const auto& object) { fs::remove_all(object / "v2/content"); }},
      {"ContentFileMissing",
       {"E023", "E092"},
       {},
       {},
       [](const auto& object) {
         write_text(object / "v2/content/c.txt", "gamma");
         fs::remove(object / "v2/content/b.txt");
       }},
      {"EmptyFolderInContent",
       {"E024"},
       {},
       {},
       [](const auto& object) { fs::create_directories(object / "v2/content/x/y"); }},
      {"EmptyContentFolder",
       {"W003"},
       {},
       [](auto& sketch) {
         sketch.edit = [](Json& root) {
           without(block(root, "manifest"), OcflSketch::digest("sha512", "beta"));
           version(root, "v2").set("state", *version(root, "v1").find("state"));
         };
       },
       [](const auto& object) { fs::remove(object / "v2/content/b.txt"); }},
      {"SidecarOfAnotherAlgorithm",
       {"E059"},
       {},
       {},
       [](const auto& object) {
         const auto text = test::read_text(object / "inventory.json");
         fs::remove(object / "inventory.json.sha512");
         write_text(object / "inventory.json.sha256",
                    OcflSketch::digest("sha256", text) + "\tinventory.json\n");
       }},
      {"TwoSidecars",
       {"E001"},
       {},
       {},
       [](const auto& object) { write_text(object / "inventory.json.sha256", "x"); }},
      {"SidecarOfAVersionMissing",
       {"E058"},
       {},
       {},
       [](const auto& object) { fs::remove(object / "v1/inventory.json.sha512"); }},
      {"InventoryOfAVersionMissing",
       {"W010"},
       {},
       {},
       [](const auto& object) {
         fs::remove(object / "v1/inventory.json");
         fs::remove(object / "v1/inventory.json.sha512");
       }},
      {"OlderEditionLater",
       {"E038", "E103"},
       {"E103"},
       [](auto& sketch) {
         sketch.edit_v1 = [](Json& root) {
           root.set("type", Json::string("https://ocfl.io/1.1/spec/#inventory"));
         };
         sketch.edit = [](Json& root) {
           root.set("type", Json::string("https://ocfl.io/1.0/spec/#inventory"));
         };
       }},
  };
}

std::vector<Fault> inventory_faults() {
  const auto alpha = OcflSketch::digest("sha512", "alpha");
  const auto upper = [](std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
  };
  return {
      {"IdThatIsNoText", {"E037"}, {}, everywhere("id", Json::integer(7))},
      {"IdThatIsEmpty", {"E037"}, {}, everywhere("id", Json::string(""))},
      {"IdThatIsNoUri", {"W005"}, {}, everywhere("id", Json::string("case 7"))},
      {"UnknownKey", {"E102"}, {}, everywhere("note", Json::string("x"))},
      {"UnknownKeyOfAVersion", {"E102"}, {}, in_v2("note", Json::string("x"))},
      {"InventoryIsAList",
       {"E033"},
       {},
       {},
       [](const auto& object) {
         write_text(object / "inventory.json", "[]");
         write_text(object / "inventory.json.sha512",
                    OcflSketch::digest("sha512", "[]") + " inventory.json\n");
       }},
      {"KeyTwice",
       {"E033"},
       {},
       {},
       [](const auto& object) {
         const std::string text = "{\"id\":\"urn:x:y\",\"id\":\"urn:x:y\"}";
         write_text(object / "inventory.json", text);
         write_text(object / "inventory.json.sha512",
                    OcflSketch::digest("sha512", text) + " inventory.json\n");
       }},
      {"NoManifest", {"E041"}, {}, dropped("manifest")},
      {"ManifestIsAList", {"E106"}, {"E041"}, in_root("manifest", Json::array())},
      {"NoVersionsKey", {"E041"}, {}, dropped("versions")},
      {"VersionsIsAList", {"E044"}, {}, in_root("versions", Json::array())},
      {"VersionIsAText",
       {"E047"},
       {},
       [](auto& sketch) {
         sketch.edit = [](Json& root) { block(root, "versions").set("v2", Json::string("x")); };
       }},
      {"VersionIsEmpty",
       {"E048", "W007"},
       {},
       [](auto& sketch) {
         sketch.edit = [](Json& root) { block(root, "versions").set("v2", Json::object()); };
       }},
      {"CreatedWithoutZone", {"E049"}, {}, in_v2("created", Json::string("2026-01-02T03:04:05"))},
      {"CreatedOnADayThatIsNone",
       {"E049"},
       {},
       in_v2("created", Json::string("2026-02-30T03:04:05Z"))},
      {"UserWithoutName",
       {"E054"},
       {},
       in_v2("user", Json::object({{"address", Json::string("urn:a:b")}}))},
      {"UserWithoutAddress",
       {"W008"},
       {},
       in_v2("user", Json::object({{"name", Json::string("Li")}}))},
      {"MessageIsANumber", {"E094"}, {}, in_v2("message", Json::integer(1))},
      {"StateOfNoManifest",
       {"E050"},
       {},
       [](auto& sketch) {
         sketch.edit = [](Json& root) {
           version(root, "v2").find("state")->set(std::string(128, '0'), OcflSketch::list("c"));
         };
       }},
      {"DigestThatNobodyUses",
       {"E107"},
       {"E050"},
       [](auto& sketch) {
         sketch.edit = [](Json& root) {
           const auto a = *version(root, "v1").find("state");
           version(root, "v2").set("state", a);
         };
       }},
      {"DigestInTwoSpellings",
       {"E096"},
       {},
       [=](auto& sketch) {
         sketch.edit = [=](Json& root) {
           block(root, "manifest").set(upper(alpha), OcflSketch::list("v1/content/a.txt"));
         };
       }},
      {"FileThatIsAFolder",
       {"E092", "E101", "E023"},
       {},
       [=](auto& sketch) {
         sketch.edit = [=](Json& root) {
           block(root, "manifest").find(alpha)->append(Json::string("v1/content/a.txt/x"));
         };
       }},
      {"PathThatClimbs",
       {"E099"},
       {},
       [=](auto& sketch) {
         sketch.edit = [=](Json& root) {
           block(root, "manifest").set(alpha, OcflSketch::list("v1/content/../content/a.txt"));
         };
       }},
      {"PathOutsideTheContent",
       {"E042", "E092"},
       {},
       [=](auto& sketch) {
         sketch.edit = [=](Json& root) {
           block(root, "manifest").find(alpha)->append(Json::string("logs/a.txt"));
         };
       }},
      {"DigestThatIsNoHex",
       {"E031", "E092"},
       {},
       [=](auto& sketch) {
         sketch.edit = [=](Json& root) {
           without(block(root, "manifest"), alpha);
           block(root, "manifest").set("zz", OcflSketch::list("v1/content/a.txt"));
           for (const auto* name : {"v1", "v2"}) {
             auto& state = *version(root, name).find("state");
             without(state, alpha);
             state.set("zz", OcflSketch::list("a.txt"));
           }
         };
         sketch.edit_v1 = [=](Json& root) {
           root.set("manifest", Json::object({{"zz", OcflSketch::list("v1/content/a.txt")}}));
           version(root, "v1").set("state", Json::object({{"zz", OcflSketch::list("a.txt")}}));
         };
       }},
      {"ContentDirectoryOfTwoDots",
       {"E018"},
       {},
       everywhere("contentDirectory", Json::string(".."))},
      {"ContentDirectoryIsANumber",
       {"E108"},
       {"E017"},
       everywhere("contentDirectory", Json::integer(1))},
      {"ContentDirectoryOnlyLater",
       {"E019"},
       {},
       in_root("contentDirectory", Json::string("content"))},
      {"StateOfThePastChanged",
       {"E066"},
       {},
       [=](auto& sketch) {
         sketch.edit_v1 = [=](Json& root) {
           version(root, "v1").set("state", Json::object({{alpha, OcflSketch::list("z.txt")}}));
         };
       }},
      {"TimeOfThePastChanged",
       {"W011"},
       {},
       [](auto& sketch) {
         sketch.edit_v1 = [](Json& root) {
           version(root, "v1").set("created", Json::string("2026-01-02T03:04:06Z"));
         };
       }},
      {"HeadOfThePastWrong",
       {"E040"},
       {},
       [](auto& sketch) {
         sketch.edit_v1 = [](Json& root) { root.set("head", Json::string("v2")); };
       }},
      {"RootInventoryAlone",
       {"E064"},
       {},
       [](auto& sketch) {
         sketch.edit_root = [](Json& root) {
           version(root, "v2").set("message", Json::string("?"));
         };
       }},
  };
}

std::vector<Fault> digest_faults() {
  const auto md5 = digest_hex(DigestAlgorithm::kMd5, "alpha");
  const std::string a = "v1/content/a.txt";
  return {
      {"ContentChanged",
       {"E092"},
       {},
       {},
       [](const auto& object) { write_text(object / "v1/content/a.txt", "alphb"); }},
      {"ContentOfAnOlderAlgorithmWrong",
       {"E092", "W004"},
       {},
       [](auto& sketch) {
         sketch.algorithm_v1 = "sha256";
         sketch.edit_v1 = [](Json& root) {
           const std::string zeros(64, '0');
           root.set("manifest", Json::object({{zeros, OcflSketch::list("v1/content/a.txt")}}));
           version(root, "v1").set("state", Json::object({{zeros, OcflSketch::list("a.txt")}}));
         };
       }},
      {"OlderInventoryListsAFileThatIsNotThere",
       {"E092"},
       {},
       [](auto& sketch) {
         sketch.edit_v1 = [](Json& root) {
           const auto alpha = OcflSketch::digest("sha512", "alpha");
           block(root, "manifest").find(alpha)->append(Json::string("v1/content/gone.txt"));
         };
       }},
      {"FixityWrong", {"E093"}, {}, fixity("md5", std::string(32, '0'), a)},
      {"FixityOfAFileThatIsNotThere", {"E093"}, {}, fixity("md5", md5, "v1/content/gone.txt")},
      {"FixityOfAnOlderInventoryWrong",
       {"E093"},
       {},
       [=](auto& sketch) {
         fixity("md5", std::string(32, '0'), a)(sketch);
         std::swap(sketch.edit, sketch.edit_v1);
       }},
      {"FixitySizeWrong", {"E093"}, {}, fixity("size", "6", a)},
      {"FixityThatIsNoHex", {"E029", "E093"}, {}, fixity("sha1", "00", a)},
      {"FixityIsNull", {"E111"}, {"E056"}, in_root("fixity", Json::null())},
      {"FixityBlockIsAList",
       {"E057"},
       {},
       in_root("fixity", Json::object({{"md5", Json::array()}}))},
      {"FixityPathIsAText",
       {"E057"},
       {},
       in_root("fixity", Json::object({{"md5", Json::object({{md5, Json::string(a)}})}}))},
  };
}

std::vector<Fault> disk_faults() {
  return {
      {"LinkInContent",
       {"E023", "E090", "E092"},
       {},
       {},
       [](const auto& object) {
         fs::remove(object / "v1/content/a.txt");
         fs::create_symlink("/etc/passwd", object / "v1/content/a.txt");
       }},
      {"CircleOfLinks",
       {"E090"},
       {},
       {},
       [](const auto& object) { fs::create_directory_symlink("..", object / "v1/content/loop"); }},
      {"PipeInContent",
       {"E090"},
       {},
       {},
       [](const auto& object) { ::mkfifo((object / "v1/content/pipe").c_str(), 0600); }},
      {"FileCalledLogs",
       {"E001"},
       {},
       {},
       [](const auto& object) { write_text(object / "logs", "x"); }},
      {"FolderCalledV0",
       {"E001"},
       {},
       {},
       [](const auto& object) { fs::create_directory(object / "v0"); }},
      {"FileInAVersion",
       {"E015"},
       {},
       {},
       [](const auto& object) { write_text(object / "v1/inventory.json.bak", "x"); }},
      {"UnknownExtension",
       {"W013"},
       {},
       {},
       [](const auto& object) { fs::create_directories(object / "extensions/0001-own"); }},
  };
}

std::vector<Fault> all_faults() {
  std::vector<Fault> all;
  for (auto& part : {declaration_faults(), version_faults(), inventory_faults(), digest_faults(),
                     disk_faults()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

VerifyReport verify(const OcflSketch& sketch, const std::function<void(const fs::path&)>& harm) {
  test::TemporaryFolder folder;
  sketch.write(folder / "object");
  if (harm) harm(folder / "object");
  SilentProgress progress;
  return verify_package(folder / "object", {}, progress);
}

Codes codes_of(const VerifyReport& report) {
  Codes codes;
  for (const auto& finding : report.findings) {
    if (finding.severity != Severity::kInfo) codes.insert(finding.code);
  }
  return codes;
}

class OcflFault : public testing::TestWithParam<Fault> {};

TEST_P(OcflFault, HasItsCodesInBothEditions) {
  const auto& fault = GetParam();
  for (const std::string edition : {"1.0", "1.1"}) {
    OcflSketch sketch;
    sketch.edition = edition;
    if (fault.sketch) fault.sketch(sketch);
    const auto report = verify(sketch, fault.harm);
    const bool older = edition == "1.0" && !fault.older_codes.empty();
    EXPECT_EQ(codes_of(report), older ? fault.older_codes : fault.codes) << edition;
    EXPECT_EQ(report.kind, PackageKind::kOcfl);
  }
}

INSTANTIATE_TEST_SUITE_P(Own, OcflFault, testing::ValuesIn(all_faults()),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace anjuan::packager
