#pragma once
// Tesseract, asked for one line of digits. For the sandboxed child only.

#include <memory>
#include <string>

#include "preservation/formats/continuity/luma.h"

namespace anjuan::formats {

class DigitOcr {
 public:
  DigitOcr();
  ~DigitOcr();

  /// False where Tesseract or its English data are not installed: then no clock is learnt.
  bool ready() const;

  /// Dark letters on white, some 36 pixels high. Only digits and ':' come back, without spaces.
  std::string read_line(const Luma& line);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace anjuan::formats
