#pragma once
// The command line of anjuan-verify.

#include <string>
#include <vector>

#include "core/messages.h"
#include "packager/verify/report.h"
#include "packager/verify/verify.h"

namespace anjuan::tools {

struct VerifyArguments {
  enum class Task { kVerify, kHelp, kVersion };
  Task task = Task::kVerify;
  packager::ReportFormat format = packager::ReportFormat::kText;
  packager::ReportDetail detail = packager::ReportDetail::kNormal;
  packager::VerifyOptions options;
  std::vector<std::string> paths;
};

/// Sets the language of all messages, also of the error it may throw: Error(kUsage).
VerifyArguments parse_arguments(const std::vector<std::string>& words);

}  // namespace anjuan::tools
