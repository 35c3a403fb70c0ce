#include "preservation/formats/continuity/digit_ocr.h"

#include <tesseract/baseapi.h>

namespace anjuan::formats {

struct DigitOcr::State {
  tesseract::TessBaseAPI api;
  bool ready = false;
};

DigitOcr::DigitOcr() : state_(std::make_unique<State>()) {
  tesseract::TessBaseAPI& api = state_->api;
  if (api.Init(nullptr, "eng", tesseract::OEM_LSTM_ONLY) != 0) return;
  api.SetPageSegMode(tesseract::PSM_SINGLE_LINE);
  api.SetVariable("tessedit_char_whitelist", "0123456789:");
  api.SetVariable("user_defined_dpi", "150");
  state_->ready = true;
}

DigitOcr::~DigitOcr() = default;

bool DigitOcr::ready() const { return state_->ready; }

std::string DigitOcr::read_line(const Luma& line) {
  if (!state_->ready || line.empty()) return "";
  state_->api.SetImage(line.pixels.data(), line.width, line.height, 1, line.width);
  const std::unique_ptr<char[]> text(state_->api.GetUTF8Text());
  std::string digits;
  for (const char* at = text.get(); at != nullptr && *at != '\0'; ++at) {
    if ((*at >= '0' && *at <= '9') || *at == ':') digits += *at;
  }
  return digits;
}

}  // namespace anjuan::formats
