// SignatureSet from DROID's two files.
#include "core/durable.h"
#include "preservation/formats/identify/droid_sequences.h"

namespace anjuan::formats {

namespace {

constexpr std::size_t kExtensionsMax = 200;
constexpr std::size_t kNameBytesMax = 1000;

const XmlLimits kLimits{kSignatureFileBytesMax, 40, 100, 1'000'000, 1024UL * 1024};

/// InternalSignatureCollection, then FileFormatCollection with PUIDs and priorities.
class DroidFile final : public XmlHandler {
 public:
  DroidFile(std::string file, SignatureSet& set) : sequences_(std::move(file)), set_(set) {}

  void start(std::string_view, std::string_view name, const std::vector<XmlAttribute>& attributes,
             Place place) override {
    sequences_.start(name, attributes, place);
    text_.clear();
    if (name == "FFSignatureFile") {
      known_ = true;
      set_.set_version(fmt::format("PRONOM {}", attribute_of(attributes, "Version")));
    }
    if (!known_) refuse_signatures(sequences_.place(), "identify.signatures_root");
    if (name == "FileFormat") begin_format(attributes);
  }

  void text(std::string_view characters) override {
    sequences_.text(characters);
    text_ += characters;
    if (text_.size() > kNameBytesMax && current_) {
      refuse_signatures(sequences_.place(), "identify.signatures_many");
    }
  }

  void end(std::string_view, std::string_view name) override {
    if (auto signature = sequences_.end(name)) keep(std::move(*signature));
    if (!current_) return;
    if (name == "InternalSignatureID") {
      use_signature();
    } else if (name == "Extension") {
      add_extension();
    } else if (name == "HasPriorityOverFileFormatID") {
      if (over_.size() >= kFormatsMax) {
        refuse_signatures(sequences_.place(), "identify.signatures_many");
      }
      over_.emplace_back(*current_, text_);
    } else if (name == "FileFormat") {
      current_.reset();
    }
  }

  /// Priorities may name formats that come later.
  void finish() {
    for (const auto& [format, id] : over_) {
      const auto lesser = format_ids_.find(id);
      if (lesser == format_ids_.end()) {
        refuse_signatures(sequences_.place(), "identify.signatures_unknown", id);
      }
      set_.format(format).over.push_back(set_.format(lesser->second).puid);
    }
    if (set_.formats().empty() || set_.signatures() == 0) {
      refuse_signatures(sequences_.place(), "identify.signatures_none");
    }
  }

 private:
  void keep(Signature signature) {
    if (signatures_.size() >= kSignaturesMax) {
      refuse_signatures(sequences_.place(), "identify.signatures_many");
    }
    if (!signatures_.emplace(sequences_.id(), std::move(signature)).second) {
      refuse_signatures(sequences_.place(), "identify.signatures_twice", sequences_.id());
    }
  }

  void begin_format(const std::vector<XmlAttribute>& attributes) {
    Format format;
    format.puid = attribute_of(attributes, "PUID");
    format.name = attribute_of(attributes, "Name");
    format.version = attribute_of(attributes, "Version");
    const std::string_view mimes = attribute_of(attributes, "MIMEType");  // "a/b, c/d"
    format.mime = mimes.substr(0, mimes.find(','));
    if (format.puid.empty() || set_.find(format.puid) != nullptr) {
      refuse_signatures(sequences_.place(), "identify.signatures_twice", format.puid);
    }
    if (set_.formats().size() >= kFormatsMax || format.name.size() > kNameBytesMax) {
      refuse_signatures(sequences_.place(), "identify.signatures_many");
    }
    current_ = set_.add(std::move(format));
    const std::string id(attribute_of(attributes, "ID"));
    if (!format_ids_.emplace(id, *current_).second) {
      refuse_signatures(sequences_.place(), "identify.signatures_twice", id);
    }
  }

  void use_signature() {
    const auto found = signatures_.find(text_);
    if (found == signatures_.end()) {
      refuse_signatures(sequences_.place(), "identify.signatures_unknown", text_);
    }
    if (set_.signatures() >= kSignaturesMax) {
      refuse_signatures(sequences_.place(), "identify.signatures_many");
    }
    set_.add(found->second, *current_);
  }

  void add_extension() {
    auto& extensions = set_.format(*current_).extensions;
    if (extensions.size() >= kExtensionsMax) {
      refuse_signatures(sequences_.place(), "identify.signatures_many");
    }
    extensions.push_back(lower_ascii(text_));
  }

  DroidSequences sequences_;
  SignatureSet& set_;
  bool known_ = false;
  std::string text_;
  std::map<std::string, Signature> signatures_;
  std::map<std::string, std::size_t> format_ids_;
  std::optional<std::size_t> current_;
  std::vector<std::pair<std::size_t, std::string>> over_;
};

/// ContainerSignatures, then FileFormatMappings and TriggerPuids.
class ContainerFile final : public XmlHandler {
 public:
  ContainerFile(std::string file, SignatureSet& set) : sequences_(std::move(file)), set_(set) {}

  void start(std::string_view, std::string_view name, const std::vector<XmlAttribute>& attributes,
             Place place) override {
    sequences_.start(name, attributes, place);
    text_.clear();
    if (name == "ContainerSignatureMapping") known_ = true;
    if (!known_) refuse_signatures(sequences_.place(), "identify.signatures_root");
    if (name == "ContainerSignature") {
      current_ = {};
      current_.kind = kind_of(attributes);
      id_ = attribute_of(attributes, "Id");
    } else if (name == "File") {
      current_.members.emplace_back();
      in_file_ = true;
    } else if (name == "FileFormatMapping") {
      map(std::string(attribute_of(attributes, "signatureId")), attribute_of(attributes, "Puid"));
    } else if (name == "TriggerPuid") {
      const auto format = set_.number_of(attribute_of(attributes, "Puid"));
      if (format) set_.format(*format).container = kind_of(attributes);
    }
  }

  void text(std::string_view characters) override {
    sequences_.text(characters);
    text_ += characters;
  }

  void end(std::string_view, std::string_view name) override {
    auto signature = sequences_.end(name);
    if (name == "File") in_file_ = false;
    // V40 has signatures beside a File instead of in it; DROID passes over them.
    if (in_file_ && (name == "Path" || signature)) {
      if (current_.members.empty() || current_.members.size() > kMembersMax ||
          current_.members.back().any_of.size() >= kSequencesMax) {
        refuse_signatures(sequences_.place(), "identify.signatures_many");
      }
      if (name == "Path") current_.members.back().path = text_;
      if (signature) current_.members.back().any_of.push_back(std::move(*signature));
    } else if (name == "ContainerSignature") {
      keep();
    }
    text_.clear();
  }

 private:
  ContainerKind kind_of(const std::vector<XmlAttribute>& attributes) const {
    const std::string_view kind = attribute_of(attributes, "ContainerType");
    if (kind == "ZIP") return ContainerKind::kZip;
    if (kind != "OLE2") {
      refuse_signatures(sequences_.place(), "identify.signatures_word", "ContainerType");
    }
    return ContainerKind::kOle2;
  }

  void keep() {
    if (current_.members.empty() || signatures_.size() >= kSignaturesMax) {
      refuse_signatures(sequences_.place(), "identify.signatures_many");
    }
    if (!signatures_.emplace(id_, std::move(current_)).second) {
      refuse_signatures(sequences_.place(), "identify.signatures_twice", id_);
    }
    current_ = {};
  }

  /// A mapping to a format that an older signature file does not know yet is passed over.
  void map(const std::string& id, std::string_view puid) {
    const auto signature = signatures_.find(id);
    if (signature == signatures_.end()) {
      refuse_signatures(sequences_.place(), "identify.signatures_unknown", id);
    }
    const auto format = set_.number_of(puid);
    if (!format) return;
    signature->second.format = *format;
    set_.add(signature->second);
  }

  DroidSequences sequences_;
  SignatureSet& set_;
  bool known_ = false;
  std::string text_;
  std::string id_;
  bool in_file_ = false;
  ContainerSignature current_;
  std::map<std::string, ContainerSignature> signatures_;
};

}  // namespace

SignatureSet SignatureSet::from_droid(const NamedText& signatures,
                                      const std::optional<NamedText>& containers) {
  SignatureSet set;
  DroidFile formats(signatures.name, set);
  parse_xml_text(signatures.text, signatures.name, formats, nullptr, nullptr, kLimits);
  formats.finish();
  if (containers) {
    ContainerFile file(containers->name, set);
    parse_xml_text(containers->text, containers->name, file, nullptr, nullptr, kLimits);
  }
  return set;
}

SignatureSet SignatureSet::from_pronom(const std::filesystem::path& signatures,
                                       const std::optional<std::filesystem::path>& containers) {
  const auto read = [](const std::filesystem::path& path) {
    return NamedText{path.filename().string(), read_file(path, kSignatureFileBytesMax)};
  };
  std::optional<NamedText> second;
  if (containers) second = read(*containers);
  return from_droid(read(signatures), second);
}

}  // namespace anjuan::formats
