#include "packager/verify/eark/references.h"

#include <charconv>

#include "core/messages.h"
#include "packager/verify/eark/values.h"
#include "packager/verify/inventory_text.h"

namespace anjuan::packager::eark {

namespace {

/// A relative path may come as a URL of the scheme file.
std::string_view without_scheme(std::string_view href) {
  constexpr std::string_view kScheme = "file:";
  if (!href.starts_with(kScheme)) return href;
  href.remove_prefix(kScheme.size());
  return href.starts_with("///") ? href.substr(3) : href;
}

AipFile* present(AipTree& tree, const std::string& path) {
  auto* file = path.empty() ? nullptr : tree.find(path);
  return file && file->present ? file : nullptr;
}

std::string missing_target(const std::string& href, const std::string& target,
                           const AipFile* meant) {
  if (target.empty()) return say("eark.href_outside", {{"href", href}});
  if (meant) return say("eark.href_case", {{"file", target}, {"similar", meant->path}});
  return say("eark.href_missing", {{"file", target}});
}

AipFile* find_target(RuleContext& context, std::string_view id, const std::string& href,
                     Place place) {
  const auto target = AipTree::resolve(context.path, without_scheme(href));
  auto* file = present(context.tree, target);
  if (file) return file;
  // Some programs write '+' for a blank.
  auto blanks = href;
  std::replace(blanks.begin(), blanks.end(), '+', ' ');
  if (blanks != href) {
    file = present(context.tree, AipTree::resolve(context.path, without_scheme(blanks)));
  }
  if (file) return file;
  // A file that is only spelt otherwise is no stray file besides.
  auto* meant = target.empty() ? nullptr : context.names.find(target);
  if (meant) meant->listed = true;
  context.fails(id, place, missing_target(href, target, meant));
  return nullptr;
}

void check_size(RuleContext& context, const ReferenceIds& ids, const Value& text,
                const AipFile* file, const std::string& what, Place place) {
  if (!context.given(ids.size, text, what, place)) return;
  std::uint64_t size = 0;
  const auto end = text->data() + text->size();
  const auto parsed = std::from_chars(text->data(), end, size);
  if (parsed.ec != std::errc() || parsed.ptr != end) {
    context.wrong(ids.size, *text, what, place);
  } else if (file && size != file->bytes) {
    context.fails(
        ids.size, place,
        say("eark.size",
            {{"file", file->path}, {"stated", *text}, {"real", std::to_string(file->bytes)}}));
  }
}

void report_checksum(RuleContext& context, std::string_view id, const AipFile& file, Place place) {
  context.fails(id, place, say("eark.checksum", {{"file", file.path}}));
}

void check_checksum(RuleContext& context, const ReferenceIds& ids, const FileFacts& facts,
                    const AipFile* file, std::string_view element, Place place) {
  const auto what = fmt::format("{}/@CHECKSUM", element);
  const bool typed = context.among(ids.checksum_type, facts.checksum_type, is_checksum_type,
                                   fmt::format("{}/@CHECKSUMTYPE", element), place);
  if (!context.given(ids.checksum, facts.checksum, what, place) || !typed) return;
  const auto algorithm = algorithm_of(*facts.checksum_type);
  if (!algorithm) {
    context.report.findings().not_checked(
        "PKG-DIGEST", context.here(place),
        say("eark.digest_not_checked", {{"algorithm", *facts.checksum_type}}));
    return;
  }
  if (facts.checksum->size() != digest_hex_length(*algorithm) || !is_hex(*facts.checksum)) {
    context.fails(ids.checksum, place,
                  say("eark.no_such_digest",
                      {{"value", *facts.checksum}, {"algorithm", *facts.checksum_type}}));
    return;
  }
  if (!file) return;
  if (*algorithm == DigestAlgorithm::kSha512 && !file->sha512.empty()) {
    if (lower(*facts.checksum) != file->sha512) {
      report_checksum(context, ids.checksum, *file, place);
    }
    return;
  }
  const auto index = static_cast<std::size_t>(file - context.tree.files().data());
  context.pending.add(
      {index, *algorithm, lower(*facts.checksum), ids.checksum, context.where, place});
}

}  // namespace

AipFile* check_link(RuleContext& context, const ReferenceIds& ids, const Link& link,
                    std::string_view element) {
  context.equals(ids.locator, link.locator, "URL", fmt::format("{}/@LOCTYPE", element), link.place);
  context.equals(ids.type, link.type, "simple", fmt::format("{}/@xlink:type", element), link.place);
  const auto what = fmt::format("{}/@xlink:href", element);
  if (!context.given(ids.href, link.href, what, link.place)) return nullptr;
  return find_target(context, ids.href, *link.href, link.place);
}

void check_facts(RuleContext& context, const ReferenceIds& ids, const FileFacts& facts,
                 const AipFile* file, std::string_view element, Place place) {
  const auto mime = fmt::format("{}/@MIMETYPE", element);
  if (context.given(ids.mime, facts.mime, mime, place) && !is_media_type(*facts.mime)) {
    // "A strong recommendation": another list may have been agreed on.
    context.report.fails_as(Severity::kWarn, ids.mime, context.here(place),
                            say("eark.wrong_value", {{"what", mime}, {"value", *facts.mime}}));
  }
  check_size(context, ids, facts.size, file, fmt::format("{}/@SIZE", element), place);
  context.time(ids.created, facts.created, fmt::format("{}/@CREATED", element), place);
  check_checksum(context, ids, facts, file, element, place);
}

void check_digests(const PendingDigests& pending, const AipTree& tree,
                   const std::function<std::string(std::size_t file, DigestAlgorithm)>& digest_of,
                   Report& report) {
  for (std::size_t i = 0; i < pending.size(); ++i) {
    const auto each = pending.at(i);
    const auto digest = digest_of(each.file, each.algorithm);
    if (digest.empty() || digest == each.checksum) continue;
    report.fails(each.id, at(each.where, each.place),
                 say("eark.checksum", {{"file", tree.files()[each.file].path}}));
  }
}

}  // namespace anjuan::packager::eark
