#pragma once
// How a taken-over parser is played: a file that holds an order makes the worker that reads it do
// an act, after it was confined with the very limits of its job. All other files are read by the
// true worker. For programs of the tests alone.

#include <optional>
#include <string>
#include <string_view>

namespace anjuan::test {

/// Bytes that, anywhere in the first megabyte of a file, take over the worker of that name.
/// Acts (argument): read (path), write (path), delete (path), tcp (port), unix (path), exec (path
/// to touch), fork, threads, loop, memory, sparse, flood, kill, crash, limits (path, written before
/// the confinement: the order as the job gave it). Act count (path) takes nothing over: the true
/// worker adds a line there each time it is started.
std::string escape_order(std::string_view worker, std::string_view act, std::string_view argument);

/// In place of run_if_worker() in main().
std::optional<int> run_worker_or_escape(int argc, char** argv);

}  // namespace anjuan::test
