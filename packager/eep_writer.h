#pragma once
// Writes an EEP as one XML document, streaming: memory does not grow with the files' sizes.
//
// A package of one version becomes the original type (原始型). Of a later version the modified type
// (修改型): each version holds the one before it whole, and refers to the bytes that stand there.

#include <functional>

#include "core/xml_writer.h"
#include "packager/eep.h"
#include "packager/tree_sink.h"

namespace anjuan::packager {

/// Hands the bytes of a file to the second argument, in blocks.
using EepRead =
    std::function<void(const EepFile&, const std::function<void(std::span<const std::byte>)>&)>;

/// `outside` gets the files that is_outside_eep(); nullptr if there are none. The caller finishes
/// it. Throws Error(kInvalid) for a name that XML cannot carry, and what `read` throws.
void write_eep(const ByteSink& out, const EepPackage& package, const EepRead& read,
               TreeSink* outside);

}  // namespace anjuan::packager
