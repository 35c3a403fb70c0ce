#pragma once
// The page of one package: what it holds, how it is built, what happened to it, how to check it.

#include <string>

#include "catalog/http/page.h"
#include "catalog/index/index.h"
#include "preservation/rules/check_report.h"

namespace anjuan::catalog {

/// Files beyond this number are counted, not listed: METS.xml lists them all.
inline constexpr std::int64_t kFilesShownMax = 2000;

struct PackageView {
  const PackageDetail& detail;
  const std::vector<FileRow>& files;
  std::string object_key;  ///< place of the object below the storage root
  /// How the case was judged; absent where the package keeps no report (adopted ones).
  std::optional<rules::CheckReport> checks = {};
  std::string checks_problem = {};  ///< a sentence if the report is there and cannot be read
};

std::string package_page(const Visit& visit, const PackageView& view);

/// Sections of the page, each in its own source file.
void write_documents(Page& page, const PackageDetail& detail);
void write_recordings(Page& page, const PackageDetail& detail);
/// Of one recording, whether it goes on without a break.
void write_continuity(Page& page, const std::string& package, const MeasuredRow& row);
void write_index(Page& page, const PackageDetail& detail);
void write_checks(Page& page, const PackageView& view);
void write_structure(Page& page, const PackageView& view);
void write_events(Page& page, const PackageDetail& detail);
void write_proof(Page& page, const PackageView& view);

/// Address of a file of the package: without the query, and as a link of the page.
std::string file_path(const std::string& package, const std::string& file);
std::string file_link(const Page& page, const std::string& package, const std::string& file);

/// Name of a step of the case (执法环节) with its id, e.g. "现场检查(勘验)".
std::string step_label(const Page& page, const PackageDetail& detail, const std::string& step);

/// Opens <section id class="part"> with its heading; the caller closes it.
class Part {
 public:
  Part(Page& page, const std::string& id, std::string_view title_id, std::int64_t count);

 private:
  HtmlScope scope_;
};

}  // namespace anjuan::catalog
