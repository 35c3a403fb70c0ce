#include <sys/stat.h>

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

/// The name of the declaration file.
std::string declaration_of(const fs::path& object) {
  for (const auto* edition : {"1.0", "1.1"}) {
    const auto name = std::string("0=ocfl_object_") + edition;
    if (fs::exists(object / name)) return name;
  }
  throw std::runtime_error("no declaration");
}

/// The edition keeps its place after `start`.
std::function<void(const fs::path&)> renamed_declaration(const std::string& start) {
  return [start](const fs::path& object) {
    const auto name = declaration_of(object);
    fs::rename(object / name, object / (start + name.substr(name.size() - 3)));
  };
}

/// The manifest lists another file with the content of a.txt.
std::function<void(OcflSketch&)> with_copy(const std::string& path) {
  return [path](OcflSketch& sketch) {
    sketch.edit = [path](Json& root) {
      const auto alpha = OcflSketch::digest("sha512", "alpha");
      block(root, "manifest").find(alpha)->append(Json::string(path));
    };
  };
}

OcflFaults declarations() {
  return {
      {"DeclarationWithoutTag", {"E004"}, {}, {}, renamed_declaration("ocfl_object_")},
      {"DeclarationWithAnotherTag", {"E005"}, {}, {}, renamed_declaration("1=ocfl_object_")},
      {"DeclarationOfAnUnknownEdition", {"E006"}, {}, {}, renamed_declaration("0=ocfl_object_7.")},
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
         const auto name = declaration_of(object);
         write_text(object / name, name.substr(2));
       }},
  };
}

OcflFaults version_folders() {
  return {
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
      {"ContentLost",
       {"E023", "E092"},
       {},
       with_copy("v2/content/a2.txt"),
       [](const auto& object) {
         write_text(object / "v2/content/a2.txt", "alpha");
         fs::remove(object / "v2/content/b.txt");
       }},
      {"CopyOfContentMissing", {"E092"}, {}, with_copy("v2/content/a2.txt"), {}},
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
  };
}

OcflFaults inventory_files() {
  return {
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
      {"ContentChanged",
       {"E092"},
       {},
       {},
       [](const auto& object) { write_text(object / "v1/content/a.txt", "alphb"); }},
  };
}

OcflFaults strangers() {
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

}  // namespace

OcflFaults ocfl_disk_faults() {
  return joined({declarations(), version_folders(), inventory_files(), strangers()});
}

}  // namespace anjuan::test
