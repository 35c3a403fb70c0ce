#pragma once
// Single mutations of a declared case, in a fixed order: each key deleted, emptied, changed; each
// item of a list dropped, doubled, swapped; each reference and kind turned to another.

#include <functional>
#include <string>
#include <vector>

#include "core/json.h"

namespace anjuan::test {

struct Mutation {
  std::string name;  ///< "/docs/3/date later"
  std::function<void(Json&)> apply;
};

std::vector<Mutation> mutations_of(const Json& declared);

/// What no sample has: bare steps, documents and services of every kind, flags of the case set.
std::vector<Mutation> additions();

}  // namespace anjuan::test
