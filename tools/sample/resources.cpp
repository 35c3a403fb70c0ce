#include "tools/sample/resources.h"

#include "core/digest.h"
#include "core/embedded.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

namespace detail {
extern const EmbeddedFile kSampleCaseFiles[];
extern const std::size_t kSampleCaseFileCount;
extern const EmbeddedFile kSampleTextFiles[];
extern const std::size_t kSampleTextFileCount;
}  // namespace detail

namespace sample {

namespace {

std::span<const detail::EmbeddedFile> case_files() {
  return {detail::kSampleCaseFiles, detail::kSampleCaseFileCount};
}

std::span<const detail::EmbeddedFile> text_files() {
  return {detail::kSampleTextFiles, detail::kSampleTextFileCount};
}

std::string_view bytes_of(const detail::EmbeddedFile& file) {
  return {file.begin, static_cast<std::size_t>(file.end - file.begin)};
}

}  // namespace

std::vector<std::string> sample_case_names() {
  std::vector<std::string> names;
  for (const auto& file : case_files()) names.push_back(std::filesystem::path(file.path).stem());
  return names;
}

std::string_view sample_case(std::string_view name) {
  for (const auto& file : case_files()) {
    if (std::filesystem::path(file.path).stem() == name) return bytes_of(file);
  }
  std::string names;
  for (const auto& known : sample_case_names()) names += (names.empty() ? "" : ", ") + known;
  throw Error(ErrorCode::kUsage, std::string(name),
              say("sample.no_such_case", {{"name", std::string(name)}, {"names", names}}));
}

const Json* sample_text(std::string_view key) {
  static const std::vector<Json> kTexts = [] {
    std::vector<Json> texts;
    for (const auto& file : text_files()) texts.push_back(Json::parse(bytes_of(file), file.path));
    return texts;
  }();
  for (const Json& text : kTexts) {
    if (const Json* value = text.find(key)) return value;
  }
  return nullptr;
}

std::string sample_text_digest() {
  Hasher hasher(DigestAlgorithm::kSha512);
  for (const auto& file : text_files()) hasher.update(bytes_of(file));
  return hasher.finish();
}

}  // namespace sample
}  // namespace anjuan
