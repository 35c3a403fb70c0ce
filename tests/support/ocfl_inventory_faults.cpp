#include "tests/support/ocfl_edits.h"
#include "tests/support/ocfl_faults.h"

namespace anjuan::test {

namespace {

namespace fs = std::filesystem;

OcflFaults joined(std::initializer_list<OcflFaults> parts) {
  OcflFaults all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

OcflFaults headings() {
  return {
      {"TypeOfAnotherEdition",
       {"E038"},
       {"E038"},
       [](auto& sketch) {
         const auto other = sketch.edition == "1.0" ? "1.1" : "1.0";
         everywhere("type", Json::string(std::string("https://ocfl.io/") + other +
                                         "/spec/#inventory"))(sketch);
       }},
      {"TypeThatIsNone", {"E038"}, {}, everywhere("type", Json::integer(1))},
      {"IdThatIsNoText", {"E037"}, {}, everywhere("id", Json::integer(7))},
      {"IdThatIsEmpty", {"E037"}, {}, everywhere("id", Json::string(""))},
      {"IdThatIsNoUri", {"W005"}, {}, everywhere("id", Json::string("case 7"))},
      {"UnknownKey", {"E102"}, {}, everywhere("note", Json::string("x"))},
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
  };
}

OcflFaults names_of_versions() {
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
  };
}

OcflFaults versions() {
  return {
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
      {"UnknownKeyOfAVersion", {"E102"}, {}, in_v2("note", Json::string("x"))},
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
  };
}

OcflFaults states() {
  return {
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
      {"NoManifest", {"E041"}, {}, dropped("manifest")},
      {"ManifestIsAList", {"E106"}, {"E041"}, in_root("manifest", Json::array())},
  };
}

OcflFaults manifests() {
  const auto alpha = OcflSketch::digest("sha512", "alpha");
  const auto upper = [](std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
  };
  return {
      {"DigestInTwoSpellings",
       {"E096"},
       {},
       [=](auto& sketch) {
         sketch.edit = [=](Json& root) {
           block(root, "manifest").set(upper(alpha), OcflSketch::list("v1/content/a.txt"));
         };
       }},
      {"FileThatIsAFolder",
       {"E023", "E092", "E101"},
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
  };
}

OcflFaults encodings() {
  const auto alpha = OcflSketch::digest("sha512", "alpha");
  return {
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
  };
}

OcflFaults earlier_inventories() {
  const auto alpha = OcflSketch::digest("sha512", "alpha");
  return {
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

OcflFaults earlier_digests() {
  return {
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
  };
}

OcflFaults fixities() {
  const auto md5 = digest_hex(DigestAlgorithm::kMd5, "alpha");
  const std::string a = "v1/content/a.txt";
  return {
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

}  // namespace

OcflFaults ocfl_inventory_faults() {
  return joined({headings(), names_of_versions(), versions(), states(), manifests(), encodings(),
                 earlier_inventories(), earlier_digests(), fixities()});
}

}  // namespace anjuan::test
