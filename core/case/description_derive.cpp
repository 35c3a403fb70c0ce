// describe() of core/case/description.h: from the case to the fields, one function for each group.

#include <map>

#include "core/case/case_keys.h"
#include "core/case/description.h"
#include "core/case/description_fields.h"
#include "core/case/description_types.h"
#include "core/case/kinds.h"
#include "core/case/outcome.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

namespace {

using FilesByPath = std::map<std::string, const MeasuredFile*, std::less<>>;

const std::vector<Json>& items_of(const Json& object, std::string_view key) {
  static const std::vector<Json> none;
  const Json* list = object.find(key);
  return list != nullptr && list->is_array() ? list->items() : none;
}

/// Of text and numbers, as declared; "" for everything else.
std::string plain(const Json* value) {
  return value == nullptr || value->is_array() || value->is_object() ? "" : value->lexical();
}

std::string number_text(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : "";
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const auto& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

std::string first_of(std::string_view a, std::string_view b) {
  return std::string(a.empty() ? b : a);
}

void add_fonds(DescriptionNode& root, const CaseFile& file, const DescriptionFacts& facts) {
  auto& fonds = root.group("fonds");
  fonds.add("code", first_of(file.fonds(), facts.fonds_code));
  fonds.add("name", facts.fonds_name);
  fonds.add("creatorName", facts.creator_name);
  fonds.add("archivesName", facts.archives_name);
  fonds.add("archivesCode", facts.archives_code);
}

void add_identity(DescriptionNode& root, const CaseFile& file, const DescriptionFacts& facts) {
  root.add("aggregation", "案卷");
  root.add("recordId", facts.record_id);
  auto& code = root.group("archivalCode");
  const auto derived = archival_code(file, facts.fonds_code);
  code.put(facts.archival_code.empty() ? derived.value_or("") : facts.archival_code);
  code.add("category", file.category());
  code.add("year", number_text(file.year()));
  code.add("retention", file.retention().code);
  code.add("fileNo", file.file_no());
}

void add_subject(DescriptionNode& root, const CaseFile& file) {
  root.add("title", file.title());
  root.add("caseNo", file.case_no());
  root.add("cause", file.text("cause"));
  root.add("caseType", file.type());
  root.add("procedure", file.procedure());
  root.add("initiation", file.text("initiation"));
  root.add("legalBasis", file.text("legal_basis"));
}

void add_party(DescriptionNode& root, const CaseFile& file) {
  const auto& party = file.party();
  auto& node = root.group("party");
  node.add("kind", party.kind);
  node.add("name", party.name);
  node.add("idNo", party.id_no);
  node.add("uscc", party.uscc);
  node.add("legalRep", party.legal_rep);
  node.add("address", party.address);
  node.add("phone", party.phone);
}

void add_office(DescriptionNode& root, const CaseFile& file) {
  auto& officers = root.group("officers");
  for (const auto& officer : items_of(file.declared(), "officers")) {
    auto& node = officers.group("officer");
    node.put(officer.text_or("name", ""));
    node.set("certNo", officer.text_or("cert_no", ""));
  }
  root.add("agency", file.agency());
  root.add("section", file.section());
  const auto entrusting = file.text("entrusting_agency");
  const auto entrusted = file.text("entrusted_org");
  root.add("entrusted", joined({entrusting, entrusted}, "/"));
}

void add_dates(DescriptionNode& root, const CaseFile& file) {
  auto& dates = root.group("dates");
  dates.add("filedAt", file.text("filed_at"));
  dates.add("decidedAt", file.text("decided_at"));
  dates.add("closedAt", file.closed_at());
  dates.add("formedAt", file.text("file_formed_at"));
  dates.add("handedOverAt", file.text("handed_over_at"));
}

void add_outcome(DescriptionNode& root, const CaseFile& file) {
  root.add("result", result_of(file));
  root.add("fine", plain(file.declared().find("fine")));
  root.add("execution", execution_of(file));
}

void add_retention(DescriptionNode& root, const CaseFile& file) {
  const auto& retention = file.retention();
  const bool forever = retention.code == "Y";
  auto& node = root.group("retention");
  node.put(forever ? "永久" : retention.years ? number_text(retention.years) + "年" : "");
  node.set("code", retention.code);
  node.set("basis", retention.basis);
  // The period runs from 1 January after the case was closed.
  if (fits_type("date", file.closed_at())) {
    const auto next = std::stoi(file.closed_at().substr(0, 4)) + 1;
    node.set("start", fmt::format("{:04}-01-01", next));
  }
  root.add("security", file.security());
}

void add_counts(DescriptionNode& root, const CaseFile& file,
                const std::vector<MeasuredFile>& files) {
  std::uint64_t bytes = 0;
  for (const auto& measured : files) bytes += measured.bytes;
  auto& counts = root.group("counts");
  counts.add("items", std::to_string(file.documents().size()));
  counts.add("pages", number_text(file.total_pages()));
  counts.add("av", std::to_string(file.recordings().size()));
  counts.add("bytes", std::to_string(bytes));
}

void add_locations(DescriptionNode& root, const DescriptionFacts& facts) {
  for (const auto& location : facts.locations) {
    auto& node = root.group("location");
    node.put(location.place);
    node.set("kind", location.kind);
    node.set("carrier", location.carrier_no);
  }
}

void add_file(DescriptionNode& node, const std::string& path, const FilesByPath& files) {
  if (path.empty()) return;
  auto& file = node.group("file");
  file.set("name", path);
  const auto found = files.find(path);
  if (found == files.end()) return;
  const auto& measured = *found->second;
  file.set("size", std::to_string(measured.bytes));
  file.set("format", measured.format);
  file.set("digest", measured.sha512);
  file.set("sm3", measured.sm3);
  file.set("mime", measured.mime);
  file.set("puid", measured.puid);
}

using LinesByNumber = std::map<std::int64_t, const CaseIndexItem*>;

/// The first line of the index for each number; the index is what names the author.
LinesByNumber index_lines(const CaseFile& file) {
  LinesByNumber lines;
  for (const auto& line : file.index()) {
    if (line.seq) lines.emplace(*line.seq, &line);
  }
  return lines;
}

const CaseIndexItem* line_of(const LinesByNumber& lines, const CaseDocument& document) {
  const auto found = document.seq ? lines.find(*document.seq) : lines.end();
  return found == lines.end() ? nullptr : found->second;
}

void add_signatures(DescriptionNode& item, const Json& document) {
  const Json* roles = document.find("signed");
  if (roles != nullptr && roles->is_object()) {
    for (const auto& [role, value] : roles->members()) {
      if (value.is_object() || value.is_null()) continue;
      std::vector<std::string> names;
      for (const auto& name : items_of(*roles, role)) names.push_back(plain(&name));
      auto& node = item.group("signature");
      node.set("role", role);
      node.put(value.is_string() ? value.lexical() : joined(names, "、"));
      if (value.is(Json::Type::kInteger)) node.set("count", value.lexical());
    }
  }
  const Json* refused = document.find("refused");
  if (refused != nullptr && refused->is(Json::Type::kBoolean) && refused->as_boolean()) {
    auto& node = item.group("signature");
    node.set("role", "party");
    node.set("manner", "拒签");
  }
}

void add_items(DescriptionNode& root, const CaseFile& file, const FilesByPath& files) {
  const auto& declared = items_of(file.declared(), "docs");
  const auto lines = index_lines(file);
  for (std::size_t i = 0; i < file.documents().size(); ++i) {
    const auto& document = file.documents()[i];
    const auto* line = line_of(lines, document);
    auto& item = root.group("item");
    item.set("id", document.id);
    item.add("seq", number_text(document.seq));
    item.add("docNo", document.doc_no);
    item.add("author", line == nullptr ? "" : line->author);
    item.add("title", document.title);
    item.add("date", document.date);
    const auto from = number_text(document.page_from);
    const auto to = number_text(document.page_to);
    item.add("pageNo", from.empty() || to.empty() ? from + to : from + "-" + to);
    item.add("note", line == nullptr ? "" : line->note);
    item.add("kind", document.kind);
    item.add("event", document.event);
    add_signatures(item, declared[i]);
    add_file(item, document.file, files);
  }
}

void add_remark(DescriptionNode& root, const CaseFile& file) {
  const Json* remark = file.declared().find("remark");
  auto& node = root.group("remark");
  if (remark == nullptr) return;
  node.set("filedBy", remark->text_or("filed_by", ""));
  node.set("checkedBy", remark->text_or("checked_by", ""));
  node.set("date", remark->text_or("date", ""));
}

std::string duration_text(const Json& recording) {
  const auto seconds = plain(recording.find("duration_s"));
  return seconds.empty() ? "" : "PT" + seconds + "S";
}

std::string format_of(const CaseRecording& recording, const FilesByPath& files) {
  const auto& path = recording.file.empty() && !recording.segments.empty()
                         ? recording.segments.front().file
                         : recording.file;
  const auto found = files.find(path);
  if (found == files.end()) return "";
  const auto& measured = *found->second;
  return joined({measured.format, measured.puid}, " ");
}

void add_recordings(DescriptionNode& root, const CaseFile& file, const FilesByPath& files) {
  const auto& declared = items_of(file.declared(), "av");
  for (std::size_t i = 0; i < file.recordings().size(); ++i) {
    const auto& recording = file.recordings()[i];
    auto& av = root.group("av");
    av.set("id", recording.id);
    av.add("method", recording.method);
    av.add("madeAt", recording.made_at);
    av.add("maker", recording.maker);
    av.add("purpose", recording.purpose);
    av.add("duration", duration_text(declared[i]));
    av.add("captureDevice", recording.device_id);
    av.add("format", format_of(recording, files));
    av.add("relatedItem", "");
    av.add("location", recording.location);
    av.add("storedAt", recording.stored_at);
    if (recording.continuous) av.add("continuous", *recording.continuous ? "是" : "否");
    add_file(av, recording.file, files);
    for (const auto& segment : recording.segments) add_file(av, segment.file, files);
  }
}

/// The texts of the step with their names: "地点:…;措施:…".
std::string detail_of(const Json& event) {
  const CaseKey* events = case_shape().by_json("events");
  std::vector<std::string> parts;
  for (const auto& key : events->shape->keys) {
    if (key.form != KeyForm::kElement || key.json == "signed_by" || key.json == "host") continue;
    const auto text = event.text_or(key.json, "");
    if (!text.empty()) parts.push_back(key.label + ":" + text);
  }
  return joined(parts, ";");
}

std::string agents_of(const Json& event) {
  std::vector<std::string> names = {event.text_or("host", ""), event.text_or("signed_by", "")};
  for (const auto* list : {"officers", "servers", "participants"}) {
    for (const auto& person : items_of(event, list)) {
      names.push_back(person.is_string() ? person.lexical() : person.text_or("name", ""));
    }
  }
  return joined(names, "、");
}

void add_events(DescriptionNode& root, const CaseFile& file) {
  auto& events = root.group("events");
  const auto& declared = items_of(file.declared(), "events");
  for (std::size_t i = 0; i < file.events().size(); ++i) {
    const auto& event = file.events()[i];
    auto& node = events.group("event");
    node.set("id", event.id);
    node.add("status", "历史行为");
    node.add("action", kind_name(event.kind));
    const bool moment = event.end.empty() || event.end == event.start;
    node.add("time", moment ? event.start : event.start + "/" + event.end);
    node.add("detail", detail_of(declared[i]));
    node.add("agent", agents_of(declared[i]));
  }
}

void add_agent(DescriptionNode& agents, std::string_view type, const std::string& name) {
  if (name.empty()) return;
  auto& agent = agents.group("agent");
  agent.add("type", type);
  agent.add("name", name);
}

void add_agents(DescriptionNode& root, const CaseFile& file) {
  auto& agents = root.group("agents");
  add_agent(agents, "单位", file.agency());
  add_agent(agents, "内设机构", file.section());
  for (const auto& officer : items_of(file.declared(), "officers")) {
    add_agent(agents, "个人", officer.text_or("name", ""));
  }
}

void check_facts(const DescriptionFacts& facts) {
  constexpr std::array<std::string_view, 6> kVerdicts = {"",           "complete", "defective",
                                                         "incomplete", "blocked",  "unchecked"};
  const bool known =
      std::find(kVerdicts.begin(), kVerdicts.end(), facts.verdict) != kVerdicts.end();
  if (known && fits_type("urn", facts.record_id)) return;
  throw Error(ErrorCode::kInvalid, "description.xml",
              say("description.bad_fact", {{"value", known ? facts.record_id : facts.verdict}}));
}

}  // namespace

std::string describe(const CaseFile& file, const std::vector<MeasuredFile>& files,
                     const DescriptionFacts& facts) {
  check_facts(facts);
  FilesByPath by_path;
  for (const auto& measured : files) by_path.emplace(measured.path, &measured);
  DescriptionNode root{"description", "", {}, {}};
  root.set("version", "1");
  root.set("created", to_text(facts.created));
  root.set("verdict", facts.verdict);
  add_fonds(root, file, facts);
  add_identity(root, file, facts);
  add_subject(root, file);
  add_party(root, file);
  add_office(root, file);
  add_dates(root, file);
  add_outcome(root, file);
  add_retention(root, file);
  add_counts(root, file, files);
  add_locations(root, facts);
  add_items(root, file, by_path);
  add_remark(root, file);
  add_recordings(root, file, by_path);
  add_events(root, file);
  add_agents(root, file);
  return write_description(root);
}

}  // namespace anjuan
