#include "core/case/case_file.h"

#include "core/case/case_check.h"
#include "core/case/case_xml.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/text.h"

namespace anjuan {

namespace {

const std::vector<Json>& items_of(const Json& object, std::string_view key) {
  static const std::vector<Json> none;
  const Json* list = object.find(key);
  return list != nullptr && list->is_array() ? list->items() : none;
}

/// Nothing for a missing key, null, and numbers beyond 64 bits.
std::optional<std::int64_t> integer_of(const Json& object, std::string_view key) {
  constexpr std::size_t kSafeDigits = 18;
  const Json* value = object.find(key);
  if (value == nullptr || !value->is(Json::Type::kInteger)) return std::nullopt;
  if (value->lexical().size() > kSafeDigits) return std::nullopt;
  return value->as_integer();
}

std::optional<double> number_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is(Json::Type::kInteger) && !value->is(Json::Type::kNumber)) return std::nullopt;
  return value->as_double();
}

std::optional<bool> boolean_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  if (value == nullptr || !value->is(Json::Type::kBoolean)) return std::nullopt;
  return value->as_boolean();
}

template <typename View, typename Make>
std::vector<View> views(const Json& object, std::string_view key, Make make) {
  std::vector<View> out;
  const auto& items = items_of(object, key);
  out.reserve(items.size());
  for (const auto& item : items) out.push_back(make(item));
  return out;
}

CaseParty party_of(const Json& json) {
  const auto text = [&](std::string_view key) { return json.text_or(key, ""); };
  return {text("kind"),      text("name"),  text("id_no"),  text("uscc"),
          text("legal_rep"), text("phone"), text("address")};
}

CaseRetention retention_of(const Json& json) {
  return {integer_of(json, "years"), json.text_or("code", ""), json.text_or("basis", "")};
}

CaseEvent event_of(const Json& json) {
  const auto text = [&](std::string_view key) { return json.text_or(key, ""); };
  return {text("id"), text("kind"), text("start"), text("end"), text("place")};
}

CaseDocument document_of(const Json& json) {
  const auto text = [&](std::string_view key) { return json.text_or(key, ""); };
  CaseDocument document;
  document.id = text("id");
  document.seq = integer_of(json, "seq");
  document.kind = text("kind");
  document.title = text("title");
  document.doc_no = text("doc_no");
  document.date = text("date");
  document.pages = integer_of(json, "pages");
  document.page_from = integer_of(json, "page_from");
  document.page_to = integer_of(json, "page_to");
  document.event = text("event");
  document.file = text("file");
  return document;
}

CaseSegment segment_of(const Json& json) {
  return {json.text_or("file", ""), json.text_or("made_at", ""), number_of(json, "duration_s")};
}

CaseRecording recording_of(const Json& json) {
  const auto text = [&](std::string_view key) { return json.text_or(key, ""); };
  CaseRecording recording;
  recording.id = text("id");
  recording.event = text("event");
  recording.method = text("method");
  recording.made_at = text("made_at");
  recording.duration_s = number_of(json, "duration_s");
  recording.maker = text("maker");
  recording.purpose = text("purpose");
  recording.device_id = text("device_id");
  recording.location = text("location");
  recording.stored_at = text("stored_at");
  recording.continuous = boolean_of(json, "continuous");
  recording.file = text("file");
  recording.segments = views<CaseSegment>(json, "segments", segment_of);
  return recording;
}

CaseIndexItem index_item_of(const Json& json) {
  const auto text = [&](std::string_view key) { return json.text_or(key, ""); };
  return {integer_of(json, "seq"), text("doc_no"), text("author"), text("title"), text("date"),
          text("pages"),           text("note")};
}

CaseVolume volume_of(const Json& json) {
  CaseVolume volume{integer_of(json, "no"),
                    json.text_or("kind", ""),
                    json.text_or("medium", ""),
                    json.text_or("shelf", ""),
                    {}};
  for (const auto& id : items_of(json, "docs")) volume.documents.push_back(id.as_string());
  return volume;
}

std::string name_of(const std::string& id, std::string_view list, std::size_t index) {
  return id.empty() ? fmt::format("/{}/{}", list, index) : id;
}

}  // namespace

namespace {

void check_size(std::string_view text, const std::string& subject) {
  if (text.size() <= kCaseBytesMax) return;
  throw Error(ErrorCode::kRefused, subject,
              say("case.too_large", {{"subject", subject}, {"limit", human_bytes(kCaseBytesMax)}}));
}

}  // namespace

CaseFile CaseFile::from_json(std::string_view text, const std::string& subject) {
  check_size(text, subject);
  return from_value(Json::parse(text, subject), subject);
}

CaseFile CaseFile::from_xml(std::string_view text, const std::string& subject) {
  check_size(text, subject);
  return from_value(case_value_from_xml(text, subject), subject);
}

CaseFile CaseFile::from_value(Json declared, const std::string& subject) {
  static const Json nothing = Json::object();
  CaseFile file;
  file.findings_ = check_case(declared, subject);
  file.declared_ = std::move(declared);
  const Json& json = file.declared_;
  const auto part = [&](std::string_view key) -> const Json& {
    const Json* found = json.find(key);
    return found == nullptr ? nothing : *found;
  };
  file.party_ = party_of(part("party"));
  file.retention_ = retention_of(part("retention"));
  file.events_ = views<CaseEvent>(json, "events", event_of);
  file.documents_ = views<CaseDocument>(json, "docs", document_of);
  file.recordings_ = views<CaseRecording>(json, "av", recording_of);
  file.index_ = views<CaseIndexItem>(json, "index", index_item_of);
  file.volumes_ = views<CaseVolume>(json, "volumes", volume_of);
  return file;
}

std::optional<std::int64_t> CaseFile::year() const { return integer_of(declared_, "year"); }

std::optional<std::int64_t> CaseFile::total_pages() const {
  return integer_of(declared_, "total_pages");
}

DescriptionDepth CaseFile::depth() const {
  return text("depth") == "basic" ? DescriptionDepth::kBasic : DescriptionDepth::kFull;
}

std::vector<NamedFile> CaseFile::named_files() const {
  std::vector<NamedFile> files;
  std::size_t index = 0;
  for (const auto& document : documents_) {
    const auto name = name_of(document.id, "docs", index++);
    if (!document.file.empty()) files.push_back({document.file, name});
  }
  index = 0;
  for (const auto& recording : recordings_) {
    const auto name = name_of(recording.id, "av", index++);
    if (!recording.file.empty()) files.push_back({recording.file, name});
    std::size_t part = 0;
    for (const auto& segment : recording.segments) {
      ++part;
      if (!segment.file.empty()) files.push_back({segment.file, fmt::format("{}#{}", name, part)});
    }
  }
  return files;
}

}  // namespace anjuan
