#include "core/error.h"
#include "core/messages.h"
#include "preservation/export_forms.h"

namespace anjuan::preservation {

void put_bag(const ExportWork& work, packager::TreeSink&) {
  const std::string package = work.reader.id().uuid();
  throw Error(ErrorCode::kCannotCheck, package, say("export.no_bags", {{"package", package}}));
}

}  // namespace anjuan::preservation
