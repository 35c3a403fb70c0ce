#include "ingest/adoption_record.h"

#include "core/xml_writer.h"
#include "packager/package_layout.h"

namespace anjuan::ingest {

std::string write_adoption_record(const AdoptionRecord& record) {
  std::string out;
  XmlWriter xml([&out](std::string_view bytes) { out += bytes; });
  xml.start("adoption");
  xml.attribute("xmlns", "urn:anjuan:adoption:1");
  xml.attribute("adopted", to_text(record.adopted));
  xml.attribute("adoptedBy", record.adopted_by);
  xml.element("mark", "外来包");
  xml.element("name", packager::xml_name(record.name));
  xml.start("source");
  xml.attribute("kind", record.source_kind);
  xml.text(packager::xml_name(record.source));
  xml.end();
  xml.start("content");
  xml.attribute("kind", record.kind);
  xml.attribute("files", record.files);
  xml.attribute("bytes", record.bytes);
  xml.attribute("fileSetDigest", record.file_set_digest);
  xml.end();
  xml.start("verification");
  xml.attribute("verdict", record.verdict);
  xml.attribute("notChecked", record.not_checked);
  xml.attribute("warnings", record.warnings);
  xml.attribute("program", "Anjuan " ANJUAN_VERSION);
  xml.end();
  xml.element("reason", packager::xml_text(record.reason));
  for (const std::string& folder : record.empty_folders) {
    xml.element("emptyFolder", packager::xml_name(folder));
  }
  xml.end();
  xml.close();
  return out;
}

}  // namespace anjuan::ingest
