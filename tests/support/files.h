#pragma once
// Small files and bytes for tests.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

namespace anjuan::test {

inline void write_text(const std::filesystem::path& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) throw std::runtime_error("test file not written: " + path.string());
}

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The same bytes for the same seed, without a pattern that a ring of blocks could hide in.
inline std::string random_bytes(std::size_t count, std::uint64_t seed = 1) {
  std::mt19937_64 source(seed);
  std::string bytes;
  bytes.reserve(count + 8);
  while (bytes.size() < count) {
    const std::uint64_t word = source();
    for (unsigned shift = 0; shift < 64; shift += 8) {
      bytes += static_cast<char>(static_cast<unsigned char>(word >> shift));
    }
  }
  bytes.resize(count);
  return bytes;
}

/// Names in a folder, hidden ones too: what a failed write must not leave behind.
inline std::set<std::string> names_in(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

}  // namespace anjuan::test
