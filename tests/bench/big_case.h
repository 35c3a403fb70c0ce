#pragma once
// A closed case of any size, right in order, index and pages: 50 documents and 5 recordings a step.

#include <cstdint>
#include <filesystem>

namespace anjuan::bench {

void write_big_case(std::uint64_t documents, std::uint64_t recordings,
                    const std::filesystem::path& target);

/// Reads and judges it; prints how many results it has.
void judge_case(const std::filesystem::path& path);

}  // namespace anjuan::bench
