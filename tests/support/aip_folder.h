#pragma once
// One bare AIP folder as the builder makes it, and ways to change it that keep the rest true.

#include <filesystem>
#include <string>

#include "tests/support/sample_package.h"

namespace anjuan::test {

inline const std::string kRepresentationMets = "representations/original/METS.xml";

class AipFolder {
 public:
  AipFolder() {
    const SamplePackage sample({{"文书/01立案审批表.pdf", "one"}, {"音像/现场检查.mp4", "three"}});
    path_ = (folder_ / sample.name());
    std::filesystem::copy(sample.object() / ("v1/content/" + sample.name()), path_,
                          std::filesystem::copy_options::recursive);
  }

  const std::filesystem::path& path() const { return path_; }

  std::string read(const std::string& file) const { return read_text(path_ / file); }

  void write(const std::string& file, std::string_view text) const {
    write_text(path_ / file, text);
  }

  /// Replaces the first `from`; throws if there is none, so that no change is empty.
  void replace(const std::string& file, std::string_view from, std::string_view to) const {
    auto text = read(file);
    const auto place = text.find(from);
    if (place == text.npos) {
      throw std::runtime_error("nothing to replace in " + file + ": " + std::string(from));
    }
    write(file, text.replace(place, from.size(), to));
  }

  /// The METS of the representation, and what the METS of the package says of it.
  void replace_in_representation(std::string_view from, std::string_view to) const {
    const auto old_digest = digest_bytes(read(kRepresentationMets)).sha512;
    const auto old_bytes = std::filesystem::file_size(path_ / kRepresentationMets);
    replace(kRepresentationMets, from, to);
    auto mets = read("METS.xml");
    const auto digest = mets.find(old_digest);
    mets.replace(digest, old_digest.size(), digest_bytes(read(kRepresentationMets)).sha512);
    const auto size = mets.rfind(fmt::format("SIZE=\"{}\"", old_bytes), digest);
    const auto end = mets.find('"', size + 6);
    mets.replace(size, end - size,
                 fmt::format("SIZE=\"{}", std::filesystem::file_size(path_ / kRepresentationMets)));
    write("METS.xml", mets);
  }

  /// An attribute of the first such element in METS.xml, e.g. of "dmdSec/mdRef".
  void set_attribute(std::string_view element, std::string_view attribute,
                     std::string_view value) const {
    edit_attribute(element, attribute, fmt::format(" {}=\"{}\"", attribute, value));
  }

  void remove_attribute(std::string_view element, std::string_view attribute) const {
    edit_attribute(element, attribute, "");
  }

  /// From the first `start` to the end of the next `end` after it.
  void cut(std::string_view start, std::string_view end) const {
    auto text = read("METS.xml");
    const auto first = text.find(start);
    const auto last = first == text.npos ? first : text.find(end, first);
    if (last == text.npos) throw std::runtime_error("nothing to cut: " + std::string(start));
    write("METS.xml", text.erase(first, last + end.size() - first));
  }

 private:
  /// `element` is a path: each name is looked for after the one before.
  void edit_attribute(std::string_view element, std::string_view attribute,
                      std::string_view to) const {
    auto text = read("METS.xml");
    std::size_t start = 0;
    for (std::string_view rest = element; start != text.npos && !rest.empty();) {
      const auto end = std::min(rest.find('/'), rest.size());
      start = text.find(fmt::format("<{} ", rest.substr(0, end)), start);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    const auto name = fmt::format(" {}=\"", attribute);
    const auto place = start == text.npos ? start : text.find(name, start);
    if (place == text.npos || place > text.find('>', start)) {
      throw std::runtime_error(fmt::format("no {} in {}", attribute, element));
    }
    const auto end = text.find('"', place + name.size());
    write("METS.xml", text.replace(place, end + 1 - place, to));
  }

  TemporaryFolder folder_;
  std::filesystem::path path_;
};

}  // namespace anjuan::test
