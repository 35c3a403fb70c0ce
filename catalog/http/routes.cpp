#include "catalog/http/routes.h"

#include <cerrno>
#include <charconv>

#include <sys/stat.h>

#include "catalog/http/asset.h"
#include "catalog/http/guard.h"
#include "catalog/http/list_page.h"
#include "catalog/http/negotiate.h"
#include "catalog/http/package_page.h"
#include "catalog/http/problem_page.h"
#include "catalog/index/package_source.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/json.h"
#include "core/uuid.h"
#include "preservation/formats/continuity/continuity_xml.h"
#include "preservation/store/package_reader.h"

namespace anjuan::catalog {

namespace {

constexpr const char* kChecksPath = "metadata/other/checks.xml";
constexpr std::string_view kReports = "metadata/other/continuity";
/// A report of a recording with many files may have 40 pictures of each.
constexpr std::int64_t kReportBytesMax = 64LL * 1024 * 1024;
constexpr std::string_view kPngSignature("\x89PNG\r\n\x1A\n", 8);

std::string query_value(const HttpRequest& request, const std::string& name) {
  const auto found = request.query.find(name);
  return found == request.query.end() ? std::string() : found->second;
}

Visit visit_of(const HttpRequest& request, HomeKind kind) {
  Visit visit;
  const auto lang = query_value(request, "lang");
  visit.language = choose_language(lang, request.accept_language);
  visit.language_chosen = !lang.empty();
  visit.training = kind == HomeKind::kTraining;
  for (const auto& segment : request.path) visit.path += "/" + url_part(segment);
  if (visit.path.empty()) visit.path = "/";
  visit.query = request.query;
  return visit;
}

HttpResponse html_response(int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.headers = {{"Content-Type", "text/html; charset=utf-8"},
                      {"Content-Security-Policy",
                       "default-src 'self'; object-src 'none'; base-uri 'none'; "
                       "form-action 'self'; frame-ancestors 'none'"},
                      {"Vary", "Accept-Language"}};
  response.body = std::move(body);
  return response;
}

HttpResponse problem(const HttpRequest& request, HomeKind kind, int status,
                     std::string_view message_id) {
  const auto visit = visit_of(request, kind);
  return html_response(status, problem_page(visit, status, say_in(visit.language, message_id)));
}

void add_common_headers(HttpResponse& response) {
  auto& headers = response.headers;
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  headers.emplace_back("Referrer-Policy", "no-referrer");
  headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  const bool has_caching = std::any_of(headers.begin(), headers.end(), [](const auto& header) {
    return header.first == "Cache-Control";
  });
  if (!has_caching) headers.emplace_back("Cache-Control", "no-store");
}

std::string asset_type(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

HttpResponse asset(const HttpRequest& request, HomeKind kind) {
  const auto bytes = find_asset(request.path[1]);
  if (!bytes) return problem(request, kind, 404, "catalog.no_such_page");
  HttpResponse response;
  // no-cache: kept by the browser, but asked for again, so that an update shows at once.
  response.headers = {{"Content-Type", asset_type(request.path[1])}, {"Cache-Control", "no-cache"}};
  response.body = std::string(*bytes);
  return response;
}

std::string base_name(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

/// A strong validator: the bytes of a stored file never change under their digest.
std::string entity_tag(const FileRow& row) { return "\"" + row.sha512.substr(0, 40) + "\""; }

std::uint64_t size_of(const FileHandle& file, const std::string& name) {
  struct stat facts {};

  if (::fstat(file.get(), &facts) != 0) throw_errno(errno, name, "catalog.cannot_read");
  return static_cast<std::uint64_t>(facts.st_size);
}

HttpResponse unsatisfiable(const HttpRequest& request, HomeKind kind, std::uint64_t size_bytes) {
  auto response = problem(request, kind, 416, "catalog.range_outside");
  response.headers.emplace_back("Content-Range", fmt::format("bytes */{}", size_bytes));
  return response;
}

HttpResponse send_file(const HttpRequest& request, HomeKind kind, const FileRow& row,
                       const std::filesystem::path& path) {
  auto file = std::make_shared<const FileHandle>(FileHandle::open_read(path));
  const auto size = size_of(*file, row.path);
  // If-Range with another tag: the client holds the beginning of other bytes, so it gets all.
  const bool ranged = request.if_range.empty() || request.if_range == entity_tag(row);
  const auto range = ranged ? parse_range(request.range, size) : RangeAnswer{};
  if (range.kind == RangeKind::kUnsatisfiable) return unsatisfiable(request, kind, size);
  HttpResponse response;
  ByteSpan span{0, size};
  if (range.kind == RangeKind::kPart) {
    span = range.span;
    response.status = 206;
    response.headers.emplace_back("Content-Range", fmt::format("bytes {}-{}/{}", span.first,
                                                               span.first + span.length - 1, size));
  }
  response.headers.emplace_back("Content-Type", content_type(row.mime));
  response.headers.emplace_back("Content-Disposition",
                                content_disposition(disposition_of(row.mime), base_name(row.path)));
  response.headers.emplace_back("Accept-Ranges", "bytes");
  response.headers.emplace_back("ETag", entity_tag(row));
  // Foreign bytes: nothing in them may load anything or run.
  response.headers.emplace_back("Content-Security-Policy",
                                "default-src 'none'; img-src 'self'; media-src 'self'; "
                                "style-src 'unsafe-inline'; frame-ancestors 'none'");
  response.body = FileBody{std::move(file), span};
  return response;
}

/// The picture of this number, counted through all findings, or nullptr.
const formats::Crop* crop_of(const formats::ContinuityDocument& report, const std::string& number) {
  std::size_t left = 0;
  const auto end = number.data() + number.size();
  const auto parsed = std::from_chars(number.data(), end, left);
  if (number.empty() || parsed.ec != std::errc() || parsed.ptr != end) return nullptr;
  for (const auto& finding : report.findings) {
    if (left < finding.crops.size()) return &finding.crops[left];
    left -= finding.crops.size();
  }
  return nullptr;
}

/// The report that the newest version keeps of the check. A damaged one does not hide the package.
void read_checks(const preservation::Store& store, const packager::PackageId& id,
                 PackageView& view) {
  try {
    const preservation::PackageReader reader(store, id);
    view.checks = rules::read_check_report(reader.document(reader.head(), kChecksPath));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kNotFound) view.checks_problem = error.what();
  }
}

}  // namespace

HttpResponse Routes::answer(const HttpRequest& request) const {
  HttpResponse response;
  try {
    response = route(request);
  } catch (const Error& error) {
    const auto visit = visit_of(request, kind_);
    const int status = http_status(error.code());
    response = html_response(status, problem_page(visit, status, error.what()));
  } catch (const std::exception& error) {
    const auto visit = visit_of(request, kind_);
    response = html_response(
        500, problem_page(visit, 500,
                          say_in(visit.language, "catalog.defect", {{"reason", error.what()}})));
  }
  add_common_headers(response);
  return response;
}

HttpResponse Routes::route(const HttpRequest& request) const {
  // The guard comes before everything: a foreign page learns nothing, not even what exists.
  if (!is_local_host(request.host)) return problem(request, kind_, 421, "catalog.foreign_host");
  if (request.method != "GET" && request.method != "HEAD") {
    auto response = problem(request, kind_, 405, "catalog.read_only");
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  if (!request.well_formed || request.has_body) {
    return problem(request, kind_, 400, "catalog.bad_request");
  }
  const auto& path = request.path;
  if (path.empty()) {
    const auto visit = visit_of(request, kind_);
    return html_response(200, list_page(visit, index_));
  }
  if (path.size() == 1 && path[0] == "health") return health();
  if (path.size() == 2 && path[0] == "assets") return asset(request, kind_);
  if (path.size() == 2 && path[0] == "packages" && is_uuid(path[1])) return package(request);
  if (path.size() == 4 && path[0] == "packages" && is_uuid(path[1]) && path[2] == "files") {
    return file(request);
  }
  if (path.size() == 6 && path[0] == "packages" && is_uuid(path[1]) && path[2] == "files" &&
      path[4] == "crops") {
    return crop(request);
  }
  return problem(request, kind_, 404, "catalog.no_such_page");
}

HttpResponse Routes::package(const HttpRequest& request) const {
  const auto id = packager::PackageId::parse(request.path[1]);
  const auto detail = index_.find(id);
  if (!detail) return problem(request, kind_, 404, "catalog.no_such_package");
  const auto files = index_.files(id, kFilesShownMax);
  const auto visit = visit_of(request, kind_);
  PackageView view{*detail, files, id.object_path()};
  read_checks(store_, id, view);
  return html_response(200, package_page(visit, view));
}

HttpResponse Routes::file(const HttpRequest& request) const {
  const auto id = packager::PackageId::parse(request.path[1]);
  const auto row = index_.file(id, request.path[3]);
  if (!row) return problem(request, kind_, 404, "catalog.no_such_file");
  // The index is only a projection: what it says must still be a path inside the object.
  const auto path = object_folder(store_, id.object_path()) / row->content_path;
  const bool inside = is_plain_path(row->content_path);
  if (!inside || !std::filesystem::is_regular_file(std::filesystem::symlink_status(path))) {
    return problem(request, kind_, 404, "catalog.file_gone");
  }
  return send_file(request, kind_, *row, path);
}

HttpResponse Routes::crop(const HttpRequest& request) const {
  const auto id = packager::PackageId::parse(request.path[1]);
  const auto row = index_.file(id, request.path[3]);
  if (!row || !row->path.starts_with(kReports) || row->bytes > kReportBytesMax) {
    return problem(request, kind_, 404, "catalog.no_such_file");
  }
  const preservation::PackageReader reader(store_, id);
  const auto report =
      formats::read_continuity_xml(reader.document(reader.head(), row->path), row->path);
  const auto* picture = crop_of(report, request.path[5]);
  if (!picture || !picture->png.starts_with(kPngSignature)) {
    return problem(request, kind_, 404, "catalog.no_such_file");
  }
  HttpResponse response;
  response.headers = {{"Content-Type", "image/png"},
                      {"Content-Disposition", "inline; filename=\"crop.png\""},
                      {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"}};
  response.body = picture->png;
  return response;
}

HttpResponse Routes::health() const {
  auto json = Json::object();
  json.set("state", Json::string("ok"));
  json.set("packages", Json::integer(index_.packages()));
  json.set("unreadable", Json::integer(index_.unreadable()));
  json.set("time", Json::string(to_text(clock_.now())));
  HttpResponse response;
  response.headers = {{"Content-Type", "application/json"}};
  response.body = json.dump() + "\n";
  return response;
}

}  // namespace anjuan::catalog
