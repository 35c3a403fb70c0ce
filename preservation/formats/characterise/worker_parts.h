#pragma once
// The parts of the worker "characterise": each reads the input with one vendor's library. Linked
// into the program anjuan-media alone (files that end in _worker.cpp).

#include "core/json.h"
#include "preservation/formats/identify/byte_input.h"

namespace anjuan::formats {

Json read_streams(ByteInput& input);
Json read_photo(ByteInput& input, std::string_view part);
Json read_xml(ByteInput& input, std::string_view part);

}  // namespace anjuan::formats
