#define UNICODE 1  // As Debian's libmediainfo is built; only this file sees its headers.

#include "preservation/formats/characterise/media_info.h"

#include <cstdlib>

#include <MediaInfo/MediaInfo.h>
#include <ZenLib/Ztring.h>

#include "core/error.h"
#include "core/xml_reader.h"
#include "preservation/formats/characterise/ask_worker.h"
#include "preservation/formats/identify/byte_input.h"

namespace anjuan::formats {

namespace {

constexpr std::string_view kWorker = "media-info";
constexpr std::size_t kBlockBytes = 1024UL * 1024;
/// MediaInfo says when it knows enough; a file that never satisfies it is left after so much.
constexpr std::uint64_t kReadMax = 512ULL * 1024 * 1024;
constexpr unsigned kFinished = 0x08;  ///< bit of Open_Buffer_Continue()

// ---- the child

void feed(MediaInfoLib::MediaInfo& info, DescriptorInput& input) {
  info.Open_Buffer_Init(input.size(), 0);
  std::string block;
  std::uint64_t at = 0;
  for (std::uint64_t total = 0; at < input.size() && total < kReadMax; total += block.size()) {
    block.resize(std::min<std::uint64_t>(kBlockBytes, input.size() - at));
    if (!input.read_at(at, block)) break;
    at += block.size();
    const auto state = info.Open_Buffer_Continue(
        reinterpret_cast<const ZenLib::int8u*>(block.data()), block.size());
    if ((state & kFinished) != 0) break;
    const ZenLib::int64u wanted = info.Open_Buffer_Continue_GoTo_Get();
    if (wanted != static_cast<ZenLib::int64u>(-1)) {
      at = wanted;
      info.Open_Buffer_Init(input.size(), at);
    }
  }
  info.Open_Buffer_Finalize();
}

int run_worker(const std::vector<std::string>& arguments) {
  DescriptorInput input(kWorkerInput);
  MediaInfoLib::MediaInfo info;
  info.Option(__T("Internet"), __T("0"));
  info.Option(__T("Output"), arguments.at(0) == "MIX" ? __T("NISO_Z39.87") : __T("EBUCore"));
  feed(info, input);
  const std::string xml = ZenLib::Ztring(info.Inform()).To_UTF8();
  answer(Json::object({{"xml", Json::string(xml)}}));
  return EXIT_SUCCESS;
}

const WorkerRegistration kRegistration{kWorker, run_worker};

// ---- the parent

class Nothing final : public XmlHandler {
 public:
  void start(std::string_view, std::string_view, const std::vector<XmlAttribute>&, Place) override {
  }

  void text(std::string_view) override {}

  void end(std::string_view, std::string_view) override {}
};

bool is_well_formed(const std::string& xml) {
  try {
    Nothing handler;
    parse_xml_text(xml, std::string(kWorker), handler);
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

std::optional<ExtensionXml> media_info(const FileHandle& file, XmlStandard standard,
                                       SandboxLevel least) {
  const std::string word = standard == XmlStandard::kMix ? "MIX" : "EBUCore";
  const auto object = ask_worker(kWorker, {word}, file, least);
  if (!object) return std::nullopt;
  std::string xml = object->text_or("xml", "");
  if (xml.empty() || xml.size() > kExtensionXmlMax || !is_well_formed(xml)) return std::nullopt;
  return ExtensionXml{word, std::move(xml)};
}

}  // namespace anjuan::formats
