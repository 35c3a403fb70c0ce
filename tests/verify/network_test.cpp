// The verifier opens no socket, whatever a package asks it to fetch.
#include <csignal>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/sample_package.h"
#include "tests/verify/run_program.h"

namespace anjuan {
namespace {

using test::run;
using test::RunOptions;
using test::SamplePackage;
using test::Sockets;

const std::string kProgram = ANJUAN_BIN_DIR "/anjuan-verify";

RunOptions only(Sockets sockets) {
  RunOptions options;
  options.sockets = sockets;
  return options;
}

/// 125: this system installs no filter.
#define SKIP_UNLESS_FILTERED(ran) \
  if ((ran).status == 125) GTEST_SKIP() << "this system lets nobody filter system calls"

/// Schemas that a validator would fetch if it believed the document.
void point_to_the_network(const SamplePackage& sample) {
  sample.forge("METS.xml", "<mets ",
               "<mets xmlns:hint=\"http://www.w3.org/2001/XMLSchema-instance\" "
               "hint:schemaLocation=\"http://www.loc.gov/METS/ http://192.0.2.1/mets.xsd\" "
               "hint:noNamespaceSchemaLocation=\"http://192.0.2.1/other.xsd\" ");
}

TEST(NoNetwork, TheFilterStopsWhoeverOpensASocket) {
  const std::vector<std::string> fetch = {"/usr/bin/python3", "-c",
                                          "import socket; socket.socket(socket.AF_INET)"};
  for (const auto sockets : {Sockets::kNone, Sockets::kLocal}) {
    const auto ran = run(fetch, only(sockets));
    SKIP_UNLESS_FILTERED(ran);
    EXPECT_EQ(ran.status, 128 + SIGSYS) << ran.errors;
  }
}

TEST(NoNetwork, SchemaLocationsAreNotFetched) {
  SamplePackage sample;
  point_to_the_network(sample);
  const auto ran = run({kProgram, "--deep", sample.object()}, only(Sockets::kNone));
  SKIP_UNLESS_FILTERED(ran);
  EXPECT_EQ(ran.status, 0) << ran.output << ran.errors;
}

TEST(NoNetwork, ADtdIsRefusedAndNotFetched) {
  SamplePackage sample;
  sample.forge("METS.xml", "<mets ",
               "<!DOCTYPE mets SYSTEM \"http://192.0.2.1/mets.dtd\">\n<mets ");
  const auto ran = run({kProgram, "--json", sample.object()}, only(Sockets::kNone));
  SKIP_UNLESS_FILTERED(ran);
  EXPECT_EQ(ran.status, 3) << ran.output << ran.errors;
  EXPECT_NE(ran.output.find("XML-REFUSED"), std::string::npos) << ran.output;
}

TEST(NoNetwork, AddressesInABagAreNotFetched) {
  const test::TemporaryFolder folder;
  std::filesystem::create_directory(folder / "data");
  test::write_text(folder / "bagit.txt",
                   "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
  test::write_text(folder / "manifest-sha512.txt", std::string(128, '0') + "  data/x\n");
  test::write_text(folder / "fetch.txt", "http://192.0.2.1/x 1 data/x\n");
  const auto ran = run({kProgram, folder.path()}, only(Sockets::kNone));
  SKIP_UNLESS_FILTERED(ran);
  EXPECT_TRUE(ran.status == 3 || ran.status == 4) << ran.output << ran.errors;
}

/// `anjuan verify` is linked with all that the archive's program has.
TEST(NoNetwork, TheArchivesProgramNeedsNoneToVerify) {
  SamplePackage sample;
  point_to_the_network(sample);
  const std::vector<std::string> verify = {ANJUAN_BIN_DIR "/anjuan", "verify", sample.object()};
  const auto ran = run(verify, only(Sockets::kLocal));
  SKIP_UNLESS_FILTERED(ran);
  EXPECT_EQ(ran.status, 0) << ran.output << ran.errors;
  if (::geteuid() != 0) GTEST_SKIP() << "only root may leave the network";
  RunOptions options;
  options.without_network = true;
  const auto alone = run(verify, options);
  EXPECT_EQ(alone.status, 0) << alone.output << alone.errors;
}

}  // namespace
}  // namespace anjuan
