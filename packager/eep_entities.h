#pragma once
// The parts of an EEP that describe: the record (文件实体), what was done (业务实体) and by whom
// (机构人员实体). Used by the EEP writer alone.

#include "core/xml_writer.h"
#include "packager/eep.h"

namespace anjuan::packager {

/// `value`, or the word for what is not known.
std::string_view known(std::string_view value);

/// The children of 文件实体 before 文件数据.
void write_eep_description(XmlWriter& xml, const EepPackage& package, const EepVersion& version);

/// 业务实体块 and 机构人员实体块 of everything up to `version`.
void write_eep_acts(XmlWriter& xml, const EepPackage& package, const EepVersion& version);

}  // namespace anjuan::packager
