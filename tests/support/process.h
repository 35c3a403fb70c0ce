#pragma once
// Runs a program of the build as a user would and keeps what it said.

#include <map>
#include <string>
#include <vector>

namespace anjuan::test {

struct ProcessResult {
  int exit_code = 0;  ///< -1 if a signal ended it
  int signal = 0;
  std::string out;
  std::string err;
};

/// Starts `arguments[0]`, a path or a name found in PATH, with `environment` added to this
/// process's. Does not go through a shell.
ProcessResult run_process(const std::vector<std::string>& arguments,
                          const std::map<std::string, std::string>& environment = {});

/// The path of a program of this build, e.g. program("anjuan").
std::string program(const std::string& name);

/// True if a program of that name is in PATH.
bool has_program(const std::string& name);

}  // namespace anjuan::test
