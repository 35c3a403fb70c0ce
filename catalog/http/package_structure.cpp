#include "catalog/http/format.h"
#include "catalog/http/package_page.h"
#include "core/text.h"

namespace anjuan::catalog {

namespace {

std::string base_name(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

/// Folders of `path`, each with its slash, e.g. "metadata/", "descriptive/".
std::vector<std::string> folders_of(const std::string& path) {
  std::vector<std::string> folders;
  std::size_t start = 0;
  for (auto slash = path.find('/'); slash != path.npos; slash = path.find('/', start)) {
    folders.push_back(path.substr(start, slash + 1 - start));
    start = slash + 1;
  }
  return folders;
}

/// What a folder is for, in words; "" for a folder of the case itself.
std::string folder_note(const Page& page, const std::string& folder) {
  static constexpr std::array<std::array<std::string_view, 2>, 9> kNotes = {
      {{"metadata/", "catalog.folder_metadata"},
       {"metadata/descriptive/", "catalog.folder_descriptive"},
       {"metadata/preservation/", "catalog.folder_preservation"},
       {"metadata/other/", "catalog.folder_other"},
       {"documentation/", "catalog.folder_documentation"},
       {"schemas/", "catalog.folder_schemas"},
       {"representations/", "catalog.folder_representations"},
       {"representations/original/", "catalog.folder_original"},
       {"representations/original/data/", "catalog.folder_data"}}};
  for (const auto& [path, id] : kNotes) {
    if (folder == path) return page.say(id);
  }
  return {};
}

/// Folders as nested <details>; files come in any order of their paths' folders, METS order.
class Tree {
 public:
  Tree(Page& page, std::string package) : page_(page), package_(std::move(package)) {}

  void add(const FileRow& file) {
    go_to(folders_of(file.path));
    auto& html = page_.html();
    const HtmlScope item(html, "li", {{"class", "leaf"}});
    html.element("a", {{"href", file_link(page_, package_, file.id)}}, base_name(file.path));
    html.element("span", {{"class", "size"}}, human_bytes(static_cast<std::uint64_t>(file.bytes)));
    html.element("code", {{"class", "digest"}, {"title", file.sha512}}, short_digest(file.sha512));
  }

  void finish() { go_to({}); }

 private:
  void go_to(const std::vector<std::string>& folders) {
    std::size_t same = 0;
    while (same < open_.size() && same < folders.size() && open_[same] == folders[same]) ++same;
    while (open_.size() > same) leave();
    while (open_.size() < folders.size()) enter(folders[open_.size()]);
  }

  void enter(const std::string& folder) {
    auto& html = page_.html();
    html.open("li");
    // Payload folders stay closed: a case may hold thousands of files.
    if (folder == "data/" || folder == "schemas/") {
      html.open("details");
    } else {
      html.open("details", {{"open", ""}});
    }
    open_.push_back(folder);
    std::string path;
    for (const auto& each : open_) path += each;
    {
      const HtmlScope summary(html, "summary");
      html.text(folder);
      html.element("span", {{"class", "folder-note"}}, folder_note(page_, path));
    }
    html.open("ul");
  }

  void leave() {
    page_.html().close().close().close();
    open_.pop_back();
  }

  Page& page_;
  std::string package_;
  std::vector<std::string> open_;
};

}  // namespace

void write_structure(Page& page, const PackageView& view) {
  const auto& package = view.detail.package;
  const Part part(page, "structure", "catalog.part_structure", package.files);
  auto& html = page.html();
  html.element("p", {{"class", "lead"}},
               page.say("catalog.structure_lead",
                        {{"files", fmt::format("{}", package.files)},
                         {"bytes", human_bytes(static_cast<std::uint64_t>(package.bytes))}}));
  std::vector<FileRow> files = view.files;
  std::stable_sort(files.begin(), files.end(),
                   [](const FileRow& a, const FileRow& b) { return a.path < b.path; });
  {
    const HtmlScope frame(html, "div", {{"class", "sheet tree"}});
    const HtmlScope list(html, "ul");
    Tree tree(page, package.id);
    for (const auto& file : files) tree.add(file);
    tree.finish();
  }
  const auto shown = static_cast<std::int64_t>(files.size());
  if (shown < package.files) {
    html.element(
        "p", page.say("catalog.more_files", {{"count", fmt::format("{}", package.files - shown)}}));
  }
}

}  // namespace anjuan::catalog
