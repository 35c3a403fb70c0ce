#include "tests/bench/dom_writer.h"

#include <xercesc/dom/DOM.hpp>
#include <xercesc/framework/LocalFileFormatTarget.hpp>
#include <xercesc/util/PlatformUtils.hpp>
#include <xercesc/util/TransService.hpp>

namespace anjuan::bench {

namespace {

namespace xerces = xercesc;

/// A Xerces string of UTF-8 text.
class Wide {
 public:
  explicit Wide(const std::string& text)
      : transcoder_(reinterpret_cast<const XMLByte*>(text.data()), text.size(), "UTF-8") {}

  operator const XMLCh*() const { return transcoder_.str(); }

 private:
  xerces::TranscodeFromStr transcoder_;
};

void append_file(xerces::DOMDocument& document, xerces::DOMElement& group,
                 const packager::MetsFile& file) {
  const Wide mets(std::string("http://www.loc.gov/METS/"));
  auto* element = document.createElementNS(mets, Wide("mets:file"));
  const std::pair<std::string, std::string> attributes[] = {
      {"ID", file.id},           {"MIMETYPE", file.mime},   {"SIZE", std::to_string(file.bytes)},
      {"CREATED", file.created}, {"CHECKSUM", file.sha512}, {"CHECKSUMTYPE", "SHA-512"}};
  for (const auto& [name, value] : attributes) element->setAttribute(Wide(name), Wide(value));
  auto* location = document.createElementNS(mets, Wide("mets:FLocat"));
  location->setAttribute(Wide("LOCTYPE"), Wide("URL"));
  location->setAttribute(Wide("xlink:type"), Wide("simple"));
  location->setAttribute(Wide("xlink:href"), Wide(file.path));
  element->appendChild(location);
  group.appendChild(element);
}

}  // namespace

void write_mets_with_dom(std::uint64_t files, const std::filesystem::path& target,
                         const std::function<packager::MetsFile(std::uint64_t)>& file_of) {
  xerces::XMLPlatformUtils::Initialize();
  auto* implementation = xerces::DOMImplementationRegistry::getDOMImplementation(Wide("LS"));
  auto* document =
      implementation->createDocument(Wide("http://www.loc.gov/METS/"), Wide("mets:mets"), nullptr);
  auto* group = document->createElementNS(Wide("http://www.loc.gov/METS/"), Wide("mets:fileGrp"));
  document->getDocumentElement()->appendChild(group);
  for (std::uint64_t i = 0; i < files; ++i) append_file(*document, *group, file_of(i));
  auto* serializer = implementation->createLSSerializer();
  auto* output = implementation->createLSOutput();
  xerces::LocalFileFormatTarget sink(target.c_str());
  output->setByteStream(&sink);
  serializer->write(document, output);
  output->release();
  serializer->release();
  document->release();
}

}  // namespace anjuan::bench
