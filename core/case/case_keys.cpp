#include "core/case/case_keys.h"

#include <algorithm>
#include <array>

namespace anjuan {

namespace {

std::string camel(std::string_view snake) {
  std::string out;
  bool upper = false;
  for (const char c : snake) {
    if (c == '_') {
      upper = true;
      continue;
    }
    out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return out;
}

CaseKey key(KeyForm form, KeyType type, std::string_view json, std::string_view label) {
  CaseKey made;
  made.json = json;
  made.xml = camel(json);
  made.label = label;
  made.form = form;
  made.type = type;
  return made;
}

CaseKey text(std::string_view json, std::string_view label) {
  return key(KeyForm::kElement, KeyType::kText, json, label);
}

CaseKey integer(std::string_view json, std::string_view label) {
  return key(KeyForm::kElement, KeyType::kInteger, json, label);
}

CaseKey number(std::string_view json, std::string_view label) {
  return key(KeyForm::kElement, KeyType::kNumber, json, label);
}

CaseKey mark(std::string_view json, std::string_view label) {
  return key(KeyForm::kAttribute, KeyType::kText, json, label);
}

CaseKey integer_mark(std::string_view json, std::string_view label) {
  return key(KeyForm::kAttribute, KeyType::kInteger, json, label);
}

CaseKey number_mark(std::string_view json, std::string_view label) {
  return key(KeyForm::kAttribute, KeyType::kNumber, json, label);
}

CaseKey flag(std::string_view json, std::string_view label) {
  return key(KeyForm::kFlag, KeyType::kBoolean, json, label);
}

CaseKey object(std::string_view json, std::string_view label, const CaseShape& shape) {
  auto made = key(KeyForm::kObject, KeyType::kText, json, label);
  made.shape = &shape;
  return made;
}

CaseKey list(std::string_view json, std::string_view label, std::string_view item,
             const CaseShape& shape, ItemForm form = ItemForm::kObject) {
  auto made = key(KeyForm::kList, KeyType::kText, json, label);
  made.item = item;
  made.shape = &shape;
  made.item_form = form;
  return made;
}

CaseKey names(std::string_view json, std::string_view label, std::string_view item) {
  auto made = key(KeyForm::kList, KeyType::kText, json, label);
  made.item = item;
  made.item_form = ItemForm::kText;
  return made;
}

CaseKey called(std::string_view xml, CaseKey made) {
  made.xml = xml;
  return made;
}

const CaseShape& party_shape() {
  static const CaseShape shape{
      "party",
      {mark("kind", "当事人类型"), text("name", "姓名或名称"), text("uscc", "统一社会信用代码"),
       text("legal_rep", "法定代表人"), text("id_no", "身份证件号码"), text("phone", "联系电话"),
       text("address", "住址(住所)")}};
  return shape;
}

const CaseShape& person_shape() {
  static const CaseShape shape{"person", {text("name", "姓名"), text("cert_no", "执法证件编号")}};
  return shape;
}

const CaseShape& retention_shape() {
  static const CaseShape shape{"retention",
                               {integer_mark("years", "保管年数"), text("code", "保管期限代码"),
                                text("basis", "保管期限依据")}};
  return shape;
}

std::vector<CaseKey> event_marks() {
  return {mark("id", "环节编号"),
          mark("kind", "环节种类"),
          mark("start", "开始时间"),
          mark("end", "结束时间"),
          mark("lifted_at", "解除时间"),
          mark("served_at", "送达时间"),
          mark("issued_at", "签发时间"),
          mark("notified_at", "通知时间"),
          mark("reported_for_record_at", "备案时间"),
          mark("reported_at", "报告时间"),
          mark("disposed_at", "处理时间"),
          mark("effective_at", "公告期满视为送达时间"),
          mark("remedy_expired_at", "救济期限届满时间"),
          number_mark("appraisal_days", "检验鉴定天数"),
          number_mark("fine", "罚款金额(元)")};
}

std::vector<CaseKey> event_texts() {
  return {text("place", "地点"),
          text("outcome", "处理情况"),
          text("selection_method", "选案方式"),
          text("target", "检查对象"),
          text("party_kind", "当事人类型"),
          text("measure", "强制措施种类"),
          text("approved_by", "批准人"),
          text("host", "主持人"),
          text("signed_by", "签发人"),
          text("sign_opinion", "签发意见"),
          text("mode", "送达方式"),
          text("mail_type", "邮寄方式"),
          text("served_doc", "送达文书编号"),
          text("served_doc_no", "送达文书文号"),
          text("lien_reason", "留置送达理由"),
          text("entrust_reason", "委托(转交)送达理由"),
          text("notice_reason", "公告送达理由"),
          text("notice_carrier", "公告载体"),
          text("enforce_mode", "强制执行方式"),
          text("result", "结果"),
          text("objector", "异议人"),
          text("content", "内容"),
          text("handling", "办理情况")};
}

std::vector<CaseKey> event_flags() {
  return {flag("anonymous", "匿名"),
          flag("supplement", "需补正"),
          flag("corrected_on_spot", "当场更正"),
          flag("cert_shown", "出示证件"),
          flag("party_present", "当事人到场"),
          flag("emergency", "情况紧急"),
          flag("extended", "延长期限"),
          flag("on_the_spot", "当场告知"),
          flag("recipient_signed", "受送达人签收"),
          flag("urgent", "紧急")};
}

const CaseShape& event_shape() {
  static const CaseShape shape = [] {
    CaseShape made{"event", event_marks()};
    const auto add = [&](const std::vector<CaseKey>& more) {
      made.keys.insert(made.keys.end(), more.begin(), more.end());
    };
    add(event_texts());
    add({list("officers", "执法人员", "officer", person_shape()),
         list("servers", "送达人", "server", person_shape()),
         list("witnesses", "见证人", "witness", person_shape(), ItemForm::kTextOrObject),
         names("participants", "参加人", "participant")});
    add(event_flags());
    return made;
  }();
  return shape;
}

const CaseShape& document_shape() {
  static const CaseShape shape{
      "document",
      {mark("id", "文书编号"), integer_mark("seq", "顺序号"), mark("kind", "文书种类"),
       mark("date", "日期"), integer_mark("pages", "页数"), integer_mark("page_from", "起始页号"),
       integer_mark("page_to", "终止页号"), mark("event", "所属执法环节"), text("title", "题名"),
       text("doc_no", "文号"), text("file", "文件名"), flag("refused", "拒签"),
       key(KeyForm::kSigned, KeyType::kText, "signed", "签名情况"),
       key(KeyForm::kFields, KeyType::kText, "fields", "文书要素")}};
  return shape;
}

const CaseShape& segment_shape() {
  static const CaseShape shape{
      "segment",
      {mark("made_at", "制作时间"), number_mark("duration_s", "时长(秒)"), text("file", "文件名")}};
  return shape;
}

const CaseShape& mark_shape() {
  static const CaseShape shape{"mark",
                               {number_mark("at_s", "距开始时间(秒)"), text("label", "说明")}};
  return shape;
}

const CaseShape& recording_shape() {
  static const CaseShape shape{"recording",
                               {mark("id", "音像编号"),
                                mark("event", "所属执法环节"),
                                mark("made_at", "制作时间"),
                                mark("file_time", "文件时间"),
                                mark("returned_at", "返回单位时间"),
                                mark("stored_at", "存储时间"),
                                number_mark("duration_s", "时长(秒)"),
                                text("method", "方法"),
                                text("maker", "制作人"),
                                text("purpose", "证明对象"),
                                text("content_summary", "内容摘要"),
                                text("transcript", "文字记录(文书编号)"),
                                text("device_id", "设备编号"),
                                text("store", "存储系统"),
                                text("location", "存储位置"),
                                text("carrier_no", "载体编号"),
                                text("remote_reason", "异地存储原因"),
                                text("file", "文件名"),
                                list("segments", "分段", "segment", segment_shape()),
                                list("marks", "时间标记", "mark", mark_shape()),
                                names("tags", "画面内容", "tag"),
                                flag("continuous", "不间断"),
                                flag("remote", "异地执法"),
                                flag("in_package", "随卷保存"),
                                flag("note_in_file", "卷内有说明")}};
  return shape;
}

const CaseShape& cover_shape() {
  static const CaseShape shape{"cover", {mark("kind", "文书种类")}};
  return shape;
}

const CaseShape& remark_shape() {
  static const CaseShape shape{"remark",
                               {mark("kind", "文书种类"), mark("date", "立卷时间"),
                                text("filed_by", "立卷人"), text("checked_by", "检查人")}};
  return shape;
}

const CaseShape& index_shape() {
  static const CaseShape shape{
      "indexItem",
      {integer_mark("seq", "顺序号"), mark("date", "日期"), mark("pages", "页号"),
       text("doc_no", "文号"), text("author", "责任者"), text("title", "题名"),
       text("note", "备注")}};
  return shape;
}

const CaseShape& volume_shape() {
  static const CaseShape shape{
      "volume",
      {integer_mark("no", "卷号"), mark("kind", "卷别"), text("medium", "载体"),
       text("shelf", "库位"), names("docs", "卷内文书编号", "doc")}};
  return shape;
}

const CaseShape& confirmation_shape() {
  static const CaseShape shape{
      "confirmation",
      {mark("at", "确认时间"), integer_mark("source_page", "依据页号"),
       text("path", "所确认的要素"), text("by", "确认人"), text("quote", "原文摘录")}};
  return shape;
}

std::vector<CaseKey> case_texts() {
  return {text("case_no", "案号"),
          text("title", "案卷题名"),
          text("type", "执法类别"),
          text("procedure", "适用程序"),
          text("initiation", "启动方式"),
          text("cause", "案由"),
          text("legal_basis", "法律依据"),
          text("agency", "执法机关"),
          text("section", "承办机构"),
          text("custody_section", "保管股室"),
          text("entrusting_agency", "委托机关"),
          text("entrusted_org", "受委托单位"),
          text("discovered_at", "发现违法行为日期"),
          text("violation_ended_at", "违法行为终了日期"),
          text("filed_at", "立案日期"),
          text("extended_until", "办案期限延长至"),
          text("decided_at", "决定日期"),
          text("published_at", "公示日期"),
          text("revoked_at", "撤销日期"),
          text("unpublished_at", "撤下公示日期"),
          text("closed_at", "结案日期"),
          text("file_formed_at", "成卷日期"),
          text("handed_over_at", "移交日期"),
          text("handed_over_by", "移交人"),
          text("received_by", "接收人"),
          number("fine", "罚没金额(元)"),
          text("security", "密级"),
          text("archival_value", "档案价值"),
          text("fonds", "全宗号"),
          text("category", "类别号"),
          integer("year", "年度"),
          text("file_no", "案卷号"),
          integer("total_pages", "总页数"),
          text("depth", "著录深度")};
}

std::vector<CaseKey> case_flags() {
  return {flag("hearing_required", "应当听证"),
          flag("legal_review_required", "应当法制审核"),
          flag("major_or_complex", "重大或复杂"),
          flag("has_decision", "已作出决定"),
          flag("has_adverse_decision", "决定对当事人不利"),
          flag("has_close", "已结案"),
          flag("entrusted", "委托执法"),
          flag("must_publish", "应当公示"),
          flag("published", "已公示"),
          flag("decision_revoked", "决定被撤销"),
          flag("fine_collected_on_spot", "当场收缴罚款"),
          flag("no_plea_in_time", "逾期未陈述申辩"),
          flag("life_health_finance", "涉及生命健康安全或金融安全")};
}

}  // namespace

const CaseKey* CaseShape::by_json(std::string_view key) const {
  const auto found =
      std::find_if(keys.begin(), keys.end(), [&](const CaseKey& k) { return k.json == key; });
  return found == keys.end() ? nullptr : &*found;
}

const CaseKey* CaseShape::by_xml(std::string_view element, KeyForm form) const {
  const auto place = [](KeyForm f) {
    return f == KeyForm::kAttribute || f == KeyForm::kFlag ? f : KeyForm::kElement;
  };
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const CaseKey& k) {
    return k.xml == element && place(k.form) == place(form);
  });
  return found == keys.end() ? nullptr : &*found;
}

const CaseShape& case_shape() {
  static const CaseShape shape = [] {
    CaseShape made{"case", case_texts()};
    const auto add = [&](const std::vector<CaseKey>& more) {
      made.keys.insert(made.keys.end(), more.begin(), more.end());
    };
    add(case_flags());
    add({object("retention", "保管期限", retention_shape()),
         object("party", "当事人", party_shape()),
         list("officers", "执法人员", "officer", person_shape()),
         list("events", "执法环节", "event", event_shape()),
         called("documents", list("docs", "文书", "document", document_shape())),
         called("recordings", list("av", "音像记录", "recording", recording_shape())),
         object("cover", "案卷封面", cover_shape()), object("remark", "卷内备考表", remark_shape()),
         list("index", "卷内文件目录", "item", index_shape()),
         list("volumes", "分卷", "volume", volume_shape()),
         called("confirmations",
                list("confirmed", "要素确认", "confirmation", confirmation_shape()))});
    return made;
  }();
  return shape;
}

}  // namespace anjuan
