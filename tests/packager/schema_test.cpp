// Everything that the builder writes is valid by the official schemas and by our own.

#include <cstdlib>

#include <gtest/gtest.h>

#include "core/xml_reader.h"
#include "core/xml_schema.h"
#include "packager/package_builder.h"
#include "tests/support/corpora.h"
#include "tests/support/packages.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::packager {
namespace {

using test::TemporaryFolder;

class Ignore final : public XmlHandler {
 public:
  void start(std::string_view, std::string_view, const std::vector<XmlAttribute>&, Place) override {
  }

  void text(std::string_view) override {}

  void end(std::string_view, std::string_view) override {}
};

std::string problems(const std::string& text, const std::string& name,
                     const XmlSchemaSet& schemas) {
  Ignore handler;
  Findings findings;
  parse_xml_text(text, name, handler, &schemas, &findings);
  std::string out;
  for (const auto& each : findings) out += each.where + " " + each.message + "\n";
  return out;
}

/// Both versions of a package, and a package with hostile names.
class BuiltPackages : public testing::Test {
 protected:
  void SetUp() override {
    build_first_version(test::case_draft(folder_ / "in"), folder_ / "object");
    auto next = test::change_draft(folder_ / "in2");
    test::install(build_next_version(next, folder_ / "object", folder_ / "next"),
                  folder_ / "object");
    build_first_version(test::case_draft(folder_ / "in3", test::hostile_content()),
                        folder_ / "hostile");
  }

  /// Our METS and PREMIS documents, not the data files.
  std::map<std::string, std::string> documents(const std::string& name) {
    std::map<std::string, std::string> found;
    for (const auto& [path, bytes] : test::tree(folder_.path())) {
      const auto file = path.substr(path.rfind('/') + 1);
      if (path.find("/data/") == path.npos && file.starts_with(name)) found[path] = bytes;
    }
    return found;
  }

  TemporaryFolder folder_;
};

TEST_F(BuiltPackages, AreValidByTheOfficialSchemas) {
  const auto corpora = test::corpora("schemas");
  if (corpora.empty()) GTEST_SKIP() << "the official schemas are absent (ANJUAN_CORPORA)";
  const auto mets = XmlSchemaSet::from_files(
      {corpora / "xlink.xsd", corpora / "DILCISExtensionMETS.xsd", corpora / "mets-1.12.1.xsd"});
  const auto premis = XmlSchemaSet::from_files({corpora / "premis-v3-0.xsd"});
  EXPECT_EQ(documents("METS.xml").size(), 6U);
  for (const auto& [path, text] : documents("METS.xml")) EXPECT_EQ(problems(text, path, mets), "");
  EXPECT_EQ(documents("premis-").size(), 6U);
  for (const auto& [path, text] : documents("premis-")) {
    EXPECT_EQ(problems(text, path, premis), "");
  }
}

TEST_F(BuiltPackages, AreValidByOurOwnSchemas) {
  const auto& mets =
      XmlSchemaSet::embedded_set({"xlink.xsd", "anjuan-csip.xsd", "anjuan-mets.xsd"});
  const auto& premis = XmlSchemaSet::embedded_set({"anjuan-premis.xsd"});
  for (const auto& [path, text] : documents("METS.xml")) EXPECT_EQ(problems(text, path, mets), "");
  for (const auto& [path, text] : documents("premis-")) {
    EXPECT_EQ(problems(text, path, premis), "");
  }
}

TEST_F(BuiltPackages, AreValidByXmllint) {
  if (std::system("command -v xmllint >/dev/null") != 0) GTEST_SKIP() << "xmllint is not installed";
  const auto command = "cd '" + folder_.path().string() +
                       "' && for file in object/v*/content/*/METS.xml "
                       "object/v*/content/*/representations/*/METS.xml; do xmllint --nonet --noout "
                       "--schema object/v1/content/*/schemas/anjuan-mets.xsd \"$file\" || exit 1; "
                       "done 2>errors";
  EXPECT_EQ(std::system(command.c_str()), 0) << test::read_text(folder_ / "errors");
}

struct Mutation {
  std::string name;
  std::string from;
  std::string to;
};

class OurMetsSchema : public testing::TestWithParam<Mutation> {};

TEST_P(OurMetsSchema, Refuses) {
  TemporaryFolder folder;
  const auto draft = test::case_draft(folder / "in");
  build_first_version(draft, folder / "out");
  auto text = test::read_text(folder / "out" / "v1/content" / draft.id.objid() / "METS.xml");
  const auto place = text.find(GetParam().from);
  ASSERT_NE(place, text.npos);
  text.replace(place, GetParam().from.size(), GetParam().to);
  const auto& mets =
      XmlSchemaSet::embedded_set({"xlink.xsd", "anjuan-csip.xsd", "anjuan-mets.xsd"});
  EXPECT_NE(problems(text, "METS.xml", mets), "");
}

INSTANTIATE_TEST_SUITE_P(
    Mutations, OurMetsSchema,
    testing::Values(Mutation{"NoObjid", " OBJID=", " OBJECT="},
                    Mutation{"OtherType", "TYPE=\"Mixed\"", "TYPE=\"OTHER\""},
                    Mutation{"TimeWithoutZone", "+08:00\" RECORDSTATUS", "\" RECORDSTATUS"},
                    Mutation{"UnknownVerdict", "unchecked 未检查", "passed"},
                    Mutation{"Sm3Checksum", "SHA-512", "SM3"},
                    Mutation{"IdWithoutID", "ID=\"ID-package-files\"", "ID=\"package-files\""},
                    Mutation{"DanglingPointer", "FILEID=\"ID-package-group-Schemas\"",
                             "FILEID=\"ID-package-group-None\""},
                    Mutation{"LowerCaseLabel", "LABEL=\"Metadata\"", "LABEL=\"metadata\""},
                    Mutation{"StructMapLabel", "LABEL=\"CSIP\"", "LABEL=\"CSIP structMap\""},
                    Mutation{"NoStatus", " STATUS=\"CURRENT\"", ""},
                    Mutation{"NegativeSize", "SIZE=\"", "SIZE=\"-"}),
    [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace anjuan::packager
