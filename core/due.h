#pragma once
// The one due list: what must happen by when, from every part that knows of deadlines.

#include <string>
#include <vector>

#include "core/clock.h"
#include "core/working_days.h"

namespace anjuan {

struct DueItem {
  std::string case_no;
  std::string what;  ///< a sentence
  DueDate due;
  std::string article;
  std::string object;  ///< id, or "case"
};

/// Implemented where deadlines are known; the command line joins them.
class DueSource {
 public:
  virtual ~DueSource() = default;
  /// What is open at `now`, overdue things included.
  virtual std::vector<DueItem> due(Instant now) const = 0;
};

}  // namespace anjuan
