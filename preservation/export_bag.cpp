#include "core/messages.h"
#include "packager/bag_writer.h"
#include "preservation/export_forms.h"

namespace anjuan::preservation {

void put_bag(const ExportWork& work, packager::TreeSink& sink) {
  const PackageReader& reader = work.reader;
  std::vector<packager::BagPayloadFile> files;
  for (const PackageFile& file : reader.files(reader.head())) {
    files.push_back({reader.id().objid() + "/" + file.path, reader.local_file(file), file.bytes,
                     file.sha512, file.stored});
  }
  packager::BagDescription description;
  description.bagging_time = work.now;
  description.external_identifier = reader.id().urn();
  description.source_organization = work.config.archive.name;
  if (!work.order.reason.empty()) {
    description.external_description =
        say_in(Language::kChinese, "export.note", {{"reason", work.order.reason}});
  }
  packager::write_bag(files, description, "", sink, work.progress);
}

}  // namespace anjuan::preservation
