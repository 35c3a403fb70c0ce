#include "packager/eep_entities.h"

#include <set>

#include "core/messages.h"

namespace anjuan::packager {

namespace {

/// An element that may be left out.
void optional(XmlWriter& xml, std::string_view name, const std::string& value) {
  if (!value.empty()) xml.element(name, to_xml_text(value));
}

/// An element that must be there.
void required(XmlWriter& xml, std::string_view name, const std::string& value) {
  xml.element(name, to_xml_text(known(value)));
}

void source(XmlWriter& xml, const EepFacts& facts) {
  xml.start("来源");
  optional(xml, "档案馆名称", facts.archives_name);
  optional(xml, "档案馆代码", facts.archives_code);
  optional(xml, "全宗名称", facts.fonds_name);
  required(xml, "立档单位名称", facts.creator);
  xml.end();
}

void archival_code(XmlWriter& xml, const EepFacts& facts) {
  xml.start("档号");
  optional(xml, "全宗号", facts.fonds_code);
  required(xml, "年度", facts.year);
  required(xml, "保管期限", facts.retention);
  optional(xml, "机构或问题", facts.section);
  optional(xml, "室编案卷号", facts.file_no);
  // A case file is a whole volume: it has no number of an item in it.
  required(xml, "室编件号", "");
  xml.end();
}

void content(XmlWriter& xml, const EepFacts& facts) {
  xml.start("内容描述");
  required(xml, "题名", facts.title);
  optional(xml, "分类号", facts.category);
  optional(xml, "文件编号", facts.case_no);
  required(xml, "责任者", facts.creator);
  required(xml, "日期", facts.date);
  required(xml, "密级", facts.security);
  xml.end();
}

void form(XmlWriter& xml, const EepFacts& facts) {
  xml.start("形式特征");
  xml.element("文件组合类型", "组合文件");
  optional(xml, "页数", facts.pages);
  xml.end();
  xml.start("存储位置");
  required(xml, "脱机载体编号", "");
  xml.end();
  xml.start("权限管理");
  xml.end();
}

void act(XmlWriter& xml, const EepPackage& package, const EepVersion& version) {
  xml.start("业务实体");
  xml.element("业务标识符", fmt::format("v{}", version.number));
  required(xml, "机构人员标识符", version.actor_id);
  xml.element("文件标识符", package.record_id);
  xml.element("业务状态", "历史行为");
  required(xml, "业务行为", version.act);
  xml.element("行为时间", to_text(version.created));
  xml.end();
}

void agent(XmlWriter& xml, const std::string& id, std::string_view type, const std::string& name) {
  xml.start("机构人员实体");
  required(xml, "机构人员标识符", id);
  xml.element("机构人员类型", type);
  required(xml, "机构人员名称", name);
  xml.end();
}

}  // namespace

std::string_view known(std::string_view value) { return value.empty() ? kEepUnknown : value; }

void write_eep_description(XmlWriter& xml, const EepPackage& package, const EepVersion& version) {
  const EepFacts& facts = version.facts;
  xml.element("聚合层次", "文件");
  source(xml, facts);
  xml.element("电子文件号", package.record_id);
  archival_code(xml, facts);
  content(xml, facts);
  form(xml, facts);
  xml.element("信息系统描述", fmt::format("案卷 Anjuan {}", ANJUAN_VERSION));
  optional(xml, "附注", package.note);
}

void write_eep_acts(XmlWriter& xml, const EepPackage& package, const EepVersion& version) {
  xml.start("业务实体块");
  std::set<std::pair<std::string, std::string>> people;
  for (const EepVersion& done : package.versions) {
    if (done.number > version.number) break;
    act(xml, package, done);
    people.emplace(done.actor_id, done.actor_name);
  }
  xml.end();
  xml.start("机构人员实体块");
  if (!version.facts.creator.empty()) {
    agent(xml, "org:" + version.facts.creator, "单位", version.facts.creator);
  }
  for (const auto& [id, name] : people) agent(xml, id, "个人", name);
  xml.end();
}

}  // namespace anjuan::packager
