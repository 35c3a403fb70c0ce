// MediaInfo's part of the worker "characterise".
#define UNICODE 1  // As Debian's libmediainfo is built; only this file sees its headers.

#include <MediaInfo/MediaInfo.h>
#include <ZenLib/Ztring.h>

#include "preservation/formats/characterise/answers.h"
#include "preservation/formats/characterise/worker_parts.h"

namespace anjuan::formats {

namespace {

constexpr std::size_t kBlockBytes = 1024UL * 1024;
/// MediaInfo says when it knows enough; a file that never satisfies it is left after so much.
constexpr std::uint64_t kReadMax = 512ULL * 1024 * 1024;
constexpr unsigned kFinished = 0x08;  ///< bit of Open_Buffer_Continue()

void feed(MediaInfoLib::MediaInfo& info, ByteInput& input) {
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

}  // namespace

Json read_xml(ByteInput& input, std::string_view standard) {
  MediaInfoLib::MediaInfo info;
  info.Option(__T("Internet"), __T("0"));
  info.Option(__T("Output"), standard == kMixPart ? __T("NISO_Z39.87") : __T("EBUCore"));
  feed(info, input);
  return Json::object({{"xml", Json::string(ZenLib::Ztring(info.Inform()).To_UTF8())}});
}

}  // namespace anjuan::formats
