#include "packager/verify/eark/container_rules.h"

#include "core/messages.h"

namespace anjuan::packager::eark {

namespace {

void check_aip_container(const UnpackedContainer& container, const std::filesystem::path& path,
                         Report& report) {
  if (container.root.empty()) report.fails("AIP27", "", say("eark.no_single_folder"));
  if (container.format.starts_with("tar.")) {
    report.fails("AIP28", "", say("eark.container_format", {{"format", container.format}}));
  }
  const auto name = path.filename().string();
  if (container.root.empty() || name.starts_with(container.root)) return;
  report.fails("AIP20", "",
               say("eark.container_name", {{"name", name}, {"folder", container.root}}));
}

}  // namespace

void check_container(const UnpackedContainer& container, const std::filesystem::path& path,
                     PackageRules rules, Report& report) {
  if (container.root.empty()) report.fails("CSIPSTR1", "", say("eark.no_single_folder"));
  if (container.format != "tar" && container.format != "zip") {
    report.fails("CSIPSTR3", "", say("eark.container_format", {{"format", container.format}}));
  }
  if (rules == PackageRules::kAip) check_aip_container(container, path, report);
}

}  // namespace anjuan::packager::eark
