#include "packager/eep_reader.h"

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/xml_reader.h"
#include "core/xml_schema.h"
#include "packager/eep_data.h"

namespace anjuan::packager {

namespace {

namespace fs = std::filesystem;

/// Three elements for each version that is nested in another.
constexpr std::uint32_t kDepthMax = 3 * 1000;
constexpr std::uint64_t kDocumentBytesMax = 1ULL << 40U;
/// Of names, sizes and descriptions.
constexpr std::size_t kFieldBytesMax = 64 * 1024;

class EepHandler final : public XmlHandler {
 public:
  EepHandler(EepData& data, Progress& progress) : data_(data), progress_(progress) {}

  void start(std::string_view, std::string_view name, const std::vector<XmlAttribute>& attributes,
             Place) override {
    field_.clear();
    if (name == "被签名对象") ++versions_;
    // The newest version's block comes last: what an older one lists is forgotten here.
    if (name == "文件实体块") data_.forget_files();
    if (name == "编码") encoding_ = {};
    if (name == "编码数据") begin_data(attributes);
  }

  void text(std::string_view characters) override {
    progress_.advance(characters.size());
    if (in_data_) {
      data_.write(characters);
    } else if (field_.size() + characters.size() <= kFieldBytesMax) {
      field_ += characters;
    }
  }

  void end(std::string_view, std::string_view name) override {
    if (name == "电子文件号") record_id_ = field_;
    if (name == "计算机文件名") encoding_.path = field_;
    if (name == "计算机文件大小") encoding_.size = field_;
    if (name == "编码描述") encoding_.description = field_;
    if (name == "编码数据") {
      data_.end();
      in_data_ = false;
    }
    field_.clear();
  }

  int versions() const { return versions_; }

  const std::string& record_id() const { return record_id_; }

 private:
  void begin_data(const std::vector<XmlAttribute>& attributes) {
    for (const XmlAttribute& attribute : attributes) {
      if (attribute.name == "编码数据ID") encoding_.id = attribute.value;
      if (attribute.name == "引用编码数据ID") encoding_.refers_to = attribute.value;
    }
    data_.begin(encoding_);
    in_data_ = true;
  }

  EepData& data_;
  Progress& progress_;
  EepEncoding encoding_;
  std::string field_;
  bool in_data_ = false;
  int versions_ = 0;
  std::string record_id_;
};

/// What is no XML, or more than its limits, is a finding here; a full disk or a stop is not.
bool is_about_the_document(ErrorCode code) {
  return code == ErrorCode::kInvalid || code == ErrorCode::kRefused;
}

}  // namespace

bool is_eep(const fs::path& path) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const FileHandle file = FileHandle::open_read(path);
  std::array<std::byte, 8> head{};
  const std::size_t count = file.read_some(head, path.string());
  std::string_view text(reinterpret_cast<const char*>(head.data()), count);
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text.starts_with('<');
}

fs::path eep_files_folder(const fs::path& eep) { return eep.string() + ".files"; }

EepReading read_eep(const fs::path& eep, const fs::path& target, Progress& progress) {
  EepReading reading;
  EepData data(eep_files_folder(eep), target, reading.findings);
  EepHandler handler(data, progress);
  XmlLimits limits;
  limits.bytes_max = kDocumentBytesMax;
  limits.depth_max = kDepthMax;
  std::error_code unknown;
  const auto bytes = fs::file_size(eep, unknown);
  progress.begin(say("eep.reading"), unknown ? 0 : bytes);
  const std::string subject = eep.filename().string();
  try {
    parse_xml(eep, subject, handler, &XmlSchemaSet::embedded_set({"eep.xsd"}), &reading.findings,
              limits);
    reading.files = data.finish();
  } catch (const Error& error) {
    if (!is_about_the_document(error.code())) throw;
    Finding finding;
    finding.code = "EEP-XML";
    finding.where = subject;
    finding.message = error.what();
    reading.findings.push_back(std::move(finding));
  }
  progress.end();
  reading.versions = handler.versions();
  reading.record_id = handler.record_id();
  return reading;
}

}  // namespace anjuan::packager
