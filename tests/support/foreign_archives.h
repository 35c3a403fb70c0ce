#pragma once
// Builds containers byte by byte, also such as no honest program would make.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace anjuan::test {

enum class Packing { kStored, kDeflated };

struct ZipItem {
  std::string name = {};
  std::string bytes = {};
  std::uint16_t flags = 0;       ///< 0x0800 = name is UTF-8, 0x0001 = encrypted
  std::uint32_t mode = 0100644;  ///< Unix type and permissions; 0 = made on Windows
  Packing packing = Packing::kStored;
  std::string local_name = {};  ///< "" = the same
  std::string extra = {};       ///< extra field of both headers
};

inline constexpr std::uint16_t kUtf8Name = 0x0800;

std::string make_zip(const std::vector<ZipItem>& items);

/// A zip with one entry of `bytes` zeros, packed as tightly as deflate can.
std::string make_zip_of_zeros(const std::string& name, std::uint64_t bytes);

struct TarItem {
  std::string name = {};
  std::string bytes = {};
  char type = '0';  ///< '0' file, '1' hard link, '2' link, '3' device, '5' folder, 'x' pax
  std::string link = {};
  std::uint64_t size = 0;  ///< declared; 0 = bytes.size()
};

enum class TarEnd { kMarked, kMissing };

std::string make_tar(const std::vector<TarItem>& items, TarEnd end = TarEnd::kMarked);
/// A pax header that gives the following entry the name `path`.
TarItem pax_path(const std::string& path);

/// A RAR 5 archive whose files are stored, not packed (RAR 5.0 archive format, rarlab). An item of
/// the type 'e' says that it is encrypted.
std::string make_rar(const std::vector<TarItem>& items);

/// One gzip member.
std::string make_gzip(std::string_view bytes);

void put_file(const std::filesystem::path& path, std::string_view bytes);

/// Runs a program of the system through the shell; false if it failed or does not exist.
bool run_tool(const std::string& command);

}  // namespace anjuan::test
