#pragma once
// Holds as records in ledger.db: placed, lifted once, never changed, never deleted.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/actor.h"
#include "core/clock.h"
#include "core/database.h"
#include "preservation/rules/hold.h"

namespace anjuan::preservation {

struct HoldOrder {
  std::string package;  ///< UUID; the caller has seen that there is such a package
  rules::HoldKind kind = rules::HoldKind::kOther;
  std::string reason;
  std::string document;
};

class Holds {
 public:
  /// Opens ledger.db, making its tables where they are missing.
  static Holds open(const std::filesystem::path& ledger, const Clock& clock);

  /// Throws Error(kUsage) without a reason.
  rules::Hold place(const HoldOrder& order, const Actor& actor);
  /// Throws Error(kNotFound) if there is no such hold, Error(kConflict) if it is lifted already,
  /// Error(kUsage) without a reason.
  rules::Hold lift(std::int64_t id, const std::string& reason, const Actor& actor);

  enum class Which { kActive, kAll };

  /// In the order in which they were placed; of one package, or of all.
  std::vector<rules::Hold> list(Which which, const std::optional<std::string>& package = {});

 private:
  Holds(Database database, const Clock& clock);

  std::optional<rules::Hold> find(std::int64_t id);
  std::vector<rules::Hold> select(const std::string& condition,
                                  const std::vector<SqlValue>& parameters);

  Database database_;
  const Clock* clock_;
};

}  // namespace anjuan::preservation
