#include "ingest/submission.h"

#include <set>

#include "core/case/case_check.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/text.h"
#include "ingest/submission_bag.h"
#include "ingest/submission_sip.h"

namespace anjuan::ingest {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kMacFolder = "__MACOSX/";

std::string_view file_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

bool is_declaration(std::string_view name) {
  return name == kDeclarationJson || name == kDeclarationXml;
}

/// The single top folder that all files lie in, with its slash, or "".
std::string top_folder(const std::vector<std::string>& paths) {
  std::string top;
  for (const std::string& path : paths) {
    if (path.starts_with(kMacFolder)) continue;
    const auto slash = path.find('/');
    if (slash == path.npos) return "";
    const std::string first = path.substr(0, slash + 1);
    if (!top.empty() && first != top) return "";
    top = first;
  }
  return top;
}

[[noreturn]] void refuse(std::string_view message_id, const std::string& source) {
  throw Error(ErrorCode::kInvalid, source, say(message_id, {{"source", source}}));
}

/// Says where it was looked for, and where one was seen that does not count.
[[noreturn]] void refuse_without_declaration(const std::vector<std::string>& paths,
                                             const std::string& root, const std::string& source) {
  const auto elsewhere = std::find_if(paths.begin(), paths.end(), [](const std::string& path) {
    return is_declaration(collision_key(file_name(path)));
  });
  const std::string place = root.empty() ? say("gather.top_level") : root;
  const std::string_view id =
      elsewhere == paths.end() ? "gather.no_declaration" : "gather.declaration_elsewhere";
  throw Error(ErrorCode::kInvalid, source,
              say(id, {{"source", source},
                       {"place", place},
                       {"seen", elsewhere == paths.end() ? "" : *elsewhere}}));
}

}  // namespace

CaseFile read_declaration(const fs::path& file, const std::string& name) {
  const std::string text = read_file(file, kCaseBytesMax);
  if (text.empty()) {
    throw Error(ErrorCode::kInvalid, name, say("gather.declaration_empty", {{"name", name}}));
  }
  return name.ends_with(".json") ? CaseFile::from_json(text, name) : CaseFile::from_xml(text, name);
}

Submission recognise_submission(const fs::path& path) {
  std::error_code failure;
  const fs::path real = fs::canonical(path, failure);
  if (failure) {
    throw Error(ErrorCode::kNotFound, path.string(),
                say("gather.no_submission", {{"path", path.string()}}));
  }
  const auto status = fs::status(real);
  if (fs::is_directory(status)) return {real, SubmissionForm::kFolder};
  if (!fs::is_regular_file(status)) {
    throw Error(ErrorCode::kRefused, path.string(),
                say("gather.special", {{"source", path.string()}, {"name", path.string()}}));
  }
  const std::string ending = real.extension().string();
  const bool bare = ending == ".json" || ending == ".xml";
  return {real, bare ? SubmissionForm::kDeclaration : SubmissionForm::kContainer};
}

Layout find_layout(const std::vector<std::string>& paths, SubmissionForm form,
                   const std::string& source) {
  const std::set<std::string_view> names(paths.begin(), paths.end());
  const auto declares = [&](const std::string& root) {
    return names.contains(root + std::string(kDeclarationJson)) ||
           names.contains(root + std::string(kDeclarationXml));
  };
  const std::string top = form == SubmissionForm::kContainer ? top_folder(paths) : "";
  auto bag = find_bag(names, top);
  const std::string outer = declares("") ? "" : top;
  auto sip = bag ? std::nullopt : find_sip(names, outer);
  const std::string root = bag   ? root_in_bag(paths, *bag)
                           : sip ? case_folder_in_sip(names, *sip, source)
                                 : outer;
  const bool json = names.contains(root + std::string(kDeclarationJson));
  const bool xml = names.contains(root + std::string(kDeclarationXml));
  if (json && xml) refuse("gather.two_declarations", source);
  if (!json && !xml) refuse_without_declaration(paths, root, source);
  return {root, std::string(json ? kDeclarationJson : kDeclarationXml), std::move(bag),
          std::move(sip)};
}

bool is_litter(std::string_view path) {
  if (path.starts_with(kMacFolder)) return true;
  const std::string_view name = file_name(path);
  if (name.starts_with("~$") || name.starts_with("._")) return true;
  const std::string key = collision_key(name);
  return key == "thumbs.db" || key == "ehthumbs.db" || key == ".ds_store" || key == "desktop.ini";
}

}  // namespace anjuan::ingest
