#pragma once
// Is a file encrypted or packed? By its first bytes, its extension and, for PDF and MP4, by what
// its own structure says (ISO 32000 7.6: /Encrypt; ISO 23001-7: 'schm' in 'moov'). DA/T 70 KY-4-1.
//
// Nothing is decoded: an answer that would need it is absent, never "no".

#include <filesystem>
#include <optional>
#include <string_view>

namespace anjuan::preservation {

struct Protection {
  std::optional<bool> is_encrypted;
  std::optional<bool> is_archive;  ///< zip, 7z, rar, gz, tar ...; not the zip that an OFD is
};

/// `name` gives the extension. Throws Error(kNotFound | kIo | kRefused | kInterrupted).
Protection protection_of(const std::filesystem::path& file, std::string_view name);

}  // namespace anjuan::preservation
