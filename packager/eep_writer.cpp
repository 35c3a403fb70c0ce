#include "packager/eep_writer.h"

#include "core/base64.h"
#include "core/error.h"
#include "core/messages.h"
#include "packager/eep_entities.h"
#include "packager/media_names.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kYear = "2009";

class EepWriter {
 public:
  EepWriter(const ByteSink& out, const EepPackage& package, const EepRead& read, TreeSink* outside)
      : xml_(out), package_(package), read_(read), outside_(outside) {}

  void run() {
    xml_.start("电子文件封装包");
    xml_.attribute("xmlns", kEepNamespace);
    xml_.element("封装包格式描述", say_in(Language::kChinese, "eep.format"));
    xml_.element("版本", kYear);
    signed_object(package_.versions.size());
    xml_.end();
    xml_.close();
  }

 private:
  /// The object as it was at version `number`; the newest one is made now.
  void signed_object(std::size_t number) {
    const EepVersion& version = package_.versions[number - 1];
    const bool is_original = number == 1;
    const bool is_newest = number == package_.versions.size();
    xml_.start("被签名对象");
    xml_.attribute("eep版本", kYear);
    xml_.element("封装包类型", is_original ? "原始型" : "修改型");
    xml_.element("封装包类型描述", say_in(Language::kChinese,
                                          is_original ? "eep.type_original" : "eep.type_modified"));
    xml_.element("封装包创建时间", to_text(is_newest ? package_.made_at : version.created));
    xml_.element("封装包创建单位", known(package_.made_by));
    xml_.start(is_original ? "封装内容" : "修改封装内容");
    if (!is_original) {
      xml_.element("修改标识符", fmt::format("v{}", version.number));
      xml_.start("原封装包");
      signed_object(number - 1);
      xml_.end();
      xml_.start("修订内容");
    }
    blocks(version);
    if (!is_original) xml_.end();
    xml_.end();
    xml_.end();
  }

  void blocks(const EepVersion& version) {
    xml_.start("文件实体块");
    xml_.start("文件实体");
    write_eep_description(xml_, package_, version);
    xml_.start("文件数据");
    std::size_t number = 0;
    for (const EepFile& file : version.files) document(version, file, ++number);
    xml_.end();
    xml_.end();
    xml_.end();
    write_eep_acts(xml_, package_, version);
  }

  void document(const EepVersion& version, const EepFile& file, std::size_t number) {
    if (!is_xml_text(file.path)) {
      throw Error(ErrorCode::kInvalid, file.path, say("eep.name", {{"path", file.path}}));
    }
    const auto id = [&](char kind) {
      return fmt::format("v{}-{}{}", version.number, kind, number);
    };
    xml_.start("文档");
    xml_.element("文档标识符", id('D'));
    xml_.element("文档序号", std::to_string(number));
    xml_.element("文档主从声明", file.path.starts_with(kOriginals) ? "主文档" : "附属文档");
    xml_.element("题名", file.path.substr(file.path.rfind('/') + 1));
    xml_.start("文档数据");
    xml_.attribute("文档数据ID", id('S'));
    xml_.start("编码");
    xml_.attribute("编码ID", id('C'));
    encoding(version, file, id('B'));
    xml_.end();
    xml_.end();
    xml_.end();
  }

  void encoding(const EepVersion& version, const EepFile& file, const std::string& id) {
    const std::string place =
        is_outside_eep(file) ? fmt::format("v{}/{}", version.number, file.path) : "";
    const auto [first, is_new] = written_.emplace(file.sha512, Written{id, place});
    const auto& [first_id, first_place] = first->second;
    const std::string extension = to_xml_text(extension_of(file.path));
    xml_.start("电子属性");
    if (!extension.empty()) xml_.element("格式信息", extension);
    xml_.element("计算机文件名", file.path);
    xml_.element("计算机文件大小", std::to_string(file.bytes));
    xml_.end();
    xml_.element("编码描述", first_place.empty()
                                 ? fmt::format("Base64 SHA-512 {}", file.sha512)
                                 : fmt::format("外置 SHA-512 {} {}", file.sha512, first_place));
    xml_.element("反编码关键字", extension.empty() ? "bin" : extension);
    xml_.start("编码数据");
    xml_.attribute("编码数据ID", id);
    if (!is_new) {
      xml_.attribute("引用编码数据ID", first_id);
    } else if (place.empty()) {
      put_inside(file);
    } else {
      put_outside(version, file, place);
    }
    xml_.end();
  }

  void put_inside(const EepFile& file) {
    Base64Encoder base64([this](std::string_view text) { xml_.text(text); });
    read_(file, [&](std::span<const std::byte> block) { base64.write(block); });
    base64.finish();
  }

  void put_outside(const EepVersion& version, const EepFile& file, const std::string& place) {
    if (outside_ == nullptr) {
      throw Error(ErrorCode::kInternal, file.path, "no place for files outside the EEP");
    }
    outside_->begin(place, file.bytes, version.created);
    read_(file, [this](std::span<const std::byte> block) { outside_->write(block); });
    outside_->end();
  }

  /// Where bytes stand that were written before.
  struct Written {
    std::string id;     ///< 编码数据ID
    std::string place;  ///< name of the file outside, "" = inside
  };

  static constexpr std::string_view kOriginals = "representations/original/data/";

  XmlWriter xml_;
  const EepPackage& package_;
  const EepRead& read_;
  TreeSink* outside_;
  std::map<std::string, Written> written_;  ///< by SHA-512
};

}  // namespace

bool is_outside_eep(const EepFile& file) {
  return file.bytes > kEepInsideBytesMax || is_recording(file.path);
}

void write_eep(const ByteSink& out, const EepPackage& package, const EepRead& read,
               TreeSink* outside) {
  EepWriter(out, package, read, outside).run();
}

}  // namespace anjuan::packager
