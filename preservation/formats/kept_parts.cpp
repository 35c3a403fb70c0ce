#include "preservation/formats/kept_parts.h"

#include "core/digest.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/json.h"

namespace anjuan::formats {

namespace {

/// Another number means other bytes: what an older program kept is then made again.
constexpr std::int64_t kForm = 2;

std::string sha256_of(std::string_view text) {
  Hasher hasher(DigestAlgorithm::kSha256);
  hasher.update(text);
  return hasher.finish();
}

/// The first line: what the body answers, and its digest.
std::string head_of(std::string_view part, std::string_view order, std::string_view body) {
  return Json::object({{"form", Json::integer(kForm)},
                       {"part", Json::string(std::string(part))},
                       {"order", Json::string(sha256_of(order))},
                       {"sha256", Json::string(sha256_of(body))}})
             .dump() +
         "\n";
}

}  // namespace

KeptParts::KeptParts(std::filesystem::path folder, std::string key)
    : folder_(std::move(folder)), key_(std::move(key)) {}

std::filesystem::path KeptParts::path(std::string_view ending) const {
  return folder_ / (key_ + std::string(ending));
}

std::filesystem::path KeptParts::file_of(std::string_view part) const {
  return path("." + std::string(part) + ".json");
}

std::optional<std::string> KeptParts::find(std::string_view part, std::string_view order) const {
  const auto file = file_of(part);
  if (!std::filesystem::is_regular_file(std::filesystem::symlink_status(file))) return std::nullopt;
  const std::string text = read_file(file);
  const auto end = text.find('\n');
  if (end == std::string::npos) return std::nullopt;
  std::string body = text.substr(end + 1);
  // The head of a body is a function of it: one comparison for form, part, order and digest.
  if (text.substr(0, end + 1) != head_of(part, order, body)) return std::nullopt;
  return body;
}

void KeptParts::keep(std::string_view part, std::string_view order, std::string_view body) const {
  replace_durably(file_of(part), head_of(part, order, body) + std::string(body));
}

}  // namespace anjuan::formats
