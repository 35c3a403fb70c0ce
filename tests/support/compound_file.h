#pragma once
// Builds OLE2 compound files ([MS-CFB]) of up to 60 KiB, byte by byte, to be damaged afterwards.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace anjuan::test {

struct OleStream {
  std::string name;  ///< "Storage/Stream" for one in a storage
  std::string bytes;
};

/// Sector 0 holds the table, the directory begins in sector 1.
std::string make_compound_file(const std::vector<OleStream>& streams);

/// Overwrites a little-endian number of four bytes.
void put_u32(std::string& bytes, std::size_t at, std::uint32_t value);

/// Offset of entry `number` of the directory in what make_compound_file() gives.
std::size_t ole_entry_at(std::size_t number);

}  // namespace anjuan::test
