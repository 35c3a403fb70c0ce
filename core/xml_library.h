#pragma once
// What core/xml_reader.cpp and core/xml_schema.cpp share about Xerces-C++, without its headers.
//
// Only those two include this. XMLCh of Xerces-C++ 3.2 is char16_t (checked in xml_schema.cpp).

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/xml_schema.h"

namespace anjuan {

/// A compiled, locked grammar pool. `pool` points to an xercesc::XMLGrammarPool.
struct XmlSchemaSet::State {
  std::shared_ptr<void> pool;
  /// Held while a document is validated: Xerces-C++ builds content models, attribute lists and
  /// names of a grammar when a document first uses them, without a lock of its own. A handler may
  /// read another document by the same set.
  mutable std::recursive_mutex in_use;
};

namespace detail {

/// Initialises the library once; thread-safe. Every user of Xerces calls this first.
void start_xml_library();

/// Appends UTF-8; a lone surrogate becomes U+FFFD (the library lets none through).
void append_utf8(std::string& out, std::u16string_view units);
std::string to_utf8(const char16_t* text);

/// The last part of a schema location, e.g. "xlink.xsd".
std::string_view file_name_of(std::string_view location);

}  // namespace detail

}  // namespace anjuan
