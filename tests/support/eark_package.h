#pragma once
// A small E-ARK package of nobody's program, written from a METS text, for tests of single rules.

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/digest.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace anjuan::test {

class EarkPackage {
 public:
  /// `type`: SIP, AIP or DIP; `profile`: of mets/@PROFILE.
  explicit EarkPackage(
      std::string type = "AIC",
      std::string profile = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP-v2-2-0.xml")
      : type_(std::move(type)), profile_(std::move(profile)) {
    for (const auto& [path, text] : files()) {
      std::filesystem::create_directories((this->path() / path).parent_path());
      write_text(this->path() / path, text);
    }
    mets_ = made_mets();
    save();
  }

  std::filesystem::path path() const { return folder_ / "package"; }

  const std::string& mets() const { return mets_; }

  /// Replaces the first `from`; throws if there is none.
  EarkPackage& replace(std::string_view from, std::string_view to) {
    const auto place = mets_.find(from);
    if (place == mets_.npos) throw std::runtime_error("nothing to replace: " + std::string(from));
    mets_.replace(place, from.size(), to);
    save();
    return *this;
  }

  /// Adds, replaces or (without text) removes a file.
  EarkPackage& put(const std::string& file, std::string_view text) {
    std::filesystem::create_directories((path() / file).parent_path());
    write_text(path() / file, text);
    return *this;
  }

  EarkPackage& remove(const std::string& file) {
    std::filesystem::remove_all(path() / file);
    return *this;
  }

 private:
  using Files = std::vector<std::pair<std::string, std::string>>;

  static Files plain_files() {
    return {{"metadata/descriptive/ead.xml", "<ead/>"},
            {"metadata/preservation/history.xml", "<history/>"},
            {"documentation/read me.txt", "read"},
            {"schemas/ead.xsd", "<schema/>"},
            {"representations/rep1/data/1.txt", "one"},
            {"representations/rep1/metadata/note.xml", "<note/>"}};
  }

  static Files files() {
    auto all = plain_files();
    all.emplace_back("representations/rep1/METS.xml", representation_mets());
    return all;
  }

  static std::string bytes(const std::string& path) {
    for (const auto& [name, text] : plain_files()) {
      if (name == path) return text;
    }
    return representation_mets();
  }

  static std::string facts(const std::string& path, DigestAlgorithm algorithm, const char* name) {
    const auto text = bytes(path);
    return fmt::format(
        " MIMETYPE=\"text/xml\" SIZE=\"{}\" CREATED=\"2024-01-01T00:00:00Z\" CHECKSUM=\"{}\" "
        "CHECKSUMTYPE=\"{}\"",
        text.size(), digest_hex(algorithm, text), name);
  }

  static std::string link(const std::string& href) {
    return " LOCTYPE=\"URL\" xlink:type=\"simple\" xlink:href=\"" + href + "\"";
  }

  static std::string file(const std::string& id, const std::string& path, DigestAlgorithm algorithm,
                          const char* name) {
    std::string href = path;
    if (const auto blank = href.find(' '); blank != href.npos) href.replace(blank, 1, "%20");
    return "<file ID=\"" + id + "\"" + facts(path, algorithm, name) + "><FLocat" + link(href) +
           "/></file>\n";
  }

  static std::string head(const std::string& objid, const std::string& type,
                          const std::string& profile) {
    return "<mets xmlns=\"http://www.loc.gov/METS/\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
           " xmlns:csip=\"https://DILCIS.eu/XML/METS/CSIPExtensionMETS\""
           " xmlns:sip=\"https://DILCIS.eu/XML/METS/SIPExtensionMETS\" OBJID=\"" +
           objid +
           "\" LABEL=\"test\" TYPE=\"Mixed\" csip:CONTENTINFORMATIONTYPE=\"MIXED\""
           " PROFILE=\"" +
           profile +
           "\">\n<metsHdr CREATEDATE=\"2024-01-02T00:00:00Z\""
           " RECORDSTATUS=\"NEW\" csip:OAISPACKAGETYPE=\"" +
           type +
           "\">\n"
           "<agent ROLE=\"CREATOR\" TYPE=\"OTHER\" OTHERTYPE=\"SOFTWARE\"><name>Maker</name>"
           "<note csip:NOTETYPE=\"SOFTWARE VERSION\">1</note></agent>\n";
  }

  static std::string sip_header() {
    const auto agent = [](const char* role, const char* type, const char* name, bool code) {
      return fmt::format("<agent ROLE=\"{}\" TYPE=\"{}\"><name>{}</name><note{}>n</note></agent>\n",
                         role, type, name, code ? " csip:NOTETYPE=\"IDENTIFICATIONCODE\"" : "");
    };
    return agent("ARCHIVIST", "ORGANIZATION", "Bureau", true) +
           agent("CREATOR", "ORGANIZATION", "Sender", true) +
           agent("CREATOR", "INDIVIDUAL", "Contact", false) +
           agent("PRESERVATION", "ORGANIZATION", "Archive", true) +
           "<altRecordID TYPE=\"SUBMISSIONAGREEMENT\">a</altRecordID>\n"
           "<altRecordID TYPE=\"PREVIOUSSUBMISSIONAGREEMENT\">b</altRecordID>\n"
           "<altRecordID TYPE=\"REFERENCECODE\">c</altRecordID>\n"
           "<altRecordID TYPE=\"PREVIOUSREFERENCECODE\">d</altRecordID>\n";
  }

  static std::string representation_mets() {
    return head("rep1", "SIP", "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP-v2-2-0.xml") +
           "</metsHdr>\n<amdSec><digiprovMD ID=\"r-prov\" STATUS=\"CURRENT\"><mdRef "
           "MDTYPE=\"OTHER\""
           " OTHERMDTYPE=\"x\"" +
           link("metadata/note.xml") +
           facts("representations/rep1/metadata/note.xml", DigestAlgorithm::kSha384, "SHA-384") +
           "/></digiprovMD></amdSec>\n"
           "<fileSec ID=\"r-files\"><fileGrp ID=\"r-group\" USE=\"Representations/rep1/data\""
           " csip:CONTENTINFORMATIONTYPE=\"ERMS\"><file ID=\"r-file\"" +
           facts("representations/rep1/data/1.txt", DigestAlgorithm::kSha512, "SHA-512") +
           "><FLocat" + link("data/1.txt") +
           "/></file></fileGrp></fileSec>\n"
           "<structMap ID=\"r-map\" TYPE=\"PHYSICAL\" LABEL=\"CSIP\"><div ID=\"r-main\""
           " LABEL=\"rep1\"><div ID=\"r-meta\" LABEL=\"Metadata\" ADMID=\"r-prov\"/>"
           "<div ID=\"r-data\" LABEL=\"Data\"><fptr FILEID=\"r-group\"/></div></div></structMap>\n"
           "</mets>\n";
  }

  std::string made_mets() const {
    const auto section = [](const std::string& element, const std::string& id,
                            const std::string& path, const char* type) {
      return "<" + element + " ID=\"" + id +
             "\" CREATED=\"2024-01-01T00:00:00Z\" STATUS=\"CURRENT\">"
             "<mdRef MDTYPE=\"" +
             type + "\"" + link(path) + facts(path, DigestAlgorithm::kSha256, "SHA-256") + "/></" +
             element + ">\n";
    };
    return head("package", type_, profile_) + (type_ == "SIP" ? sip_header() : "") +
           "</metsHdr>\n" + section("dmdSec", "dmd", "metadata/descriptive/ead.xml", "EAD") +
           "<amdSec>" + section("digiprovMD", "prov", "metadata/preservation/history.xml", "LOM") +
           "</amdSec>\n<fileSec ID=\"files\">\n"
           "<fileGrp ID=\"g-doc\" USE=\"Documentation\">" +
           file("f-doc", "documentation/read me.txt", DigestAlgorithm::kMd5, "MD5") +
           "</fileGrp>\n<fileGrp ID=\"g-sch\" USE=\"Schemas\">" +
           file("f-sch", "schemas/ead.xsd", DigestAlgorithm::kSha1, "SHA-1") +
           "</fileGrp>\n<fileGrp ID=\"g-rep\" USE=\"Representations/rep1\""
           " csip:CONTENTINFORMATIONTYPE=\"ERMS\">" +
           file("f-rep", "representations/rep1/METS.xml", DigestAlgorithm::kSha512, "SHA-512") +
           "</fileGrp>\n</fileSec>\n<structMap ID=\"map\" TYPE=\"PHYSICAL\" LABEL=\"CSIP\">"
           "<div ID=\"main\" LABEL=\"package\">\n"
           "<div ID=\"d-meta\" LABEL=\"Metadata\" ADMID=\"prov\" DMDID=\"dmd\"/>\n"
           "<div ID=\"d-doc\" LABEL=\"Documentation\"><fptr FILEID=\"g-doc\"/></div>\n"
           "<div ID=\"d-sch\" LABEL=\"Schemas\"><fptr FILEID=\"g-sch\"/></div>\n"
           "<div ID=\"d-rep\" LABEL=\"Representations/rep1\"><mptr" +
           link("representations/rep1/METS.xml") +
           " xlink:title=\"g-rep\"/></div>\n"
           "</div></structMap>\n</mets>\n";
  }

  void save() const { write_text(path() / "METS.xml", mets_); }

  TemporaryFolder folder_;
  std::string type_;
  std::string profile_;
  std::string mets_;
};

}  // namespace anjuan::test
