#pragma once
// What goes into an EEP (电子文件封装包), before it is one: the only input of the EEP writer.
//
// The element structure follows DA/T 48-2009 as far as it is known without the printed standard
// (docs/formats/eep.md).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"

namespace anjuan::packager {

inline constexpr std::string_view kEepNamespace =
    "http://www.saac.gov.cn/standards/ERM/encapsulation";

/// Larger files stay outside the XML document, by name and digest; recordings always do.
inline constexpr std::uint64_t kEepInsideBytesMax = 20'000'000;

/// What the standard wants and the package does not say.
inline constexpr std::string_view kEepUnknown = "未著录";

/// Of case.xml and description.xml; "" = not said.
struct EepFacts {
  std::string archives_name;
  std::string archives_code;
  std::string fonds_name;
  std::string fonds_code;
  std::string creator;  ///< 立档单位
  std::string year;
  std::string retention;
  std::string section;
  std::string category;
  std::string file_no;
  std::string title;
  std::string case_no;
  std::string date;
  std::string security;
  std::string pages;
};

struct EepFile {
  std::string path;  ///< inside the package's folder
  std::uint64_t bytes = 0;
  std::string sha512;

  bool operator==(const EepFile&) const = default;
};

struct EepVersion {
  int number = 1;
  Instant created;
  std::string act;  ///< what was done, in words
  std::string actor_id;
  std::string actor_name;
  EepFacts facts;
  std::vector<EepFile> files;  ///< all of that version, in byte order of their paths
};

struct EepPackage {
  std::string record_id;             ///< urn:uuid:...
  std::string made_by;               ///< 封装包创建单位
  Instant made_at;                   ///< of the EEP
  std::string note;                  ///< why it was made, "" = not said
  std::vector<EepVersion> versions;  ///< [0] = 1; one gives the original type, more the modified
};

/// True if the bytes of the file stand beside the EEP, not in it.
bool is_outside_eep(const EepFile& file);

}  // namespace anjuan::packager
